package io.github.qmbench.nmr.report;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.analysis.RecordedRuns;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs recorded in {@code docs/results}, compared; writes {@code docs/results/compared} and the picture in the guide. */
final class ComparedRuns {

    private static final Path DOCS = Path.of("../docs");

    private ComparedRuns() {}

    static ShieldingAnalysis analysis() throws IOException {
        return RecordedRuns.analysis();
    }

    static String page() throws IOException {
        RunOverview run = new RunOverview(
                "DELTA50: recorded runs compared", "complete", "", SamplePage.START, Optional.empty(), List.of());
        return ReportWriter.html(run, analysis(), List.of());
    }

    /** Writes both; of the files of the analysis, only comparison.json and SCALING-FACTORS.md are kept. Needs Chromium, and the directory of this module to be the working directory. */
    public static void main(String[] args) throws IOException, InterruptedException {
        AnalysisFiles.write(DOCS.resolve("results/compared"), analysis(), List.of());
        Path directory = Files.createTempDirectory("compared");
        Path page = Files.writeString(directory.resolve("report.html"), page());
        try (Chromium browser = new Chromium(Files.createDirectory(directory.resolve("profile")))) {
            browser.open(page, 1360, 3000, "light"); // so wide and high that nothing scrolls
            Map<String, Object> clip = Json.asObject(
                    browser.evaluate("(() => { const box = document.querySelector('.versus').getBoundingClientRect();"
                            + " return {x: box.x - 10, y: box.y - 10, width: box.width + 20,"
                            + " height: box.height + 20, scale: 1}; })()"));
            Object picture =
                    browser.call("Page.captureScreenshot", Map.of("clip", clip)).get("data");
            Files.write(
                    DOCS.resolve("images/comparison.png"), Base64.getDecoder().decode(String.valueOf(picture)));
        }
    }
}
