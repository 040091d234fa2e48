package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.RankedMethod;
import io.github.qmbench.nmr.analysis.Reassigned;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.analysis.SyntheticRun;
import io.github.qmbench.nmr.analysis.Written;
import io.github.qmbench.nmr.report.Document.Column;
import io.github.qmbench.nmr.report.Document.Form;
import io.github.qmbench.nmr.report.Document.Section;
import io.github.qmbench.nmr.report.Document.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnalysisDocumentTest {

    private static final DataSet DELTA50 = DataSet.delta50();

    private final ShieldingAnalysis analysis = analysisWithAllThereIsToSay();
    private final List<Comparison> comparisons = Comparison.of(analysis, PublishedResult.all());

    /** Outliers, a wrong shift, a refused method, molecules missing, unusable, recovered and unknown, and a name with markup. */
    private static ShieldingAnalysis analysisWithAllThereIsToSay() {
        DataSet withOneWrongShift = DataSet.of(
                        "DELTA50, changed",
                        "a paper",
                        DELTA50.molecules().stream()
                                .map(molecule -> molecule.id().equals("compound_39")
                                        ? named(molecule, "<i>*ben|zene*")
                                        : molecule)
                                .toList(),
                        Reassigned.delta50("compound_39", Nucleus.C13, Map.of(1, 20.0))
                                .shifts())
                .measuredIn("CDCl3");
        Stream<ShieldingResult> results = Stream.of(
                        new SyntheticRun(DELTA50).results().skip(1).map(AnalysisDocumentTest::changed),
                        new SyntheticRun(DELTA50).functional("B3LYP").results().limit(1),
                        new SyntheticRun(DELTA50).solvent("DMSO").results())
                .flatMap(Function.identity());
        return ShieldingAnalysis.of(withOneWrongShift, results, AnalysisSettings.defaults());
    }

    private static Molecule named(Molecule molecule, String name) {
        return new Molecule(molecule.id(), name, molecule.atoms(), molecule.charge(), molecule.multiplicity());
    }

    private static ShieldingResult changed(ShieldingResult result) {
        return switch (result.moleculeId()) {
            case "compound_02" -> with(result, "stranger", result.shieldings(), List.of());
            case "compound_03" ->
                with(result, "compound_03", result.shieldings().subList(0, 1), List.of());
            case "compound_04" -> with(result, "compound_04", result.shieldings(), List.of("noautoz", "smear"));
            default -> result;
        };
    }

    private static ShieldingResult with(
            ShieldingResult result, String id, List<ShieldingResult.Shielding> shieldings, List<String> recoveredBy) {
        return new ShieldingResult(
                id, result.functional(), result.solvent(), result.fingerprint(), shieldings, recoveredBy);
    }

    @Test
    void allThreeFormsSayTheSame() throws IOException {
        List<Section> sections =
                AnalysisDocument.of(analysis).document(comparisons).sections();
        assertThat(sections)
                .extracting(Section::heading)
                .containsExactly(
                        "How the lines are fitted",
                        "1H, best first",
                        "1H, which method is better",
                        "13C, best first",
                        "13C, which method is better",
                        "Comparison with published values",
                        "Not fitted",
                        "Outliers, more than 3 standard deviations off",
                        "Measured shifts that may belong to another atom",
                        "About the fits",
                        "Molecules",
                        "Conditions");
        for (Section section : sections) {
            Set<String> said = words(written(section, TextForm::new));
            assertThat(said).hasSizeGreaterThan(8);
            assertThat(words(written(section, MarkdownForm::new).replaceAll("\\\\(\\W)", "$1")))
                    .isEqualTo(said);
            assertThat(words(HtmlForm.of(section)
                            .replaceAll("<[^>]*>", " ")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&#39;", "'")
                            .replace('−', '-')))
                    .isEqualTo(said);
        }
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>(List.of(text.split("[^\\w.'+-]+")));
        words.removeIf(word -> word.replaceAll("[.'+-]", "").isEmpty());
        return words;
    }

    private static String written(Section section, Function<Writer, Form> form) throws IOException {
        StringWriter out = new StringWriter();
        section.write(form.apply(out));
        return out.toString();
    }

    @Test
    void saysWhatAReaderShouldKnowBesideTheFigures() throws IOException {
        assertThat(text(analysis))
                .contains(
                        "- B3LYP/6-31G(d,p)/1H/CHCl3: a line needs at least 3 points and there is 1\n",
                        "\nDeviations are predicted minus measured shifts in ppm.",
                        "- WP04/6-31G(d,p)/DMSO: shieldings calculated in DMSO are fitted to shifts measured in ",
                        "47 of 50 molecules",
                        "; without a result: Nitromethane (compound_01), Nitroethane (compound_02); ",
                        "; recovered: Oxirane (compound_04) by noautoz and smear",
                        "; not used: Acetaldehyde (compound_03) because the molecule has 7 atoms and the result 1 shieldings",
                        "- Not in the data set, and left out: stranger\n")
                .containsPattern(
                        "- WP04/6-31G\\(d,p\\)/13C/CHCl3: <i>\\*ben\\|zene\\* C1: measured 20\\.00, predicted 12\\d\\.\\d\\d "
                                + "\\(\\+\\d+\\.\\d SD\\)\\. Bonds in angstrom: C1: .*\\. No exchange within the molecule makes it fit\\.\n")
                .doesNotContain("--"); // options belong to the command line
    }

    @Test
    void theTerminalNamesAFewAndTheFileAll() throws IOException {
        assertThat(text(analysis))
                .contains("1 of 50 molecules; without a result: ", " and 44 more\n")
                .doesNotContain("a paper", "Conditions")
                .containsPattern("WP04/6-31G\\(d,p\\)/CHCl3 +-\\d\\.\\d{4}  "); // the slope without its interval
        StringWriter file = new StringWriter();
        AnalysisDocument.writeMarkdown(analysis, comparisons, file);
        assertThat(file.toString())
                .contains("(compound_50)", "Measured shifts: a paper\n")
                .doesNotContain(" more\n");
    }

    @Test
    void saysWhichMethodIsBetterAndWhetherOneCanTell() throws IOException {
        ShieldingAnalysis three = ShieldingAnalysis.of(
                DELTA50,
                Stream.of(
                                new SyntheticRun(DELTA50).results(),
                                new SyntheticRun(DELTA50)
                                        .functional("TWIN")
                                        .seed(51)
                                        .results(),
                                new SyntheticRun(DELTA50)
                                        .functional("WORSE")
                                        .seed(52)
                                        .noise(2)
                                        .results())
                        .flatMap(Function.identity()),
                AnalysisSettings.defaults());
        assertThat(text(three))
                .contains(
                        "13C, which method is better\nRanked by cross-validated RMSD on the 50 molecules that all 3 methods have.")
                .containsPattern(
                        "\n +1 +\\w+/6-31G\\(d,p\\)/CHCl3 +smallest RMSD +50 of 50 +\\d\\.\\d\\d \\[\\d.\\d\\d, \\d.\\d\\d] +- ")
                .containsPattern("\n +1 +\\w+/6-31G\\(d,p\\)/CHCl3 +not distinguishable from the best +50 of 50 ")
                .containsPattern("\n +3 +WORSE/6-31G\\(d,p\\)/CHCl3 +worse than the best +50 of 50 ")
                .containsPattern("\nmethod +1  2  3\n1 \\S+ +=  <\n2 \\S+ += +<\n3 WORSE\\S+ +>  >\n");
        assertThat(Written.markdown(three, List.of()))
                .containsPattern(
                        "\\| 3 WORSE/6-31G\\(d,p\\)/CHCl3 \\| > \\+\\d\\.\\d\\d \\[\\d\\.\\d\\d, \\d\\.\\d\\d] \\|")
                .contains("The same for the MAE.");
    }

    /** As where the best method has no intervals: another one has its own, and no difference from the best. */
    @Test
    void onlyTheFirstMethodHasTheSmallestRmsd() {
        RankedMethod method =
                SamplePage.analysis().comparison(Nucleus.H1).ranking().get(0);

        assertThat(method.rmsdInterval()).isPresent();
        assertThat(method.fromBest()).isEmpty();
        assertThat(ComparisonText.verdict(method, true)).isEqualTo("smallest RMSD");
        assertThat(ComparisonText.verdict(method, false)).isEqualTo("-");
    }

    @Test
    void ofOneMethodThereIsNothingToCompare() throws IOException {
        ShieldingAnalysis one =
                ShieldingAnalysis.of(DELTA50, new SyntheticRun(DELTA50).results(), AnalysisSettings.defaults());
        assertThat(text(one)).contains("1H, best first").doesNotContain("which method is better");
    }

    private String text(ShieldingAnalysis of) throws IOException {
        StringWriter out = new StringWriter();
        AnalysisDocument.writeText(of, comparisons, out);
        return out.toString();
    }

    @Test
    void namesFromOutsideAreNoMarkup() throws IOException {
        StringWriter file = new StringWriter();
        AnalysisDocument.writeMarkdown(analysis, comparisons, file);
        assertThat(file.toString())
                .contains("\\<i>\\*ben|zene\\* C1: measured", "shift = slope * shielding + intercept")
                .doesNotContainPattern("[^\\\\]<i>");
        assertThat(HtmlForm.of(new Section(
                        "h",
                        new Document.Items(
                                List.of(new Document.Item("<a>", List.of("x & y: -3.5 in 6-31G, 1d-8", "z")))))))
                .isEqualTo("<h3>h</h3>\n<ul>\n<li><b>&lt;a&gt;</b> x &amp; y: −3.5 in 6-31G, 1d-8; z</li>\n</ul>\n");
    }

    @Test
    void aBarInACellEndsNoColumn() throws IOException {
        Table table =
                new Table(List.of(new Column("a", false), new Column("n", true)), List.of(List.of("x|y", "-1.5")));
        assertThat(written(new Section("h", table), MarkdownForm::new))
                .isEqualTo("\n## h\n\n| a | n |\n| --- | ---: |\n| x\\|y | -1.5 |\n");
        assertThat(HtmlForm.of(new Section("h", table)))
                .contains("aria-label=\"h\"", "<tr><th scope=\"row\" class=\"name\">x|y</th><td>−1.5</td></tr>");
    }

    @Test
    void rowsAndItemsAreWrittenAsTheyCome() throws IOException {
        for (Function<Writer, Form> form : List.<Function<Writer, Form>>of(TextForm::new, MarkdownForm::new)) {
            StringWriter out = new StringWriter();
            List<Integer> lagging = new ArrayList<>();
            Iterable<List<String>> rows = () -> following(out, lagging, row -> List.of("row" + row));
            new Section("h", new Table(List.of(new Column("a", false)), rows)).write(form.apply(out));
            Iterable<Document.Item> items =
                    () -> following(out, lagging, row -> new Document.Item("row" + row, List.of("x", "y")));
            new Section("h", new Document.Items(items)).write(form.apply(out));
            assertThat(lagging).isEmpty();
            assertThat(out.toString()).contains("row99");
        }
    }

    /** Hands out a hundred; notes where the one before is not written although something of its kind is. */
    private static <T> Iterator<T> following(StringWriter out, List<Integer> lagging, Function<Integer, T> made) {
        int before = out.toString().length();
        return IntStream.range(0, 100)
                .mapToObj(row -> {
                    String written = out.toString().substring(before);
                    if (row > 1 && !written.isEmpty() && !written.contains("row" + (row - 2))) {
                        lagging.add(row);
                    }
                    return made.apply(row);
                })
                .iterator();
    }
}
