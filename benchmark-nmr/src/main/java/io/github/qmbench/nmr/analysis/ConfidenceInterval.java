package io.github.qmbench.nmr.analysis;

/**
 * The 95 % confidence interval of a fitted value. Immutable.
 *
 * @param low its lower end
 * @param high its upper end, not below the lower one
 */
public record ConfidenceInterval(double low, double high) {

    /**
     * Checks the components.
     *
     * @param low its lower end
     * @param high its upper end, not below the lower one
     */
    public ConfidenceInterval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval must not run from " + low + " to " + high);
        }
    }

    static ConfidenceInterval around(double centre, double halfWidth) {
        return new ConfidenceInterval(centre - halfWidth, centre + halfWidth);
    }

    /**
     * {@return whether a value lies in the interval; both ends do}
     *
     * @param value in the unit of the interval
     */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
