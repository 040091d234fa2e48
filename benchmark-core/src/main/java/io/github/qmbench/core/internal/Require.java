package io.github.qmbench.core.internal;

import java.time.Duration;
import java.util.Objects;

/** The checks of arguments; each refusal names the parameter and its value. */
public final class Require {

    private Require() {}

    /** Returns a text that is not blank. */
    public static String text(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank but was '" + value + "'");
        }
        return value;
    }

    /** Returns a time that is positive and that a timer of nanoseconds can hold. */
    public static Duration positive(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive but was " + value);
        }
        if (value.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(name + " must be less than 292 years but was " + value);
        }
        return value;
    }

    /** Returns a number that is at least 1. */
    public static int atLeastOne(int value, String name) {
        return atLeast(1, value, name);
    }

    /** Returns a number that is not less than the least one. */
    public static int atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + " but was " + value);
        }
        return value;
    }

    /** Returns a number that is not negative. */
    public static long notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
        return value;
    }
}
