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
            description = "The data set with the measured shifts; default: the one that the run was begun with")
    private @Nullable String dataset;

    @Option(
            names = "--no-average",
            description = "Fit each atom by itself; otherwise equivalent nuclei are averaged to one point")
    private boolean perAtom;

    @Option(
            names = "--remove-outliers",
            description = "Leave points out that are more than 3 standard deviations off; otherwise they are marked")
    private boolean removeOutliers;

    @Option(
            names = "--exclude-recovered",
            description = "Leave results out that needed a recovery; otherwise they count, and are listed")
    private boolean excludeRecovered;

    @Option(
            names = "--only",
            paramLabel = "FIELD=VALUE",
            description = "Look only at results made with this setting, as in --only program='NWChem 7.0.2'")
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
