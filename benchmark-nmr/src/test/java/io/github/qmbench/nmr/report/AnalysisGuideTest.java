package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.MethodDifference;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of {@code docs/analysis.md}. */
class AnalysisGuideTest {

    private static final Path GUIDE = Path.of("../docs/analysis.md");
    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz");
    private static final Path THIS = Path.of("src/test/java/io/github/qmbench/nmr/report/AnalysisGuideTest.java");

    @TempDir
    Path directory;

    @Test
    void theLinesOfTheGuideWork() throws IOException {
        DataSet dataSet = DataSet.delta50();
        Path journal = directory.resolve("progress.jsonl");
        try (InputStream recorded = new GZIPInputStream(Files.newInputStream(RECORDED))) {
            Files.copy(recorded, journal);
        }
        guide(dataSet, RecordedRun.open(RunDirectory.of(directory)), SamplePage.run(false));
        assertThat(directory).isDirectoryContaining(file -> file.endsWith("report.html"));
        assertThat(directory).isDirectoryContaining(file -> file.endsWith("scaling_factors.json"));
    }

    private void guide(DataSet dataSet, RecordedRun recorded, RunOverview run) throws IOException {
        ShieldingAnalysis analysis =
                ShieldingAnalysis.ofRun(dataSet, recorded, calculation -> true, AnalysisSettings.defaults());
        for (ScalingFit fit : analysis.ranked(Nucleus.H1)) {
            System.out.println(fit.key() + " " + fit.accuracy().rmsd() + " " + analysis.points(fit));
        }
        for (MethodDifference difference : analysis.comparison(Nucleus.H1).differences()) {
            System.out.println(difference.first() + " minus " + difference.second() + ": " + difference.rmsdInterval());
        }
        List<Comparison> comparisons = Comparison.of(analysis, PublishedResult.all());
        AnalysisFiles.write(directory, analysis, comparisons);
        ReportWriter.write(directory.resolve("report.html"), run, analysis, comparisons);
    }

    @Test
    void theGuideHasTheLinesThatAreRunHere() throws IOException {
        String guide = Files.readString(GUIDE);
        String code = guide.substring(guide.indexOf("```java") + 7, guide.lastIndexOf("```"));
        String here = Files.readString(THIS);
        assertThat(code.strip().lines().map(String::strip))
                .hasSizeGreaterThan(5)
                .allMatch(here::contains);
    }
}
