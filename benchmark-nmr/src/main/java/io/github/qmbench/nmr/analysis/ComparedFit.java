package io.github.qmbench.nmr.analysis;

import java.util.Objects;

/**
 * A fit with its numbers, to be compared with others.
 *
 * @param fit the fit to the molecules of its own
 * @param all the points of all molecules, outliers among them
 * @param kept the points that the line goes through
 */
record ComparedFit(ScalingFit fit, PointsByMolecule all, PointsByMolecule kept) {

    ComparedFit {
        Objects.requireNonNull(fit, "fit");
        Objects.requireNonNull(all, "all");
        Objects.requireNonNull(kept, "kept");
    }
}
