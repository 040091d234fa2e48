package io.github.qmbench.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as {@code 90s}, {@code 15m}, {@code 8h}, {@code 2d}, {@code 1h30m}. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern TERM = Pattern.compile("\\d{1,9}[smhd]");
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}[smhd])+");

    @Override
    public Duration convert(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        Duration sum = Duration.ZERO;
        if (WHOLE.matcher(lower).matches()) {
            Matcher term = TERM.matcher(lower);
            while (term.find()) {
                sum = sum.plus(Duration.parse((term.group().endsWith("d") ? "P" : "PT") + term.group()));
            }
        }
        if (sum.isZero()) {
            throw new TypeConversionException("'" + text + "' is not a valid duration; use 90s, 15m, 8h, 2d or 1h30m");
        }
        if (sum.compareTo(LONGEST) > 0) {
            throw new TypeConversionException(
                    "'" + text + "' is not a valid duration; use at most " + LONGEST.toDays() + "d");
        }
        return sum;
    }
}
