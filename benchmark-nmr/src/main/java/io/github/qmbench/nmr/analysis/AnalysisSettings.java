package io.github.qmbench.nmr.analysis;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How shieldings are fitted. Immutable; start from {@link #defaults()}: equivalent nuclei are averaged, outliers are marked
 * and stay in the fit, recovered results count, results of all settings are looked at.
 *
 * @param averageEquivalent whether nuclei of one molecule that share a measured shift make one point
 * @param removeOutliers whether points more than 3 standard deviations off the first fit are left out of the final one
 * @param excludeRecovered whether results that needed a recovery are left out
 * @param only fields of the fingerprint with the value that results must have to be looked at
 */
public record AnalysisSettings(
        boolean averageEquivalent, boolean removeOutliers, boolean excludeRecovered, Map<String, String> only) {

    private static final AnalysisSettings DEFAULTS = new AnalysisSettings(true, false, false, Map.of());

    public AnalysisSettings {
        only = Collections.unmodifiableMap(new TreeMap<>(only));
    }

    /** Returns the settings described above. */
    public static AnalysisSettings defaults() {
        return DEFAULTS;
    }

    /** Returns these settings with a point for each atom. */
    public AnalysisSettings perAtom() {
        return new AnalysisSettings(false, removeOutliers, excludeRecovered, only);
    }

    /** Returns these settings with outliers removed. */
    public AnalysisSettings removingOutliers() {
        return new AnalysisSettings(averageEquivalent, true, excludeRecovered, only);
    }

    /** Returns these settings without recovered results. */
    public AnalysisSettings excludingRecovered() {
        return new AnalysisSettings(averageEquivalent, removeOutliers, true, only);
    }

    /** Returns these settings with results of this value alone: {@code only("program", "NWChem 7.0.2")}. */
    public AnalysisSettings only(String field, String value) {
        Map<String, String> more = new TreeMap<>(only);
        more.put(Objects.requireNonNull(field, "field"), Objects.requireNonNull(value, "value"));
        return new AnalysisSettings(averageEquivalent, removeOutliers, excludeRecovered, more);
    }
}
