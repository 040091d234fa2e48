package io.github.qmbench.core.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parser of sizes as people write them: {@code 500M}, {@code 4G}, {@code 1.5T}, {@code 0}; the units are powers of
 * 1000.
 */
public final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)([kmgt]?)b?");

    private ByteSize() {}

    /**
     * Returns the size in bytes.
     *
     * @throws IllegalArgumentException when the text is not a size; the message says how to write one
     */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a valid size; use 500M, 4G or 1.5T");
        }
        int power = matcher.group(2).isEmpty() ? 0 : 1 + "kmgt".indexOf(matcher.group(2));
        return Math.round(Double.parseDouble(matcher.group(1)) * Math.pow(1000, power));
    }
}
