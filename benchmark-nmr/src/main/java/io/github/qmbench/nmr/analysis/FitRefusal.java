package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.Objects;

/**
 * Why there is no fit for a method and nucleus.
 *
 * @param key what the fit would have been for
 * @param kind the reason in a word
 * @param reason the reason in words, with the values
 */
public record FitRefusal(ScalingFactor.Key key, Kind kind, String reason) {

    public FitRefusal {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** The reasons there are. */
    public enum Kind {
        /** The results were made with different programs, grids or other settings. */
        MIXED_SETTINGS,
        /** Fewer than three points. */
        TOO_FEW_POINTS,
        /** The shielding does not follow the shift: the slope is, or may be, zero. */
        NO_SLOPE
    }
}
