package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.decimals;
import static io.github.qmbench.nmr.report.Html.escape;
import static io.github.qmbench.nmr.report.Html.number;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of the section on accuracy, which the script of the page works with: methods, best first. */
final class AccuracyTables {

    /** A longer ranking scrolls in itself, so that the plots below stay in view. */
    private static final int MANY_METHODS = 10;

    private final ShieldingAnalysis analysis;

    AccuracyTables(ShieldingAnalysis analysis) {
        this.analysis = analysis;
    }

    /** The methods of a nucleus that has at least one fit, best first. */
    String ranking(Nucleus nucleus) {
        List<ScalingFit> fits = analysis.ranked(nucleus);
        double largest = fits.get(fits.size() - 1).accuracy().rmsd();
        return "<div class=\"scroll ranking" + (fits.size() > MANY_METHODS ? " long" : "") + "\" data-nucleus=\""
                + nucleus + "\" tabindex=\"0\" role=\"region\" aria-label=\"" + nucleus + " methods, best first\">\n"
                + "<table><caption><span>" + Html.isotope(nucleus)
                + ", best first. ppm; 95 % intervals below the values, by bootstrap over the molecules.</span></caption>\n"
                + "<thead><tr><th scope=\"col\" class=\"name\">Method</th><th scope=\"col\">RMSD</th>"
                + "<th scope=\"col\"><abbr title=\"RMSD with each molecule predicted from the others\">Cross-val.</abbr></th>"
                + "<th scope=\"col\"><abbr title=\"mean absolute error\">MAE</abbr></th>"
                + "<th scope=\"col\">Largest</th><th scope=\"col\" class=\"text\">at</th><th scope=\"col\">R²</th>"
                + "<th scope=\"col\">n</th><th scope=\"col\">Slope</th><th scope=\"col\">Intercept</th>"
                + "<th scope=\"col\"><i>m</i></th><th scope=\"col\"><i>b</i></th></tr></thead>\n<tbody>\n"
                + fits.stream().map(fit -> row(fit, largest)).collect(Collectors.joining("\n"))
                + "\n</tbody></table></div>";
    }

    private String row(ScalingFit fit, double largestRmsd) {
        int decimals = decimals(fit.key().nucleus());
        FittedPoint worst = fit.worst();
        ShownIntervals intervals = new ShownIntervals(analysis, fit);
        double share = largestRmsd == 0 ? 0 : fit.accuracy().rmsd() / largestRmsd;
        return "<tr data-key=\"" + escape(fit.key().toString()) + "\">"
                + "<th scope=\"row\" class=\"name\"><button type=\"button\" aria-pressed=\"false\">"
                + escape(fit.key().method()) + "<span>/<wbr>"
                + escape(fit.key().basis()) + "</span></button><small>"
                + escape(fit.key().solvent()) + "</small></th>"
                + "<td class=\"barred\" data-field=\"rmsd\"><span class=\"bar\" style=\"--share:"
                + String.format(Locale.ROOT, "%.3f", share) + "\"></span><b>"
                + number(fit.accuracy().rmsd(), decimals) + "</b>" + below(intervals.rmsd(), decimals) + "</td>"
                + cell(
                        "cross_validated_rmsd",
                        number(fit.accuracy().crossValidatedRmsd(), decimals),
                        below(intervals.crossValidatedRmsd(), decimals))
                + cell("mae", number(fit.accuracy().mae(), decimals), below(intervals.mae(), decimals))
                + cell("max_deviation", number(Math.abs(worst.residual()), decimals))
                + "<td class=\"text\">"
                + Html.place(analysis.dataSet(), fit.key().nucleus(), worst.point()) + "</td>"
                + cell("r_squared", number(fit.accuracy().rSquared(), 5))
                + cell("n_points", String.valueOf(fit.support().points()))
                + cell("slope", fit.shiftLine().slope(), intervals.slope(), 4)
                + cell("intercept", fit.shiftLine().intercept(), intervals.intercept(), 3)
                + cell("m", fit.shieldingLine().m(), intervals.m(), 4)
                + cell("b", fit.shieldingLine().b(), intervals.b(), 3)
                + "</tr>";
    }

    private static String cell(String field, String value) {
        return cell(field, value, "");
    }

    private static String cell(String field, double value, ConfidenceInterval interval, int decimals) {
        return cell(field, number(value, decimals), below(Optional.of(interval), decimals));
    }

    private static String cell(String field, String value, String below) {
        return "<td data-field=\"" + field + "\"><b>" + value + "</b>" + below + "</td>";
    }

    private static String below(Optional<ConfidenceInterval> interval, int decimals) {
        return interval.map(ends ->
                        "<small>" + number(ends.low(), decimals) + " … " + number(ends.high(), decimals) + "</small>")
                .orElse("");
    }
}
