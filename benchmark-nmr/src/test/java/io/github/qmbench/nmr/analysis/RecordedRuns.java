package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runs of {@code docs/results} that have all 50 molecules in chloroform. */
public final class RecordedRuns {

    private static final Path RESULTS = Path.of("../docs/results");

    private static final List<String> DIRECTORIES = List.of(
            "delta50",
            "delta50-wp04-3-21g",
            "delta50-wp04-6-31gd",
            "delta50-wp04-def2-svp",
            "delta50-wp04-cc-pvdz",
            "delta50-wp04-6-31gdp-chcl3");

    private RecordedRuns() {}

    /** {@return the names of their directories} */
    public static List<String> directories() {
        return DIRECTORIES;
    }

    /** Analyses all of them as one. */
    public static ShieldingAnalysis analysis() throws IOException {
        List<ShieldingResult> results = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            results.addAll(PackedJournal.results(RESULTS.resolve(directory).resolve("progress.jsonl.gz")));
        }
        return ShieldingAnalysis.of(DataSet.delta50(), results.stream(), AnalysisSettings.defaults());
    }
}
