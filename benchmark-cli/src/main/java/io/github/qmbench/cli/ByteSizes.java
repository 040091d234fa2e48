package io.github.qmbench.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes as {@code 500M}, {@code 4G}, {@code 1.5T}, {@code 0}, in bytes; the units are powers of 1000. */
final class ByteSizes implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)([kmgt]?)b?");

    @Override
    public Long convert(String text) {
        Matcher matcher = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no size; write a number and a unit: 500M, 4G, 1.5T");
        }
        double factor = Math.pow(
                1000, "kmgt".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1));
        return Math.round(Double.parseDouble(matcher.group(1)) * factor);
    }
}
