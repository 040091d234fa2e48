package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.FitIntervals;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.SyntheticRun;
import io.github.qmbench.nmr.analysis.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at the page in a real browser. */
@Timeout(120)
class ReportIT {

    @TempDir
    static Path directory;

    private static Chromium browser;
    private static ShieldingAnalysis analysis;
    private static Path page;

    @BeforeAll
    static void start() throws IOException {
        analysis = SamplePage.analysis();
        page = Files.writeString(directory.resolve("report.html"), SamplePage.html(false));
        browser = new Chromium(Files.createDirectory(directory.resolve("profile")));
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1400, 900, light", "1400, 900, dark", "360, 740, light", "800, 1000, dark"})
    void opensWithoutAnErrorAndLoadsNothing(int width, int height, String scheme) throws IOException {
        browser.open(page, width, height, scheme);
        browser.evaluate("document.querySelector('.switch [data-nucleus=\"13C\"]').click()");
        assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(browser.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(browser.events("Log.entryAdded")).isEmpty();
        assertThat(browser.events("Network.requestWillBeSent"))
                .extracting(event -> Json.asObject(event.get("request")).get("url"))
                .containsOnly(page.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({"1400, 900", "360, 740"})
    void isNeverWiderThanTheWindow(int width, int height) throws IOException {
        browser.open(page, width, height, "light");
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    }

    @Test
    void numbersShownAreThoseOfTheScalingFactorsFile() throws IOException {
        browser.open(page, 1400, 900, "light");
        Map<String, Object> factors = Json.parseObject(Written.factors(analysis));
        Map<String, Object> shown = Json.asObject(browser.evaluate("""
                Object.fromEntries([...document.querySelectorAll('.ranking tbody tr')].map(row => [row.dataset.key,
                    Object.fromEntries([...row.querySelectorAll('[data-field]')].map(cell =>
                        [cell.dataset.field, cell.querySelector('b').textContent]))]))"""));
        assertThat(shown).hasSameSizeAs(factors).containsOnlyKeys(factors.keySet());
        shown.forEach((key, row) -> {
            Map<String, Object> fields = Json.asObject(row);
            assertThat(fields)
                    .containsOnlyKeys(
                            "rmsd",
                            "cross_validated_rmsd",
                            "mae",
                            "max_deviation",
                            "r_squared",
                            "n_points",
                            "slope",
                            "intercept",
                            "m",
                            "b");
            fields.forEach((field, text) -> {
                double exact = ((Number) Json.asObject(factors.get(key)).get(field)).doubleValue();
                assertThat(toNumber(text)).as(key + " " + field).isCloseTo(exact, within(half(text)));
            });
        });
    }

    @Test
    void choosingAMethodShowsItsPlotsAndShifts() throws IOException {
        browser.open(page, 1400, 900, "light");
        ScalingFit second = analysis.ranked(Nucleus.H1).get(1);
        browser.evaluate("document.querySelector('tr[data-key=\"" + second.key() + "\"] button').click()");
        assertThat(text("#detail-title")).isEqualTo("WP04/6-31G(d,p), ¹H in DMSO");
        FitIntervals bootstrap =
                analysis.comparison(Nucleus.H1).intervals(second).orElseThrow();
        assertThat(text("#detail-line"))
                .contains(
                        shown(second.shiftLine().slope(), 4) + " " + shown(bootstrap.slope(), 4),
                        shown(second.shiftLine().intercept(), 3) + " " + shown(bootstrap.intercept(), 3),
                        shown(second.shieldingLine().m(), 4) + " " + shown(bootstrap.m(), 4),
                        shown(second.shieldingLine().b(), 3) + " " + shown(bootstrap.b(), 3))
                .doesNotContain(shown(Optional.of(second.shieldingLine().ciB()), 3));
        for (String plot : List.of("scatter", "residuals", "histogram")) {
            assertThat(number("document.querySelectorAll('#" + plot + " svg path').length"))
                    .as(plot)
                    .isGreaterThan(5);
        }
        List<Object> rows = Json.asArray(
                browser.evaluate(
                        "[...document.querySelectorAll('#shift-table tbody tr')].map(row => [...row.cells].map(c => c.textContent))"));
        assertThat(rows).hasSize(analysis.points(second).size());
        for (int i = 0; i < rows.size(); i++) {
            List<Object> cells = Json.asArray(rows.get(i));
            FittedPoint point = analysis.points(second).get(i);
            assertThat(toNumber(cells.get(2))).isCloseTo(point.point().experimental(), within(0.0051));
            assertThat(toNumber(cells.get(3))).isCloseTo(point.predicted(), within(0.0051));
            assertThat(toNumber(cells.get(4).toString().replaceAll(" .*", "")))
                    .isCloseTo(point.residual(), within(0.00051));
        }
    }

    @Test
    void theFilterKeepsTheMoleculesOfThatName() throws IOException {
        browser.open(page, 1400, 900, "light");
        browser.evaluate("filter.value = 'nitrile'; filter.dispatchEvent(new Event('input'))");
        assertThat(
                        Json.asArray(
                                browser.evaluate(
                                        "[...new Set([...document.querySelectorAll('#shift-table tbody th')].map(c => c.textContent))]")))
                .containsExactly("Acetonitrile", "Propionitrile", "Isobutyronitrile", "Pivalonitrile");
    }

    @Test
    void hoveringOverAPointNamesMoleculeAndAtom() throws IOException {
        browser.open(page, 1400, 900, "light");
        ScalingFit best = analysis.ranked(Nucleus.H1).get(0);
        FittedPoint lonely = analysis.points(best).stream()
                .max((one, other) ->
                        Double.compare(one.point().experimental(), other.point().experimental()))
                .orElseThrow();
        browser.evaluate("document.getElementById('scatter').scrollIntoView({block: 'center', behavior: 'instant'})");
        List<Object> place = Json.asArray(browser.evaluate("(() => { const box = scatter.getBoundingClientRect();"
                + "const [x, y] = echarts.getInstanceByDom(scatter).convertToPixel({gridIndex: 0}, ["
                + lonely.point().experimental() + ", " + lonely.point().shielding() + "]);"
                + "return [box.left + x, box.top + y]; })()"));
        browser.mouseTo(toNumber(place.get(0)) - 40, toNumber(place.get(1)) - 40);
        browser.mouseTo(toNumber(place.get(0)), toNumber(place.get(1)));
        String tip = (String) browser.evaluate("new Promise(done => setTimeout(() =>"
                + " done(document.querySelector('#scatter .tip')?.textContent ?? 'no tip'), 200))");
        String name = DataSet.delta50()
                .molecule(lonely.point().moleculeId())
                .map(Molecule::name)
                .orElseThrow();
        assertThat(tip).startsWith(name + " H" + lonely.point().atoms().get(0)).contains("measured 9.80");
    }

    @Test
    void everyPlotIsToldInWords() throws IOException {
        browser.open(page, 1400, 900, "light");
        List<Object> labels = Json.asArray(
                browser.evaluate("[...document.querySelectorAll('.chart')].map(c => c.role + ': ' + c.ariaLabel)"));
        assertThat(labels)
                .hasSize(5)
                .allSatisfy(label -> assertThat((String) label)
                        .startsWith("img: ")
                        .containsPattern("\\d.*The numbers are in the table of"));
        assertThat(number("document.querySelectorAll('main button:not([type]), main img:not([alt])').length"))
                .isZero();
    }

    @Test
    void theTimeLineIsInUtcWhereverItsReaderIs() throws IOException {
        browser.call("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
        browser.open(page, 1400, 900, "light");
        Object labels = browser.evaluate(
                "[...document.querySelectorAll('#timeline svg text')].map(text => text.textContent).join(' ')");
        browser.call("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
        assertThat(labels.toString()).contains("08:", "UTC").doesNotContain("17:");
    }

    @Test
    void followsADarkSettingWhileItIsOpen() throws IOException {
        browser.open(page, 1400, 900, "light");
        double light = brightness();
        browser.media("", "dark");
        assertThat(light).isGreaterThan(240);
        assertThat(brightness()).isLessThan(40);
    }

    @Test
    void printsBothNucleiInDarkOnLight() throws IOException {
        browser.open(page, 1400, 900, "dark");
        browser.media("print", "dark");
        browser.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(Json.asArray(browser.evaluate(
                        "[...document.querySelectorAll('.ranking')].map(t => getComputedStyle(t).display)")))
                .containsExactly("block", "block");
        assertThat((String) browser.evaluate("getComputedStyle(document.body).color"))
                .isEqualTo("rgb(27, 31, 36)");
        assertThat((String) browser.evaluate("getComputedStyle(document.querySelector('nav')).display"))
                .isEqualTo("none");
        assertThat(Json.asArray(
                        browser.evaluate("[...document.querySelectorAll('.detail h3')].map(t => t.textContent)")))
                .as("plots of both nuclei")
                .hasSize(2)
                .anyMatch(title -> ((String) title).contains("¹H"))
                .anyMatch(title -> ((String) title).contains("¹³C"));
        assertThat(
                        browser.evaluate(
                                "[...document.querySelectorAll('.detail')].every(d => d.querySelectorAll('svg path').length > 50)"))
                .isEqualTo(true);
        String pdf = (String)
                browser.call("Page.printToPDF", Map.of("printBackground", true)).get("data");
        assertThat(new String(Base64.getDecoder().decode(pdf), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        browser.evaluate("dispatchEvent(new Event('afterprint'))");
        assertThat(browser.evaluate("document.querySelectorAll('.printed').length"))
                .isEqualTo(0L);
    }

    @Test
    void showsARunUnderWay() throws IOException {
        Path underWay = Files.writeString(directory.resolve("running.html"), SamplePage.html(true));
        browser.open(underWay, 1400, 900, "light");
        assertThat(text(".pill")).isEqualTo("running");
        assertThat(number("document.querySelectorAll('.matrix td.running').length"))
                .isEqualTo(2);
        assertThat(number("document.querySelectorAll('.matrix td.waiting').length"))
                .isEqualTo(78);
        assertThat(number("document.querySelectorAll('.matrix td.failed').length"))
                .isEqualTo(3);
        assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
    }

    @Test
    void showsARunThatHasJustBegun() throws IOException {
        ShieldingAnalysis nothing = ShieldingAnalysis.of(DataSet.delta50(), Stream.of(), AnalysisSettings.defaults());
        Path begun = directory.resolve("begun.html");
        ReportWriter.write(begun, SamplePage.run(true), nothing, List.of());
        browser.open(begun, 1400, 900, "light");
        assertThat(number("document.querySelectorAll('#accuracy').length")).isZero();
        assertThat(number("document.querySelectorAll('#times svg').length")).isEqualTo(1);
        assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
    }

    @Test
    void showsNamesAsTextWhateverIsInThem() throws IOException {
        String evil = "</script><script>window.evil = 1</script><img src=x onerror='evil=2'>";
        DataSet renamed = renamed(evil);
        ShieldingAnalysis hostile = ShieldingAnalysis.of(
                renamed,
                new SyntheticRun(DataSet.delta50())
                        .functional(evil.replace("/", ""))
                        .results(),
                AnalysisSettings.defaults());
        Path file = directory.resolve("hostile.html");
        ReportWriter.write(file, SamplePage.run(false), hostile, List.of());
        browser.open(file, 1400, 900, "light");
        assertThat(browser.evaluate("typeof window.evil")).isEqualTo("undefined");
        assertThat(number("document.querySelectorAll('img').length")).isZero();
        assertThat(text("#shift-table tbody th")).isEqualTo(evil);
        assertThat(browser.events("Log.entryAdded")).isEmpty();
    }

    private static DataSet renamed(String name) {
        DataSet delta50 = DataSet.delta50();
        return DataSet.of(
                "test",
                "",
                delta50.molecules().stream()
                        .map(molecule -> new Molecule(molecule.id(), name, molecule.atoms(), 0, 1))
                        .toList(),
                delta50.shifts());
    }

    private static double number(String expression) throws IOException {
        return ((Number) browser.evaluate(expression)).doubleValue();
    }

    private static String text(String selector) throws IOException {
        return (String) browser.evaluate("document.querySelector('" + selector + "').textContent");
    }

    private static double brightness() throws IOException {
        return number("Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3))");
    }

    private static double toNumber(Object text) {
        return Double.parseDouble(text.toString().replace('−', '-'));
    }

    /** Half of the last digit shown, and a little for the rounding of binary fractions. */
    private static double half(Object text) {
        int point = text.toString().indexOf('.');
        int decimals = point < 0 ? 0 : text.toString().length() - point - 1;
        return 0.5 * Math.pow(10, -decimals) + 1e-12;
    }

    private static String shown(Optional<ConfidenceInterval> interval, int decimals) {
        return "[" + shown(interval.orElseThrow().low(), decimals) + ", "
                + shown(interval.orElseThrow().high(), decimals) + "]";
    }

    private static String shown(double value, int decimals) {
        return Html.number(value, decimals);
    }
}
