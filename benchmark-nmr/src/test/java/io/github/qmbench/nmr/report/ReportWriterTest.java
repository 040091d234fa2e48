package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportWriterTest {

    private static final ShieldingAnalysis NOTHING =
            ShieldingAnalysis.of(DataSet.delta50(), Stream.of(), AnalysisSettings.defaults());

    @TempDir
    Path directory;

    @Test
    void namesNoOtherFile() {
        String html = SamplePage.html(false);
        String own = html.substring(0, html.indexOf("<script>"));
        assertThat(own).doesNotContain("src=", "http:", "https:", "url(").contains("default-src 'none'");
        assertThat(own).doesNotContainPattern("href=\"(?!#|data:,)");
    }

    @Test
    void headlineTellsWhereTheRunStands() {
        assertThat(SamplePage.html(true))
                .contains("<span class=\"pill running\">running</span>")
                .contains("aria-label=\"117 of 200 calculations done, 3 failed, 2 running\"")
                .contains("<dt>Time left</dt><dd>≈ 100 min</dd>")
                .contains("3<small> on 2 molecules</small>");
    }

    @Test
    void failuresAreGroupedByKindTheMostFrequentFirst() {
        String html = SamplePage.html(false);
        assertThat(html.indexOf("<b>2</b> scf-convergence")).isPositive().isLessThan(html.indexOf("<b>1</b> memory"));
        assertThat(html).contains("not enough memory &lt;for&gt; &quot;this&quot; &amp; that");
    }

    @Test
    void aPageWithoutCalculationsOrFitsStillTellsItsTitleAndState() {
        RunOverview empty =
                new RunOverview("My <run>", "failed", "disk full", SamplePage.START, Optional.empty(), List.of());
        assertThat(ReportWriter.html(empty, NOTHING, List.of()))
                .contains("<title>My &lt;run&gt;</title>", "failed</span> disk full", "2026-03-01 08:00 UTC")
                .doesNotContain("id=\"accuracy\"", "id=\"calculations\"");
    }

    @Test
    void whatAllMethodsShareIsToldOnce() {
        String page = SamplePage.html(false);
        assertThat(page)
                .containsOnlyOnce("<b>All methods</b> 50 of 50 molecules")
                .containsOnlyOnce(
                        "<b>All methods</b> basis type cartesian, geometry level B3LYP/6-31G*, grid fine, program Test 1.0")
                .containsOnlyOnce("<b>WP04/6-31G(d,p)/CHCl3, WP04/6-31G(d,p)/DMSO</b> basis 6-31G(d,p)");
    }

    @Test
    void theMatrixOfMethodsNeedsNoScriptAndNoColour() {
        String page = SamplePage.html(false);
        String matrix = page.substring(page.indexOf("<div class=\"versus\" data-nucleus=\"1H\">"));
        matrix = matrix.substring(0, matrix.indexOf("</table>"));
        assertThat(matrix)
                .contains(
                        "which method is better?", "on the 50 molecules that all 4 methods have.", "<td>50 of 50</td>")
                .containsPattern(
                        "<td class=\"better\" title=\"WP04/[^\"]* minus B3LYP/[^\"]*, 50 molecules: RMSD −[^\"]*MAE −")
                .containsPattern("<td class=\"better\"[^>]*>▼ −0\\.\\d\\d\\d<small>−0")
                .containsPattern("<td class=\"worse\"[^>]*>▲ \\+0\\.\\d\\d\\d<small>0");
        assertThat(matrix.split("<td class=\"(better|worse|alike)\"", -1)).hasSize(1 + 4 * 3);
    }

    @Test
    void replacesTheFileAndLeavesNothingBeside() throws IOException {
        Path file = Files.writeString(directory.resolve("report.html"), "old");
        ReportWriter.write(file, SamplePage.run(false), NOTHING, List.of());
        assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> ReportWriter.write(
                        directory.resolve("gone/report.html"), SamplePage.run(false), NOTHING, List.of()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRunTooLargeToDrawIsToldInFigures() {
        TaskRow task = SamplePage.run(false).tasks().get(0);
        RunOverview large = new RunOverview(
                "large",
                "running",
                "",
                SamplePage.START,
                Optional.empty(),
                Collections.nCopies(CalculationTables.DRAWN + 1, task));
        String html = ReportWriter.html(large, NOTHING, List.of());
        assertThat(html)
                .contains("20001<small> of 20001</small>", "too many calculations to draw", "\"tasks\":[]")
                .doesNotContain("class=\"scroll matrix");
    }

    @ParameterizedTest
    @CsvSource({"5, H5", "5 6, H5 H6", "5 6 7, H5–H7", "1 5 6 7 9, H1 H5–H7 H9", "1 2 4 5 6 7, H1 H2 H4–H7"})
    void namesAtomsInARowAsARange(String numbers, String shown) {
        List<Integer> atoms =
                Stream.of(numbers.split(" ")).map(Integer::valueOf).toList();
        assertThat(ReportData.atoms("H", atoms)).isEqualTo(shown);
    }

    @Property
    void escapedTextHasNoMarkupAndLosesNothing(@ForAll String text) {
        String escaped = Html.escape(text);
        assertThat(escaped).doesNotContain("<", ">", "\"", "'");
        assertThat(escaped.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "9.94, 9.9 s", "9.96, 10 s", "119.4, 119 s", "120, 2 min", "7199, 120 min", "7200, 2.0 h"})
    void durationsHaveTheUnitThatSuitsThem(double seconds, String shown) {
        assertThat(Html.duration(seconds)).isEqualTo(shown);
    }
}
