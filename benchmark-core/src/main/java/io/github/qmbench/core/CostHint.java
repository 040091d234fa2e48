package io.github.qmbench.core;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A hint of the time that a calculation will take, given before it runs. A {@link CalculationBackend} may implement
 * this as well. The run then gets an estimate of the time left that takes sizes into account. It may start the
 * longest calculations first, and can keep a deadline.
 *
 * <p>It need not know any time: the run learns from completed calculations how the time depends on sizes and
 * conditions.
 */
public interface CostHint {

    /**
     * {@return what the time of a calculation depends on} Called for every calculation at the beginning of a run, from
     * any thread: cheap, without side effects, and the same each time.
     *
     * @param calculation one of the run's matrix
     */
    Cost cost(Calculation calculation);

    /**
     * The sizes and conditions that a calculation's time depends on. Immutable.
     *
     * @param relative a guess at the time in any unit, positive; only ratios of two guesses matter, and they are corrected
     *     by what is learnt
     * @param sizes numbers by name that the time may depend on as a power: basis functions, electrons; positive, the same
     *     names for every calculation
     * @param conditions words by name, each of which may change the time by a factor: the solvent, the kind of functional
     */
    record Cost(double relative, Map<String, Double> sizes, Map<String, String> conditions) {

        /**
         * Checks the components.
         *
         * @param relative a guess at the time in any unit, positive
         * @param sizes numbers by name that the time may depend on as a power: basis functions, electrons
         * @param conditions words by name, each of which may change the time by a factor
         */
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
