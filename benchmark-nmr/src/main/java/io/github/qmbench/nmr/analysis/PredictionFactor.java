package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A line for predictions, with the calculations that it was fitted to. Immutable.
 *
 * @param line the line of the fit; its reference is the file that it comes from
 * @param dataSet the data set that it was fitted to, empty when that is not known
 * @param points the number of points that it was fitted to, 0 when that is not known
 * @param molecules the number of their molecules, 0 when that is not known
 * @param conditions what the calculations have in common: {@code program}, {@code grid}, {@code geometry_level}, ...
 * @param basis its range and errors for other molecules; empty for a file without them
 */
public record PredictionFactor(
        ScalingFactor line,
        String dataSet,
        int points,
        int molecules,
        Map<String, String> conditions,
        Optional<PredictionBasis> basis) {

    /**
     * Checks the components.
     *
     * @param line its reference is the file that it comes from
     * @param dataSet the data set that it was fitted to, empty when that is not known
     * @param points the number of points that it was fitted to, 0 when that is not known
     * @param molecules the number of their molecules, 0 when that is not known
     * @param conditions what the calculations have in common
     * @param basis its range and errors for other molecules
     */
    public PredictionFactor {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(dataSet, "dataSet");
        conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
        Objects.requireNonNull(basis, "basis");
    }

    /** {@return the nucleus whose shifts it predicts} */
    public Nucleus nucleus() {
        return line.key().nucleus();
    }

    /** {@return the method without the nucleus, as {@code --method} takes it: {@code WP04/6-31G(d,p)/CHCl3}} */
    public String method() {
        return line.key().methodName();
    }

    /** {@return the level of theory of the geometries, where it is known: {@code B3LYP/6-31G*}} */
    public Optional<String> geometryLevel() {
        return Optional.ofNullable(conditions.get(ShieldingResult.GEOMETRY_LEVEL));
    }

    /** Returns this factor with the level of its geometries in its key, to be told from another one. */
    PredictionFactor withGeometryInKey() {
        return new PredictionFactor(
                new ScalingFactor(
                        line.key().withGeometry(geometryLevel().orElse("geometry not told")),
                        line.slope(),
                        line.intercept(),
                        line.reference(),
                        line.rmsd()),
                dataSet,
                points,
                molecules,
                conditions,
                basis);
    }
}
