package io.github.qmbench.core;

import java.util.Map;

/**
 * The plug-in point for a program or a formula: it makes one calculation.
 *
 * <p>A backend does not schedule, retry, resume, count or write the journal; {@link BenchmarkRunner} does. A
 * calculation that fails in an expected way is a value ({@link CalculationOutcome#failed(CalculationFailure)}), not an
 * exception.
 *
 * <p>When calculations run in parallel, that many threads call {@code calculate} at once.
 */
@FunctionalInterface
public interface CalculationBackend {

    /**
     * Runs the calculation, and returns the results and how it ended.
     *
     * <p>It should end soon after {@link CalculationContext#cancellation} asks it to; its thread is also interrupted
     * then. Start programs with {@link CalculationContext#launch}, which handles cancellation and time limits.
     *
     * @param calculation the subject and the parameters
     * @param context the directory, cancellation and programs of this attempt
     * @return complete, failed or cancelled, with the results
     * @throws BackendUnusableException when no calculation at all can succeed any more (the program is gone, the licence
     *     expired): the run ends as failed, and this calculation is not counted
     * @throws InterruptedException when the calculation was cancelled
     * @throws Exception anything else is recorded as the failure of this calculation, with class and message, and the
     *     run continues
     */
    CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception;

    /** {@return the name that status, journal and messages use, for example {@code nwchem}} */
    default String name() {
        return getClass().isSynthetic() ? "custom" : getClass().getSimpleName();
    }

    /**
     * {@return all that determines the numbers this backend would calculate now: settings, versions, the geometry} A
     * resumed run reuses an earlier result only if its fingerprint is equal. Leave out what does not change numbers
     * (cores, paths, comments). Cheap, without side effects; called from any thread.
     *
     * @param calculation one of the run's matrix
     */
    default Fingerprint fingerprint(Calculation calculation) {
        return Fingerprint.EMPTY;
    }

    /** {@return settings and versions to be kept in {@code benchmark.json}, as JSON values} */
    default Map<String, Object> description() {
        return Map.of();
    }
}
