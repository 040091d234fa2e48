package io.github.qmbench.nmr.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The phrases of durations, times and counts, as people write them. */
public final class Phrases {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private Phrases() {}

    /** {@return a time as {@code 2026-11-24 04:30:12 UTC}} */
    public static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /**
     * {@return a duration in two units at most: {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 1 d 4 h};
     * below 10 s with tenths}
     */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "0 s";
        }
        if (duration.toMillis() < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 24 * 60) {
            return pair(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(seconds / 3600.0);
        return pair(hours / 24, "d", hours % 24, "h");
    }

    private static String pair(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** {@return the message of an exception, or its name when it has none} */
    public static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    /**
     * {@return an estimate, no finer than it can be: {@code less than a minute}, {@code about 4 minutes}, {@code about
     * 2.5 hours}}
     */
    public static String about(Duration duration) {
        double minutes = duration.toMillis() / 60_000.0;
        if (minutes < 1) {
            return "less than a minute";
        }
        if (minutes < 90) {
            long whole = Math.round(minutes);
            return "about " + whole + (whole == 1 ? " minute" : " minutes");
        }
        double hours = minutes / 60;
        if (hours < 48) {
            return "about " + oneDecimal(hours) + " hours";
        }
        return "about " + oneDecimal(hours / 24) + " days";
    }

    private static String oneDecimal(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /**
     * {@return a size as {@code 800 kB}, {@code 310 MB}, {@code 1.5 GB}; each unit is 1024 of the one before, as memory
     * is counted}
     */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.size() - 1) {
            amount /= 1024;
            unit++;
        }
        String number = amount < 9.95 ? oneDecimal(amount) : String.valueOf(Math.round(amount));
        return number + " " + UNITS.get(unit);
    }

    /** {@return a count with its noun: {@code 1 calculation}, {@code 4 calculations}} */
    public static String count(long number, String singular) {
        return number + " " + singular + (number == 1 ? "" : "s");
    }

    /** {@return the first words of a list: {@code a, b, c and 4 more}} */
    public static String some(Collection<String> names, int most) {
        String shown = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() <= most ? shown : shown + " and " + (names.size() - most) + " more";
    }

    /** Returns the text on one line, without characters that would steer a terminal, and without blanks at its ends. */
    public static String clean(String text) {
        return TerminalText.line(text).strip();
    }
}
