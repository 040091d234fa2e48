package io.github.qmbench.core.harness;

import io.github.qmbench.core.RunClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock made of two functions. */
public record TestClock(InstantSource stamps, LongSupplier timer) implements RunClock {

    /** A clock that shows these times, with the timer of the machine. */
    public static TestClock showing(InstantSource stamps) {
        return new TestClock(stamps, System::nanoTime);
    }

    /** The clock of the machine with another timer. */
    public static TestClock timedBy(LongSupplier timer) {
        return new TestClock(InstantSource.system(), timer);
    }

    @Override
    public Instant instant() {
        return stamps.instant();
    }

    @Override
    public long nanoTime() {
        return timer.getAsLong();
    }
}
