package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A warning about a measured shift that is so far off the line that it is probably assigned to the wrong atom.
 * Immutable.
 *
 * <p>Its own molecule has no part in the line and the standard deviation it is compared with, so that an exchanged pair
 * does not hide itself.
 *
 * @param key the method, nucleus and solvent of the fit
 * @param point the atom or group, with its measured shift
 * @param predicted the shift in ppm by the line without this molecule
 * @param standardDeviations predicted minus measured, in standard deviations of the fit without this molecule
 * @param neighbours the atoms bonded to each atom of the point, with the distances in angstrom: {@code C1: O7 1.37, C2
 *     1.40, C6 1.40}
 * @param fitting the measured shifts in ppm by atom number, only where they change, with which all of the molecule
 *     would fit; empty when no exchange within the molecule achieves that
 */
public record AssignmentWarning(
        ScalingFactor.Key key,
        ShiftPoint point,
        double predicted,
        double standardDeviations,
        List<String> neighbours,
        Map<Integer, Double> fitting) {

    /**
     * Checks the components.
     *
     * @param key the method, nucleus and solvent of the fit
     * @param point the atom or group, with its measured shift
     * @param predicted the shift in ppm by the line without this molecule
     * @param standardDeviations predicted minus measured, in standard deviations of the fit without this molecule
     * @param neighbours the atoms bonded to each atom of the point, with the distances in angstrom
     * @param fitting the measured shifts in ppm by atom number, only where they change, with which all of the molecule
     *     would fit
     */
    public AssignmentWarning {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(point, "point");
        neighbours = List.copyOf(neighbours);
        fitting = Collections.unmodifiableMap(new TreeMap<>(fitting));
    }
}
