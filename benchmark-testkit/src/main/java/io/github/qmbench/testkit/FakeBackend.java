package io.github.qmbench.testkit;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A backend that calculates nothing and does as it is told: for tests of what is around a backend. Every calculation is
 * completed at once, with no results, unless something else is said.
 *
 * <pre>{@code
 * FakeBackend backend = new FakeBackend()
 *         .fail("compound_02", CalculationFailure.of("scf-not-converged").because("no convergence after 100 iterations"))
 *         .hold("compound_03");
 * }</pre>
 *
 * <p>Safe for use by many threads; say what it should do before the run begins.
 */
public final class FakeBackend implements CalculationBackend {

    private static final long PATIENCE_SECONDS = 60;

    private final Map<String, CalculationFailure> failures = new LinkedHashMap<>();
    private final Set<String> held = new LinkedHashSet<>();
    private final List<Calculation> begun = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private Function<Calculation, Map<String, ?>> results = calculation -> Map.of();
    private @Nullable SettableClock clock;
    private Duration duration = Duration.ZERO;

    /** Makes a backend that completes everything. */
    public FakeBackend() {}

    /** Sets what the calculations give. */
    public synchronized FakeBackend results(Function<Calculation, Map<String, ?>> value) {
        results = Objects.requireNonNull(value, "results");
        return this;
    }

    /** Lets every calculation of a subject fail. */
    public synchronized FakeBackend fail(String subject, CalculationFailure failure) {
        failures.put(Objects.requireNonNull(subject, "subject"), Objects.requireNonNull(failure, "failure"));
        return this;
    }

    /** Lets the calculations of a subject go on until {@link #release}, or until they are cancelled. */
    public synchronized FakeBackend hold(String subject) {
        held.add(Objects.requireNonNull(subject, "subject"));
        return this;
    }

    /** Lets every calculation take a time on a clock; no test waits for it. */
    public synchronized FakeBackend take(Duration time, SettableClock onClock) {
        duration = Objects.requireNonNull(time, "time");
        clock = Objects.requireNonNull(onClock, "onClock");
        return this;
    }

    /** Lets the calculations that are held, now or later, come to their end. */
    public void release() {
        released.countDown();
    }

    /** The calculations begun so far, in order; one that was tried twice is there twice. */
    public synchronized List<Calculation> begun() {
        return List.copyOf(begun);
    }

    /**
     * Waits until so many calculations have begun.
     *
     * @throws IllegalStateException when that has not come after a minute
     */
    public synchronized void awaitBegun(int number) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (begun.size() < number) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("waited for " + number + " calculations, and these began: " + begun);
            }
            wait(left);
        }
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        return Fingerprint.of(Map.of("fake", "1"));
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
            throws InterruptedException {
        CalculationFailure failure;
        boolean hold;
        synchronized (this) {
            begun.add(calculation);
            notifyAll();
            if (clock != null) {
                clock.advance(duration);
            }
            failure = failures.get(calculation.subject());
            hold = held.contains(calculation.subject());
        }
        if (hold) {
            released.await(); // on cancellation the thread is interrupted
        }
        return failure != null
                ? CalculationOutcome.failed(failure)
                : CalculationOutcome.complete(results.apply(calculation));
    }
}
