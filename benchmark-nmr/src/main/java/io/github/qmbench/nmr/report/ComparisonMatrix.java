package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.escape;
import static io.github.qmbench.nmr.report.Html.number;
import static io.github.qmbench.nmr.report.Html.signed;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.MethodComparison;
import io.github.qmbench.nmr.analysis.MethodDifference;
import io.github.qmbench.nmr.analysis.RankedMethod;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.util.List;
import java.util.Optional;

/** The matrix of all pairs of methods on the page: a row and a column for each, best first. It needs no script. */
final class ComparisonMatrix {

    /** Up to so many methods a cell has room for the interval; with more, it is in the title of the cell alone. */
    private static final int WIDE = 8;

    private static final String LEGEND = "<p class=\"legend\">"
            + "<span class=\"entry\"><span class=\"key better\" aria-hidden=\"true\">▼</span>row better than column</span>"
            + "<span class=\"entry\"><span class=\"key worse\" aria-hidden=\"true\">▲</span>row worse</span>"
            + "<span class=\"entry\"><span class=\"key alike\" aria-hidden=\"true\">≈</span>not distinguishable</span></p>\n";

    private final ShieldingAnalysis analysis;

    ComparisonMatrix(ShieldingAnalysis analysis) {
        this.analysis = analysis;
    }

    /** The matrix of a nucleus; empty with fewer than two methods. */
    String of(Nucleus nucleus) {
        ComparisonText text = new ComparisonText(analysis, nucleus, false);
        if (text.isEmpty()) {
            return "";
        }
        MethodComparison comparison = analysis.comparison(nucleus);
        List<ScalingFit> fits = text.inMatrix();
        StringBuilder html = new StringBuilder();
        html.append("<div class=\"versus\" data-nucleus=\"" + nucleus + "\">\n")
                .append("<div class=\"title\"><h3>" + Html.isotope(nucleus) + ": which method is better?</h3>\n")
                .append(LEGEND)
                .append("</div>\n<p class=\"lede\">" + escape(String.join(" ", text.sentences())) + "</p>\n")
                .append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + nucleus
                        + " methods compared in pairs\">\n<table><caption><span>Cross-validated RMSD, and the row's minus the"
                        + " column's, ppm; 95 % intervals.</span></caption>\n<thead><tr><th scope=\"col\" class=\"name\">Method</th>"
                        + "<th scope=\"col\">Rank</th><th scope=\"col\">RMSD</th><th scope=\"col\">Molecules</th>");
        for (int column = 0; column < fits.size(); column++) {
            html.append("<th scope=\"col\" class=\"against\"><abbr title=\""
                    + escape(fits.get(column).key().methodName()) + "\">" + (column + 1) + "</abbr></th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < fits.size(); row++) {
            ScalingFit fit = fits.get(row);
            html.append("<tr>").append(name(row + 1, fit.key()));
            html.append(place(comparison, fit)).append("<td>" + text.coverage(fit) + "</td>");
            for (ScalingFit other : fits) {
                html.append(other.equals(fit) ? "<td class=\"self\"></td>" : cell(comparison, fit, other, fits.size()));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n</div>\n").toString();
    }

    private static String name(int number, ScalingFactor.Key key) {
        return "<th scope=\"row\" class=\"name\">" + number + "&ensp;" + escape(key.method()) + "/<wbr>"
                + escape(key.basis()) + "<small>" + escape(key.solvent()) + "</small></th>";
    }

    /** Rank, verdict and RMSD. */
    private static String place(MethodComparison comparison, ScalingFit fit) {
        Optional<RankedMethod> ranked = comparison.ranking().stream()
                .filter(method -> method.fit().equals(fit))
                .findFirst();
        if (ranked.isEmpty()) {
            return "<td>–<small>not ranked</small></td><td>–</td>";
        }
        RankedMethod method = ranked.get();
        int decimals = Html.decimals(comparison.nucleus());
        return "<td><b>" + method.rank() + "</b>" + verdict(method) + "</td><td><b>"
                + number(method.rmsd(), decimals) + "</b>"
                + method.rmsdInterval()
                        .map(interval -> "<small>" + between(interval, decimals) + "</small>")
                        .orElse("")
                + "</td>";
    }

    private static String verdict(RankedMethod method) {
        return method.fromBest().isPresent() && method.isLikeTheBest() ? "<small>like the best</small>" : "";
    }

    private static String cell(MethodComparison comparison, ScalingFit row, ScalingFit column, int methods) {
        Optional<MethodDifference> found = comparison.difference(row, column);
        if (found.isEmpty()) {
            return "<td class=\"self\" title=\"fewer than 10 molecules in common\">–</td>";
        }
        MethodDifference difference = found.get();
        int decimals = Html.decimals(comparison.nucleus());
        String kind = !difference.isDistinct() ? "alike" : difference.rmsd() < 0 ? "better" : "worse";
        String sign = !difference.isDistinct() ? "≈" : difference.rmsd() < 0 ? "▼" : "▲";
        String title = row.key().methodName() + " minus " + column.key().methodName() + ", "
                + difference.molecules() + " molecules: RMSD "
                + told(difference.rmsd(), difference.rmsdInterval(), decimals)
                + "; MAE " + told(difference.mae(), difference.maeInterval(), decimals);
        return "<td class=\"" + kind + "\" title=\"" + escape(title) + "\">" + sign + " "
                + signed(difference.rmsd(), decimals)
                + (methods > WIDE
                        ? ""
                        : "<small>" + between(difference.rmsdInterval(), decimals) + "</small><small>MAE "
                                + signed(difference.mae(), decimals) + "</small><small>"
                                + between(difference.maeInterval(), decimals) + "</small>")
                + "</td>";
    }

    private static String told(double value, ConfidenceInterval interval, int decimals) {
        return signed(value, decimals) + " (" + between(interval, decimals) + ")";
    }

    private static String between(ConfidenceInterval interval, int decimals) {
        return number(interval.low(), decimals) + " … " + number(interval.high(), decimals);
    }
}
