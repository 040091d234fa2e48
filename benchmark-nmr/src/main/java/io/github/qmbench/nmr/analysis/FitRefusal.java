package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.Objects;

/**
 * The reason why there is no fit for a method and nucleus. Immutable.
 *
 * @param key the name that the fit would have
 * @param kind the reason as a constant
 * @param reason the reason in a sentence, with the values
 */
public record FitRefusal(ScalingFactor.Key key, Kind kind, String reason) {

    /**
     * Checks the components.
     *
     * @param key the name that the fit would have
     * @param kind the reason as a constant
     * @param reason the reason in a sentence, with the values
     */
    public FitRefusal {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** The kinds of reasons for a refusal. */
    public enum Kind {
        /** The results were made with different programs, grids or other settings. */
        MIXED_SETTINGS,
        /** There are fewer than three points. */
        TOO_FEW_POINTS,
        /** The shielding does not follow the shift: the slope is, or may be, zero. */
        NO_SLOPE
    }
}
