package io.github.qmbench.nmr;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A table of scaling factors. Immutable, safe for use by many threads. */
public final class ScalingFactors {

    private static final String DELTA50_TABLE_7 =
            "Cohen et al., Molecules 2023, 28, 2449, Table 7 (geometry optimised with PCM), doi:10.3390/molecules28062449";

    private static final ScalingFactors PUBLISHED = new ScalingFactors(List.of(
            ScalingFactor.ofShieldingLine(
                    ScalingFactor.Key.parse("WP04/6-311++G(2d,p)/1H/CHCl3"), -1.0311, 32.2654, DELTA50_TABLE_7),
            ScalingFactor.ofShieldingLine(
                    ScalingFactor.Key.parse("WP04/jul-cc-pVDZ/1H/CHCl3"), -1.0309, 31.8883, DELTA50_TABLE_7)));

    private final List<ScalingFactor> factors;

    private ScalingFactors(List<ScalingFactor> factors) {
        this.factors = factors;
    }

    /**
     * {@return a table of these factors}
     *
     * @param factors in order
     * @throws IllegalArgumentException when two have keys that {@linkplain ScalingFactor.Key#matches match}
     */
    public static ScalingFactors of(List<ScalingFactor> factors) {
        Set<ScalingFactor.Key> keys = new LinkedHashSet<>();
        for (ScalingFactor factor : factors) {
            if (!keys.add(factor.key().canonical())) {
                throw new IllegalArgumentException("two scaling factors for " + factor.key());
            }
        }
        return new ScalingFactors(List.copyOf(factors));
    }

    /**
     * Returns the scaling factors known from the literature: the two 1H lines of Table 7 of the DELTA50 paper. They
     * hold for geometries optimised with a PCM and shieldings calculated by the paper's program; others differ a
     * little.
     *
     * @return a table of two
     */
    public static ScalingFactors published() {
        return PUBLISHED;
    }

    /** {@return all factors in order, unmodifiable} */
    public List<ScalingFactor> all() {
        return factors;
    }

    /**
     * {@return the factor whose key {@linkplain ScalingFactor.Key#matches matches}; empty when there is none}
     *
     * @param key method, nucleus and solvent
     */
    public Optional<ScalingFactor> find(ScalingFactor.Key key) {
        Objects.requireNonNull(key, "key");
        return factors.stream().filter(factor -> factor.key().matches(key)).findFirst();
    }
}
