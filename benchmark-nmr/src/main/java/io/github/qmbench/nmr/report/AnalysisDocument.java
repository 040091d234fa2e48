package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AssignmentWarning;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.Coverage;
import io.github.qmbench.nmr.analysis.FitRefusal;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.MethodAnalysis;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShiftPoint;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.Document.Column;
import io.github.qmbench.nmr.report.Document.Item;
import io.github.qmbench.nmr.report.Document.Items;
import io.github.qmbench.nmr.report.Document.Paragraph;
import io.github.qmbench.nmr.report.Document.Section;
import io.github.qmbench.nmr.report.Document.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An analysis in sentences and tables, for the terminal, {@code SCALING-FACTORS.md} and the report. All three have the
 * methods ranked and compared, published values, refusals, outliers, doubtful assignments, molecules and conditions.
 *
 * <p>Holds no state; safe for use by many threads.
 */
public final class AnalysisDocument {

    /** So many names stand in a list on the terminal; the files have all. */
    private static final int NAMED_BRIEFLY = 5;

    private static final String NOTHING = "-";
    private static final List<String> TEXTS = List.of("method", "at", "source");
    private static final List<Column> RANKING =
            columns("method", "slope", "intercept", "m", "b", "RMSD", "CV", "MAE", "largest", "at", "R2", "n");
    private static final List<Column> PUBLISHED =
            columns("method", "n", "m", "b", "RMSD", "largest", "RMSD difference", "lines differ by at most", "source");

    private final ShieldingAnalysis analysis;
    private final boolean brief;

    private AnalysisDocument(ShieldingAnalysis analysis, boolean brief) {
        this.analysis = Objects.requireNonNull(analysis, "analysis");
        this.brief = brief;
    }

    /** Returns the whole analysis for the sections of a page. */
    static AnalysisDocument of(ShieldingAnalysis analysis) {
        return new AnalysisDocument(analysis, false);
    }

    /**
     * Writes the analysis for a terminal, without intervals, conditions and long lists of names; closes nothing.
     *
     * @param analysis the fits
     * @param comparisons published values to compare with, empty for none
     * @param out for UTF-8; not closed
     * @throws IOException when the text cannot be written
     */
    public static void writeText(ShieldingAnalysis analysis, List<Comparison> comparisons, Writer out)
            throws IOException {
        new AnalysisDocument(analysis, true).document(comparisons).write(new TextForm(out));
    }

    /**
     * Writes the analysis in GitHub's Markdown; closes nothing.
     *
     * @param analysis the fits
     * @param comparisons published values to compare with, empty for none
     * @param out for UTF-8; not closed
     * @throws IOException when the text cannot be written
     */
    public static void writeMarkdown(ShieldingAnalysis analysis, List<Comparison> comparisons, Writer out)
            throws IOException {
        of(analysis).document(comparisons).write(new MarkdownForm(out));
    }

    Document document(List<Comparison> comparisons) {
        List<Section> sections = new ArrayList<>();
        sections.add(procedure());
        for (Nucleus nucleus : Nucleus.values()) {
            sections.addAll(ranking(nucleus));
            sections.addAll(new ComparisonText(analysis, nucleus, brief).sections());
        }
        sections.addAll(published(comparisons));
        sections.addAll(notes());
        return new Document("Scaling factors from " + analysis.dataSet().name(), sections);
    }

    /** How the lines are fitted, and what the words mean. */
    Section procedure() {
        List<String> texts = new ArrayList<>();
        texts.add("The lines are fitted by ordinary least squares, with the shielding as the dependent variable. "
                + (analysis.settings().averageEquivalent()
                        ? "Equivalent nuclei are averaged to one point."
                        : "Each atom is one point."));
        texts.add(
                "The same line in two conventions: shift = slope * shielding + intercept; shielding = m * shift + b.");
        texts.add(
                "Deviations are predicted minus measured shifts in ppm. RMSD divides by the number of points n. CV is the"
                        + " RMSD with each molecule predicted from the others.");
        if (analysis.settings().removeOutliers()) {
            texts.add(
                    "Points more than 3 standard deviations from a first fit were removed. They are listed as outliers. CV"
                            + " finds the outliers among the other molecules and counts all points of the one left out.");
        }
        if (!brief) {
            texts.add(
                    "Intervals are 95 % bootstrap intervals over the molecules: points of one molecule are not independent."
                            + " With fewer than 10 molecules they are Student's, and that of the intercept is Fieller's.");
            texts.add("Standard deviations divide by n - 2. SD of an outlier takes its leverage into account.");
            if (!analysis.dataSet().citation().isEmpty()) {
                texts.add("Measured shifts: " + analysis.dataSet().citation());
            }
        }
        return new Section(
                "How the lines are fitted",
                texts.stream().map(text -> (Document.Block) new Paragraph(text)).toList());
    }

    private List<Section> ranking(Nucleus nucleus) {
        List<ScalingFit> fits = analysis.ranked(nucleus);
        return fits.isEmpty()
                ? List.of()
                : List.of(new Section(
                        nucleus + ", best first",
                        new Table(RANKING, () -> fits.stream().map(this::row).iterator())));
    }

    private List<String> row(ScalingFit fit) {
        ShownIntervals intervals = new ShownIntervals(analysis, fit);
        return List.of(
                fit.key().method() + "/" + fit.key().basis() + "/" + fit.key().solvent(),
                value(fit.shiftLine().slope(), intervals.slope(), 4),
                value(fit.shiftLine().intercept(), intervals.intercept(), 3),
                value(fit.shieldingLine().m(), intervals.m(), 4),
                value(fit.shieldingLine().b(), intervals.b(), 3),
                number(fit.accuracy().rmsd(), 3) + interval(intervals.rmsd()),
                number(fit.accuracy().crossValidatedRmsd(), 3) + interval(intervals.crossValidatedRmsd()),
                number(fit.accuracy().mae(), 3) + interval(intervals.mae()),
                number(fit.worst().residual(), 2),
                place(fit.key().nucleus(), fit.worst().point()),
                number(fit.accuracy().rSquared(), 5),
                Integer.toString(fit.support().points()));
    }

    /** Published values with ours, if there are any. */
    List<Section> published(List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return List.of();
        }
        List<Document.Block> blocks = new ArrayList<>();
        blocks.add(new Table(
                PUBLISHED,
                () -> comparisons.stream().flatMap(AnalysisDocument::rows).iterator()));
        blocks.add(new Paragraph(
                "A difference is this run minus the published value. It is given only where both have the same"
                        + " number of values n, averaged alike."));
        if (comparisons.stream().anyMatch(comparison -> comparison.objection().isPresent())) {
            blocks.add(new Items(() -> comparisons.stream()
                    .flatMap(comparison -> comparison.objection().stream()
                            .map(why -> new Item(
                                    comparison.fit().key().toString(), List.of("no difference is given: " + why))))
                    .iterator()));
        }
        return List.of(new Section("Comparison with published values", blocks));
    }

    private static Stream<List<String>> rows(Comparison comparison) {
        ScalingFit fit = comparison.fit();
        PublishedResult published = comparison.published();
        return Stream.of(
                List.of(
                        fit.key().toString(),
                        Integer.toString(fit.support().points()),
                        number(fit.shieldingLine().m(), 4),
                        number(fit.shieldingLine().b(), 4),
                        number(fit.accuracy().rmsd(), 3),
                        number(Math.abs(fit.worst().residual()), 2),
                        NOTHING,
                        NOTHING,
                        "this run"),
                List.of(
                        fit.key().toString(),
                        published
                                .support()
                                .map(support -> Integer.toString(support.points()))
                                .orElse(NOTHING),
                        published.line().map(line -> number(line.m(), 4)).orElse(NOTHING),
                        published.line().map(line -> number(line.b(), 4)).orElse(NOTHING),
                        number(published.rmsd(), 3),
                        number(published.maxDeviation(), 2),
                        number(comparison.rmsdDifference(), 3),
                        number(comparison.largestDifference(), 3),
                        published.reference()));
    }

    /** What a reader should know about the fits; no section is empty. */
    List<Section> notes() {
        List<Section> sections = new ArrayList<>();
        add(sections, "Not fitted", () -> each(MethodAnalysis::refusals).map(AnalysisDocument::refusal));
        add(
                sections,
                "Outliers, more than 3 standard deviations off",
                () -> each(MethodAnalysis::fits)
                        .filter(fit ->
                                !fit.outliers().isEmpty() || !fit.removed().isEmpty())
                        .map(this::outliers));
        add(
                sections,
                "Measured shifts that may belong to another atom",
                () -> each(MethodAnalysis::warnings).map(this::warning));
        add(sections, "About the fits", () -> grouped(MethodAnalysis::notes, Function.identity()));
        add(sections, "Molecules", () -> Stream.concat(grouped(MethodAnalysis::coverage, this::coverage), unknown()));
        if (!brief) {
            add(sections, "Conditions", conditions());
        }
        return sections;
    }

    private static void add(List<Section> sections, String heading, Supplier<Stream<Item>> items) {
        if (items.get().findFirst().isPresent()) {
            sections.add(new Section(heading, new Items(() -> items.get().iterator())));
        }
    }

    private <T> Stream<T> each(Function<MethodAnalysis, List<T>> ofMethod) {
        return analysis.methods().stream().flatMap(method -> ofMethod.apply(method).stream());
    }

    /** An item for all methods that have the same to say; none for those that have nothing. */
    private <T> Stream<Item> grouped(Function<MethodAnalysis, T> said, Function<T, List<String>> texts) {
        Map<T, List<MethodAnalysis>> groups = analysis.methods().stream()
                .collect(Collectors.groupingBy(said, LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> item(group.getValue(), texts.apply(group.getKey())))
                .filter(item -> !item.texts().isEmpty());
    }

    private static Item refusal(FitRefusal refusal) {
        return new Item(refusal.key().toString(), List.of(refusal.reason()));
    }

    private Item outliers(ScalingFit fit) {
        return new Item(
                fit.key().toString(),
                Stream.concat(
                                fit.outliers().stream().map(point -> outlier(fit, point)),
                                fit.removed().stream().map(point -> outlier(fit, point) + ", removed"))
                        .toList());
    }

    private String outlier(ScalingFit fit, FittedPoint point) {
        return measured(fit.key().nucleus(), point.point(), point.predicted(), point.standardized());
    }

    private String measured(Nucleus nucleus, ShiftPoint point, double predicted, double standardDeviations) {
        return String.format(
                Locale.ROOT,
                "%s: measured %.2f, predicted %.2f (%+.1f SD)",
                place(nucleus, point),
                point.experimental(),
                predicted,
                standardDeviations);
    }

    private Item warning(AssignmentWarning warning) {
        Nucleus nucleus = warning.key().nucleus();
        String remedy = warning.fitting().isEmpty()
                ? "No exchange within the molecule makes it fit."
                : warning.fitting().entrySet().stream()
                        .map(atom -> number(atom.getValue(), 2) + " on "
                                + nucleus.element().symbol() + atom.getKey())
                        .collect(Collectors.joining(", ", "All would fit with ", "."));
        return new Item(
                warning.key().toString(),
                List.of(measured(nucleus, warning.point(), warning.predicted(), warning.standardDeviations())
                        + ". Bonds in angstrom: " + String.join("; ", warning.neighbours()) + ". " + remedy));
    }

    private List<String> coverage(Coverage coverage) {
        int molecules = analysis.dataSet().molecules().size();
        return List.of(coverage.used().size() + " of " + Phrases.count(molecules, "molecule")
                + listed("; without a result: ", coverage.missing(), this::molecule)
                + listed(
                        analysis.settings().excludeRecovered() ? "; recovered and left out: " : "; recovered: ",
                        coverage.recovered().keySet(),
                        id -> molecule(id) + " by "
                                + String.join(" and ", coverage.recovered().get(id)))
                + listed(
                        "; not used: ",
                        coverage.unusable().keySet(),
                        id -> molecule(id) + " because " + coverage.unusable().get(id)));
    }

    private Stream<Item> unknown() {
        List<String> ids = analysis.unknownMolecules();
        return ids.isEmpty()
                ? Stream.of()
                : Stream.of(new Item("Not in the data set, and left out", List.of(listed("", ids, id -> id))));
    }

    /** What all methods share once, then what each has of its own. */
    private Supplier<Stream<Item>> conditions() {
        List<MethodAnalysis> methods = analysis.methods();
        Map<String, String> shared = new TreeMap<>();
        if (methods.size() > 1) {
            shared.putAll(methods.get(0).conditions());
            methods.forEach(
                    method -> shared.entrySet().retainAll(method.conditions().entrySet()));
        }
        return () -> Stream.concat(
                shared.isEmpty() ? Stream.of() : Stream.of(item(methods, fields(shared, Map.of()))),
                grouped(MethodAnalysis::conditions, own -> fields(own, shared)));
    }

    private static List<String> fields(Map<String, String> fields, Map<String, String> but) {
        String text = fields.entrySet().stream()
                .filter(field -> !but.containsKey(field.getKey()))
                .map(field -> field.getKey().replace('_', ' ') + " " + field.getValue())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private Item item(List<MethodAnalysis> methods, List<String> texts) {
        String subject =
                methods.size() > 1 && methods.size() == analysis.methods().size()
                        ? "All methods"
                        : listed("", methods, method -> method.method().toString());
        return new Item(subject, texts);
    }

    /** A list after its label; empty for an empty one. */
    private <T> String listed(String label, Collection<T> all, Function<T, String> name) {
        int most = brief ? NAMED_BRIEFLY : Integer.MAX_VALUE;
        return all.isEmpty()
                ? ""
                : all.stream().limit(most).map(name).collect(Collectors.joining(", ", label, ""))
                        + (all.size() > most ? " and " + (all.size() - most) + " more" : "");
    }

    private String molecule(String id) {
        String name = ReportData.name(analysis.dataSet(), id);
        return name.equals(id) ? id : name + " (" + id + ")";
    }

    /** Molecule and atoms of a point, with a plain hyphen in ranges. */
    private String place(Nucleus nucleus, ShiftPoint point) {
        return ReportData.name(analysis.dataSet(), point.moleculeId()) + " "
                + ReportData.atoms(nucleus.element().symbol(), point.atoms()).replace('–', '-');
    }

    private String value(double value, ConfidenceInterval interval, int decimals) {
        return number(value, decimals) + interval(interval, decimals);
    }

    private String interval(Optional<ConfidenceInterval> interval) {
        return interval.map(ends -> interval(ends, 3)).orElse("");
    }

    private String interval(ConfidenceInterval interval, int decimals) {
        return brief ? "" : " [" + number(interval.low(), decimals) + ", " + number(interval.high(), decimals) + "]";
    }

    private static List<Column> columns(String... headings) {
        return Stream.of(headings)
                .map(heading -> new Column(heading, !TEXTS.contains(heading)))
                .toList();
    }

    private static String number(OptionalDouble value, int decimals) {
        return value.isPresent() ? number(value.getAsDouble(), decimals) : NOTHING;
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
