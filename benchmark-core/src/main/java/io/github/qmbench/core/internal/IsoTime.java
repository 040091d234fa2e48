package io.github.qmbench.core.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** A parser and writer of times, equal to {@link Instant} and faster: a journal has two in every line. */
public final class IsoTime {

    private static final int SECONDS_LENGTH = "2026-11-24T12:00:00Z".length();
    private static final int MILLIS_LENGTH = "2026-11-24T12:00:00.123Z".length();

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private IsoTime() {}

    /**
     * Returns the time.
     *
     * @throws java.time.format.DateTimeParseException when it is none
     */
    public static Instant parse(String text) {
        int length = text.length();
        if (length != SECONDS_LENGTH && length != MILLIS_LENGTH) {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4, '-');
        int month = number(text, 5, 7, '-');
        int day = number(text, 8, 10, 'T');
        int hour = number(text, 11, 13, ':');
        int minute = number(text, 14, 16, ':');
        int second = number(text, 17, 19, length == SECONDS_LENGTH ? 'Z' : '.');
        int millis = length == SECONDS_LENGTH ? 0 : number(text, 20, 23, 'Z');
        boolean plain = (year | month | day | hour | minute | second | millis) >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && hour < 24
                && minute < 60
                && second < 60;
        if (!plain) {
            return Instant.parse(text); // which says what is wrong with it
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L + hour * 3600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, millis * 1_000_000L);
    }

    /**
     * Returns the time of a file that anybody may have edited.
     *
     * @throws IllegalArgumentException when it is not a time from 1970 to 9999: what is calculated with it could overflow
     */
    public static Instant plausible(String text) {
        try {
            Instant time = parse(text);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
                throw new IllegalArgumentException("not a time from 1970 to 9999: " + text);
            }
            return time;
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("not a time: " + text, e);
        }
    }

    /** Returns the text of a time, that of {@link Instant#toString}. */
    public static String text(Instant time) {
        int millis = time.getNano() / 1_000_000;
        LocalDateTime date = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        if (millis * 1_000_000 != time.getNano() || date.getYear() < 0 || date.getYear() > 9999) {
            return time.toString();
        }
        StringBuilder text = new StringBuilder(MILLIS_LENGTH);
        append(text, date.getYear(), 4, '-');
        append(text, date.getMonthValue(), 2, '-');
        append(text, date.getDayOfMonth(), 2, 'T');
        append(text, date.getHour(), 2, ':');
        append(text, date.getMinute(), 2, ':');
        append(text, date.getSecond(), 2, millis == 0 ? 'Z' : '.');
        if (millis != 0) {
            append(text, millis, 3, 'Z');
        }
        return text.toString();
    }

    /** Returns a duration as a person says it: {@code 2 h}, {@code 1 h 30 min}, {@code 90 s}, {@code 300 ms}. */
    public static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 1) {
            return time.toMillis() + " ms";
        }
        if (seconds < 120 || seconds % 60 != 0) {
            return seconds + " s";
        }
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        return (hours > 0 ? hours + " h" : "")
                + (hours > 0 && minutes > 0 ? " " : "")
                + (minutes > 0 ? minutes + " min" : "");
    }

    private static void append(StringBuilder text, int number, int digits, char then) {
        int place = digits == 4 ? 1000 : digits == 3 ? 100 : 10;
        for (; place > 0; place /= 10) {
            text.append((char) ('0' + number / place % 10));
        }
        text.append(then);
    }

    /** The digits from one place to another that this character follows, or a negative number. */
    private static int number(String text, int from, int to, char then) {
        int number = text.charAt(to) == then ? 0 : -1;
        for (int i = from; i < to && number >= 0; i++) {
            int digit = text.charAt(i) - '0';
            number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
        }
        return number;
    }
}
