package io.github.qmbench.core;

import java.util.Map;

/**
 * Does one calculation: the place where a program or a formula plugs in.
 *
 * <p>A backend does not schedule, retry, resume, count or write the journal; {@link BenchmarkRunner} does. A calculation
 * that fails in an expected way is a value ({@link CalculationOutcome#failed(CalculationFailure)}), not an exception.
 *
 * <p>When several calculations run side by side, {@code calculate} is called from as many threads at once.
 */
@FunctionalInterface
public interface CalculationBackend {

    /**
     * Does the calculation and says how it ended.
     *
     * <p>It should end soon after {@link CalculationContext#cancellation} asks it to; the thread is interrupted then, too.
     * Programs are started with {@link CalculationContext#launch}, which sees to cancellation and time limits by itself.
     *
     * @throws BackendUnusableException when no calculation at all can succeed any more (the program is gone, the licence
     *     expired): the run ends as failed, and this calculation is not counted
     * @throws InterruptedException when the calculation was cancelled
     * @throws Exception anything else is recorded as the failure of this calculation, with class and message, and the
     *     run goes on
     */
    CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception;

    /** The name that status, journal and messages use, for example {@code nwchem}. */
    default String name() {
        return getClass().isSynthetic() ? "custom" : getClass().getSimpleName();
    }

    /**
     * Returns all that determines the numbers this backend would calculate now: settings, versions, the geometry. A
     * resumed run takes over an earlier result only if its fingerprint is equal. Leave out what does not change numbers
     * (cores, paths, comments). Cheap, without side effects; called from any thread.
     */
    default Fingerprint fingerprint(Calculation calculation) {
        return Fingerprint.EMPTY;
    }

    /** Returns settings and versions to be kept in {@code benchmark.json}, as JSON values. */
    default Map<String, Object> description() {
        return Map.of();
    }
}
