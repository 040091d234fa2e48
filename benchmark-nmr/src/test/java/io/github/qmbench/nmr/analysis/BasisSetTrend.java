package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Draws {@code docs/images/basis-sets.svg}: the RMSD of <sup>1</sup>H against the basis set, of WP04 in chloroform, in the
 * paper and in the runs of {@code docs/results}.
 */
final class BasisSetTrend {

    static final Path PICTURE = Path.of("../docs/images/basis-sets.svg");

    /** The smallest first; those of one size in the order of the paper's RMSD. */
    private static final List<String> BASIS_SETS =
            List.of("3-21G", "6-31G(d)", "def2-SVP", "cc-pVDZ", "6-31G(d,p)", "6-311++G(2d,p)");

    private static final int LEFT = 60;
    private static final int STEP = 110;
    private static final int BOTTOM = 270;
    private static final double PIXELS_PER_PPM = 920;

    private BasisSetTrend() {}

    /**
     * Draws it.
     *
     * @param analysis of the runs with all basis sets
     */
    static String svg(ShieldingAnalysis analysis) {
        int right = LEFT + STEP * BASIS_SETS.size();
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d 330' font-family='sans-serif'"
                        + " font-size='13' fill='#222'>",
                right + 20);
        add(svg, "<title>RMSD of 1H against the basis set, WP04 in chloroform</title>");
        add(svg, "<rect width='100%%' height='100%%' fill='#fff'/>");
        for (int hundredths = 0; hundredths <= 25; hundredths += 5) {
            int y = y(hundredths / 100.0);
            add(svg, "<path d='M%d %dH%d' stroke='#ddd'/>", LEFT, y, right);
            add(svg, "<text x='%d' y='%d' text-anchor='end'>%.2f</text>", LEFT - 8, y + 4, hundredths / 100.0);
        }
        add(
                svg,
                "<text x='%d' y='18'>RMSD of <tspan dy='-4' font-size='10'>1</tspan><tspan dy='4'>H / ppm</tspan></text>",
                12);
        for (int i = 0; i < BASIS_SETS.size(); i++) {
            int x = LEFT + STEP / 2 + i * STEP;
            add(svg, "<text x='%d' y='%d' text-anchor='middle'>%s</text>", x, BOTTOM + 22, BASIS_SETS.get(i));
            ScalingFit fit = fit(analysis, BASIS_SETS.get(i));
            ConfidenceInterval interval = analysis.comparison(Nucleus.H1)
                    .intervals(fit)
                    .flatMap(FitIntervals::rmsd)
                    .orElseThrow();
            add(
                    svg,
                    "<path d='M%d %dV%d' stroke='#1f5fa8' stroke-width='2'/>",
                    x,
                    y(interval.low()),
                    y(interval.high()));
            add(
                    svg,
                    "<circle cx='%d' cy='%d' r='6' fill='#1f5fa8'/>",
                    x,
                    y(fit.accuracy().rmsd()));
            published(fit)
                    .ifPresent(rmsd -> add(
                            svg,
                            "<path d='M%d %dl7 7l-7 7l-7 -7z' fill='#fff' stroke='#b5520a' stroke-width='2'/>",
                            x + 22,
                            y(rmsd) - 7));
        }
        add(svg, "<circle cx='%d' cy='316' r='6' fill='#1f5fa8'/>", LEFT + 20);
        add(svg, "<text x='%d' y='320'>here, with 95 %% interval over the molecules</text>", LEFT + 34);
        add(svg, "<path d='M%d 309l7 7l-7 7l-7 -7z' fill='#fff' stroke='#b5520a' stroke-width='2'/>", LEFT + 340);
        add(svg, "<text x='%d' y='320'>the paper, Table 3</text>", LEFT + 354);
        return svg.append("</svg>\n").toString();
    }

    private static ScalingFit fit(ShieldingAnalysis analysis, String basisSet) {
        return analysis.ranked(Nucleus.H1).stream()
                .filter(fit -> fit.key().methodName().equals("WP04/" + basisSet + "/CHCl3"))
                .findFirst()
                .orElseThrow();
    }

    /** The RMSD of that method in the paper, in ppm, where we know it. */
    static OptionalDouble published(ScalingFit fit) {
        return PublishedResult.all().stream()
                .filter(result -> result.key().equals(fit.key()))
                .map(PublishedResult::rmsd)
                .flatMapToDouble(OptionalDouble::stream)
                .findFirst();
    }

    private static int y(double ppm) {
        return (int) Math.round(BOTTOM - ppm * PIXELS_PER_PPM);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Draws it again; the directory of this module must be the working directory. */
    public static void main(String[] args) throws IOException {
        Files.writeString(PICTURE, svg(RecordedRuns.analysis()));
    }
}
