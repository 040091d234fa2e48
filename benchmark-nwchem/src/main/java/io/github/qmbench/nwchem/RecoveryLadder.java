package io.github.qmbench.nwchem;

import io.github.qmbench.nwchem.output.FailureKind;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is tried after a failure: one rung at a time, each once, at most {@value #MOST_RUNGS} in all.
 *
 * <p>Stale scratch files need no rung: every start begins with an empty scratch folder.
 */
final class RecoveryLadder {

    static final int MOST_RUNGS = 4;

    /** NWChem shifts levels only while the gap is below {@code hl_tol}; the shift does not change the shieldings. */
    static final String LEVEL_SHIFT = "convergence lshift 0.5 hl_tol 10";

    static final String QUADRATIC = "cgmin";

    private static final int MORE_ITERATIONS = 3;
    private static final int MORE_STEPS = 3;

    private RecoveryLadder() {}

    /**
     * A cure.
     *
     * @param name by which the result says what cured it
     * @param tuning what is changed, together with all earlier changes
     */
    record Rung(String name, Tuning tuning) {}

    /**
     * Returns what to try after a failure of this kind; empty when nothing is left, or nothing helps.
     *
     * @param moreMemory the next factor of the memory; empty when there is no more of it
     */
    static Optional<Rung> next(FailureKind kind, Tuning soFar, OptionalInt moreMemory) {
        return Optional.ofNullable(
                switch (kind) {
                    case INTERNAL_COORDINATES -> soFar.noAutoz() ? null : new Rung("noautoz", soFar.withNoAutoz());
                    case CPHF_NOT_CONVERGED -> soFar.direct() ? null : new Rung("direct", soFar.withDirect());
                    case SCF_NOT_CONVERGED -> scf(soFar);
                    case GEOMETRY_NOT_CONVERGED ->
                        soFar.stepFactor() > 1 ? null : new Rung("more-steps", soFar.withSteps(MORE_STEPS));
                    case OUT_OF_MEMORY ->
                        moreMemory.isEmpty() ? null : new Rung("more-memory", soFar.withMemory(moreMemory.getAsInt()));
                    default -> null;
                });
    }

    private static @Nullable Rung scf(Tuning soFar) {
        if (soFar.iterationFactor() == 1) {
            return new Rung("more-iterations", soFar.withIterations(MORE_ITERATIONS));
        }
        if (!soFar.scfDirectives().contains(LEVEL_SHIFT)) {
            return new Rung("level-shift", soFar.withScfDirective(LEVEL_SHIFT));
        }
        if (!soFar.scfDirectives().contains(QUADRATIC)) {
            return new Rung("quadratic", soFar.withScfDirective(QUADRATIC));
        }
        return null;
    }
}
