package io.github.qmbench.nmr.analysis;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The settings of a fit of shieldings to shifts. Immutable; start from {@link #defaults()}: equivalent nuclei are
 * averaged, outliers are marked and stay in the fit, recovered results count, results of all settings are used.
 *
 * @param averageEquivalent whether nuclei of one molecule that share a measured shift make one point
 * @param removeOutliers whether points more than 3 standard deviations off the first fit are left out of the final one
 * @param excludeRecovered whether results that needed a recovery are left out
 * @param only fields of the fingerprint, with the value that results must have to be used
 */
public record AnalysisSettings(
        boolean averageEquivalent, boolean removeOutliers, boolean excludeRecovered, Map<String, String> only) {

    private static final AnalysisSettings DEFAULTS = new AnalysisSettings(true, false, false, Map.of());

    /**
     * Checks the components.
     *
     * @param averageEquivalent whether nuclei of one molecule that share a measured shift make one point
     * @param removeOutliers whether points more than 3 standard deviations off the first fit are left out of the final
     *     one
     * @param excludeRecovered whether results that needed a recovery are left out
     * @param only fields of the fingerprint, with the value that results must have to be used
     */
    public AnalysisSettings {
        only = Collections.unmodifiableMap(new TreeMap<>(only));
    }

    /** {@return the settings described above} */
    public static AnalysisSettings defaults() {
        return DEFAULTS;
    }

    /** {@return these settings with a point for each atom} */
    public AnalysisSettings perAtom() {
        return new AnalysisSettings(false, removeOutliers, excludeRecovered, only);
    }

    /** {@return these settings with outliers removed} */
    public AnalysisSettings removingOutliers() {
        return new AnalysisSettings(averageEquivalent, true, excludeRecovered, only);
    }

    /** {@return these settings without recovered results} */
    public AnalysisSettings excludingRecovered() {
        return new AnalysisSettings(averageEquivalent, removeOutliers, true, only);
    }

    /**
     * {@return these settings with results of this value alone: {@code only("program", "NWChem 7.0.2")}}
     *
     * @param field a field of the fingerprint
     * @param value the value it must have
     */
    public AnalysisSettings only(String field, String value) {
        Map<String, String> more = new TreeMap<>(only);
        more.put(Objects.requireNonNull(field, "field"), Objects.requireNonNull(value, "value"));
        return new AnalysisSettings(averageEquivalent, removeOutliers, excludeRecovered, more);
    }
}
