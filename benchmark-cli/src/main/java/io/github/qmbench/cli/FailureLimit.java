package io.github.qmbench.cli;

import io.github.qmbench.core.FailurePolicy;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many molecules may fail: {@code 5}, {@code 10%} or {@code never} (pause). */
final class FailureLimit implements ITypeConverter<FailurePolicy> {

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*%");

    @Override
    public FailurePolicy convert(String text) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        if (trimmed.equals("never")) {
            return FailurePolicy.never();
        }
        if (trimmed.matches("\\d{1,9}")) {
            return FailurePolicy.pauseAfterFailedSubjects(Integer.parseInt(trimmed));
        }
        Matcher percent = PERCENT.matcher(trimmed);
        if (percent.matches() && Double.parseDouble(percent.group(1)) <= 100) {
            return FailurePolicy.pauseAfterFailedFraction(Double.parseDouble(percent.group(1)) / 100);
        }
        throw new TypeConversionException(
                "'" + text + "' is not a valid limit; use a number of molecules (5), a percentage (10%) or never");
    }
}
