package io.github.qmbench.core;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of a run: an instant for time stamps, and a timer for durations, which never goes back. In tests, use
 * {@code SettableClock} of {@code benchmark-testkit}.
 *
 * <p>Safe for use by many threads.
 */
public interface RunClock extends InstantSource {

    /** {@return the nanoseconds from some fixed moment, as {@link System#nanoTime} does; never less than before} */
    long nanoTime();

    /** {@return the clock and the timer of this machine} */
    static RunClock system() {
        return new RunClock() {
            private final InstantSource source = InstantSource.system();

            @Override
            public Instant instant() {
                return source.instant();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
