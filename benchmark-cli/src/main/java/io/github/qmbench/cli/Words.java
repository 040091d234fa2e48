package io.github.qmbench.cli;

import io.github.qmbench.nmr.internal.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** Durations, times and counts as a person says them. */
final class Words {

    private Words() {}

    /** What an exception says: its message, or its name when it has none. */
    static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    /** An estimate, no finer than it can be: {@code less than a minute}, {@code about 4 minutes}, {@code about 2.5 hours}. */
    static String about(Duration duration) {
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

    /** {@link Phrases#moment}. */
    static String moment(Instant instant) {
        return Phrases.moment(instant);
    }

    /** {@link Phrases#duration}. */
    static String duration(Duration duration) {
        return Phrases.duration(duration);
    }

    /** {@link Phrases#count}. */
    static String count(long number, String singular) {
        return Phrases.count(number, singular);
    }

    /** {@link Phrases#some}. */
    static String some(Collection<String> names, int most) {
        return Phrases.some(names, most);
    }

    /** {@link Phrases#clean}. */
    static String clean(String text) {
        return Phrases.clean(text);
    }
}
