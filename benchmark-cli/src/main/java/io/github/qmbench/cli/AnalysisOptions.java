package io.github.qmbench.cli;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is fitted, and how. */
final class AnalysisOptions {

    @Option(
            names = "--dataset",
            paramLabel = "NAME|DIR",
            description = "The data set with the measured shifts; default: that of the run")
    private @Nullable String dataset;

    @Option(
            names = "--no-average",
            description = "Fit each atom by itself; default: equivalent nuclei are averaged to one point")
    private boolean perAtom;

    @Option(
            names = "--remove-outliers",
            description = "Leave out points that are more than 3 standard deviations off; default: mark them")
    private boolean removeOutliers;

    @Option(
            names = "--exclude-recovered",
            description = "Leave out results that needed a recovery; default: use and list them")
    private boolean excludeRecovered;

    @Option(
            names = "--only",
            paramLabel = "FIELD=VALUE",
            description = "Use only results made with this setting: --only program='NWChem 7.0.2'; default: all")
    private Map<String, String> only = new LinkedHashMap<>();

    /** Analyses runs together with these options. */
    AnalyzedRun analyze(List<RecordedRun> runs) throws Refusal, IOException {
        try {
            return AnalyzedRun.of(runs, Optional.ofNullable(dataset), settings());
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
    }

    private AnalysisSettings settings() {
        AnalysisSettings settings = AnalysisSettings.defaults();
        if (perAtom) {
            settings = settings.perAtom();
        }
        if (removeOutliers) {
            settings = settings.removingOutliers();
        }
        if (excludeRecovered) {
            settings = settings.excludingRecovered();
        }
        for (Map.Entry<String, String> condition : only.entrySet()) {
            settings = settings.only(condition.getKey(), condition.getValue());
        }
        return settings;
    }
}
