package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.MethodComparison;
import io.github.qmbench.nmr.analysis.MethodDifference;
import io.github.qmbench.nmr.analysis.RankedMethod;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.Document.Block;
import io.github.qmbench.nmr.report.Document.Column;
import io.github.qmbench.nmr.report.Document.Paragraph;
import io.github.qmbench.nmr.report.Document.Section;
import io.github.qmbench.nmr.report.Document.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which method is better, in sentences and tables: the ranking, and the matrix of all pairs. */
final class ComparisonText {

    /** So many methods have a row and a column in a matrix; {@code comparison.json} has all that are compared. */
    static final int MOST_COLUMNS = 30;

    private static final String NOTHING = "-";
    private static final List<Column> RANKING = List.of(
            new Column("rank", true),
            new Column("method", false),
            new Column("verdict", false),
            new Column("molecules", false),
            new Column("CV RMSD", true),
            new Column("minus the best's", true),
            new Column("CV MAE", true),
            new Column("minus the best's", true));

    private final MethodComparison comparison;
    private final long measured;
    private final boolean brief;

    /**
     * @param brief whether the matrix has signs alone
     */
    ComparisonText(ShieldingAnalysis analysis, Nucleus nucleus, boolean brief) {
        this.comparison = analysis.comparison(nucleus);
        this.measured = analysis.dataSet().shifts().stream()
                .filter(shift -> shift.nucleus() == nucleus)
                .map(ExperimentalShift::moleculeId)
                .distinct()
                .count();
        this.brief = brief;
    }

    /** Whether there is anything to compare. */
    boolean isEmpty() {
        return comparison.fits().size() < 2;
    }

    /** The section; none with fewer than two methods. */
    List<Section> sections() {
        if (isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        sentences().forEach(sentence -> blocks.add(new Paragraph(sentence)));
        blocks.add(new Table(RANKING, this.rows()));
        if (!comparison.differences().isEmpty()) {
            blocks.add(new Paragraph(
                    "Each row's method against each column's, by RMSD: < better, > worse, = not distinguishable"
                            + (brief ? "." : "; the row's RMSD minus the column's, with its interval.")));
            blocks.add(matrix(MethodDifference::rmsd, MethodDifference::rmsdInterval));
            if (!brief) {
                blocks.add(new Paragraph("The same for the MAE."));
                blocks.add(matrix(MethodDifference::mae, MethodDifference::maeInterval));
            }
        }
        return List.of(new Section(comparison.nucleus() + ", which method is better", blocks));
    }

    /** How the methods were ranked, and how to read it. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        int ranked = comparison.ranking().size();
        int molecules = comparison.molecules().size();
        String have;
        if (ranked == 1) {
            have = "the first method has";
        } else if (!comparison.unranked().isEmpty()) {
            have = "the first " + ranked + " methods have";
        } else {
            have = ranked == 2 ? "both methods have" : "all " + ranked + " methods have";
        }
        sentences.add("Ranked by cross-validated RMSD on the " + Phrases.count(molecules, "molecule") + " that " + have
                + ".");
        if (comparison.differences().isEmpty()) {
            sentences.add("With fewer than 10 molecules in common, no difference can be told from chance.");
        } else {
            sentences.add("The rank is 1 and the number of methods that are distinguishably better.");
            sentences.add(
                    "Intervals are 95 % bootstrap intervals over the molecules, each for one pair: of many pairs of"
                            + " equally good methods, 5 % are called different.");
            int most = comparison.differences().stream()
                    .mapToInt(MethodDifference::molecules)
                    .max()
                    .orElseThrow();
            if (most > molecules) {
                sentences.add("A pair is compared on all molecules that both methods have, up to " + most
                        + ", so it can tell more than the ranking.");
            }
        }
        if (comparison.fits().size() > MOST_COLUMNS) {
            sentences.add("The matrix has the first " + MOST_COLUMNS + " methods; comparison.json has the first "
                    + MethodComparison.MOST_METHODS + ".");
        }
        return sentences;
    }

    /** The fits that have a row and a column in the matrix. */
    List<ScalingFit> inMatrix() {
        return comparison.fits().stream().limit(MOST_COLUMNS).toList();
    }

    /** How many molecules a fit has, of those with a measured shift. */
    String coverage(ScalingFit fit) {
        return fit.support().molecules() + " of " + measured;
    }

    /**
     * The place of a method in words; nothing where the molecules cannot show it.
     *
     * @param isFirst whether it has the smallest RMSD of all
     */
    static String verdict(RankedMethod method, boolean isFirst) {
        if (isFirst) {
            return method.rmsdInterval().isPresent() ? "smallest RMSD" : NOTHING;
        }
        return method.fromBest()
                .map(difference ->
                        difference.isDistinct() ? "worse than the best" : "not distinguishable from the best")
                .orElse(NOTHING);
    }

    private List<List<String>> rows() {
        return Stream.concat(
                        comparison.ranking().stream().map(this::row),
                        comparison.unranked().stream().map(this::unrankedRow))
                .limit(brief ? MOST_COLUMNS : MethodComparison.MOST_METHODS)
                .toList();
    }

    private List<String> row(RankedMethod method) {
        return List.of(
                Integer.toString(method.rank()),
                method.fit().key().methodName(),
                verdict(method, method.equals(comparison.ranking().get(0))),
                coverage(method.fit()),
                number(method.rmsd()) + bracketed(method.rmsdInterval()),
                method.fromBest()
                        .map(one -> difference(one.rmsd(), one.rmsdInterval()))
                        .orElse(NOTHING),
                number(method.mae()) + bracketed(method.maeInterval()),
                method.fromBest()
                        .map(one -> difference(one.mae(), one.maeInterval()))
                        .orElse(NOTHING));
    }

    private List<String> unrankedRow(ScalingFit fit) {
        return List.of(
                NOTHING, fit.key().methodName(), "not ranked", coverage(fit), NOTHING, NOTHING, NOTHING, NOTHING);
    }

    private Table matrix(
            Function<MethodDifference, Double> value, Function<MethodDifference, ConfidenceInterval> interval) {
        List<ScalingFit> fits = inMatrix();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("method", false));
        for (int column = 1; column <= fits.size(); column++) {
            columns.add(new Column(Integer.toString(column), !brief));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < fits.size(); row++) {
            List<String> cells = new ArrayList<>();
            cells.add((row + 1) + " " + fits.get(row).key().methodName());
            for (int column = 0; column < fits.size(); column++) {
                cells.add(row == column ? "" : cell(fits.get(row), fits.get(column), value, interval));
            }
            rows.add(cells);
        }
        return new Table(columns, rows);
    }

    private String cell(
            ScalingFit row,
            ScalingFit column,
            Function<MethodDifference, Double> value,
            Function<MethodDifference, ConfidenceInterval> interval) {
        Optional<MethodDifference> difference = comparison.difference(row, column);
        if (difference.isEmpty()) {
            return NOTHING;
        }
        ConfidenceInterval around = interval.apply(difference.get());
        String sign = around.contains(0) ? "=" : around.high() < 0 ? "<" : ">";
        return brief ? sign : sign + " " + difference(value.apply(difference.get()), around);
    }

    private String difference(double value, ConfidenceInterval interval) {
        return (value > 0 ? "+" : "") + number(value) + bracketed(Optional.of(interval));
    }

    private String bracketed(Optional<ConfidenceInterval> interval) {
        return interval.map(ends -> " [" + number(ends.low()) + ", " + number(ends.high()) + "]")
                .orElse("");
    }

    private String number(double value) {
        return String.format(Locale.ROOT, "%." + Html.decimals(comparison.nucleus()) + "f", value);
    }
}
