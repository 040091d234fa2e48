package io.github.qmbench.core;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Tells before a calculation runs what its time will depend on. A {@link CalculationBackend} that implements this as well
 * gets an estimate of the time left that knows large calculations from small ones, may start the longest first, and can
 * keep a deadline.
 *
 * <p>It need not know any time: how the time depends on sizes and conditions is learnt from the calculations that end.
 */
public interface CostHint {

    /**
     * Returns what the time of a calculation depends on. Called for every calculation at the beginning of a run, from any
     * thread: cheap, without side effects, and the same each time.
     */
    Cost cost(Calculation calculation);

    /**
     * What a calculation's time depends on. Immutable.
     *
     * @param relative a guess at the time in any unit, positive; only ratios of two guesses matter, and they are corrected
     *     by what is learnt
     * @param sizes numbers by name that the time may depend on as a power: basis functions, electrons; positive, the same
     *     names for every calculation
     * @param conditions words by name, each of which may change the time by a factor: the solvent, the kind of functional
     */
    record Cost(double relative, Map<String, Double> sizes, Map<String, String> conditions) {

        public Cost {
            sizes = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(sizes, "sizes")));
            conditions = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(conditions, "conditions")));
            requirePositive("relative", relative);
            sizes.forEach(Cost::requirePositive);
        }

        private static void requirePositive(String name, double value) {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + " must be positive and finite but was " + value);
            }
        }
    }
}
