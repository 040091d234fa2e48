package io.github.qmbench.cli;

import io.github.qmbench.nmr.internal.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** The {@link Phrases} by their short name here. */
final class Words {

    private Words() {}

    /** {@link Phrases#message}. */
    static String message(Throwable e) {
        return Phrases.message(e);
    }

    /** {@link Phrases#about}. */
    static String about(Duration duration) {
        return Phrases.about(duration);
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
