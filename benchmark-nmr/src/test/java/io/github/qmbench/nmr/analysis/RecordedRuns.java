package io.github.qmbench.nmr.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs of {@code docs/results} that differ in their methods. */
public final class RecordedRuns {

    private static final Path RESULTS = Path.of("../docs/results");

    private RecordedRuns() {}

    /** The results: two methods with 50 molecules, two with 12, one with 4. */
    public static Stream<ShieldingResult> compared() throws IOException {
        List<ShieldingResult> results = new ArrayList<>();
        for (String journal : List.of(
                "delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz",
                "eta/b3lyp-6-31g-vacuum.jsonl.gz",
                "checks/solvent.jsonl.gz",
                "checks/large-basis.jsonl.gz")) {
            results.addAll(PackedJournal.results(RESULTS.resolve(journal)));
        }
        return results.stream();
    }
}
