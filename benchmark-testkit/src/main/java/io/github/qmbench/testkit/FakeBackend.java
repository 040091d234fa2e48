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
 * A backend that calculates nothing and does what a test sets: for tests of the code around a backend. By default every
 * calculation is completed at once, without results.
 *
 * <pre>{@code
 * FakeBackend backend = new FakeBackend()
 *         .fail("compound_02", CalculationFailure.of("scf-not-converged").because("no convergence after 100 iterations"))
 *         .hold("compound_03");
 * }</pre>
 *
 * <p>Safe for use by many threads; set what it does before the run begins.
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

    /** Creates a backend that completes everything. */
    public FakeBackend() {}

    /**
     * Sets the results of the calculations.
     *
     * @param value returns JSON values by name
     * @return this backend
     */
    public synchronized FakeBackend results(Function<Calculation, Map<String, ?>> value) {
        results = Objects.requireNonNull(value, "results");
        return this;
    }

    /**
     * Makes every calculation of a subject fail.
     *
     * @param subject whose calculations fail
     * @param failure of each of them
     * @return this backend
     */
    public synchronized FakeBackend fail(String subject, CalculationFailure failure) {
        failures.put(Objects.requireNonNull(subject, "subject"), Objects.requireNonNull(failure, "failure"));
        return this;
    }

    /**
     * Holds the calculations of a subject until {@link #release}, or until they are cancelled.
     *
     * @param subject whose calculations are held
     * @return this backend
     */
    public synchronized FakeBackend hold(String subject) {
        held.add(Objects.requireNonNull(subject, "subject"));
        return this;
    }

    /**
     * Makes every calculation take a time on a clock; no test waits for it.
     *
     * @param time by which each calculation advances the clock
     * @param onClock the clock of the run
     * @return this backend
     */
    public synchronized FakeBackend take(Duration time, SettableClock onClock) {
        duration = Objects.requireNonNull(time, "time");
        clock = Objects.requireNonNull(onClock, "onClock");
        return this;
    }

    /** Releases the calculations that are held, now or later. */
    public void release() {
        released.countDown();
    }

    /** {@return the calculations begun so far, in order; one that was tried twice is there twice} */
    public synchronized List<Calculation> begun() {
        return List.copyOf(begun);
    }

    /**
     * Waits until a number of calculations have begun.
     *
     * @param number at least 1
     * @throws IllegalStateException when they have not begun after a minute
     * @throws InterruptedException when the thread was interrupted while it waited
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
