package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.FitIntervals;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.util.Optional;
import java.util.function.Function;

/** The intervals that are shown beside a fit: those by bootstrap, else Student's where there are such. */
final class ShownIntervals {

    private final ScalingFit fit;
    private final Optional<FitIntervals> bootstrap;

    ShownIntervals(ShieldingAnalysis analysis, ScalingFit fit) {
        this.fit = fit;
        this.bootstrap = analysis.comparison(fit.key().nucleus()).intervals(fit);
    }

    Optional<ConfidenceInterval> rmsd() {
        return bootstrap.flatMap(FitIntervals::rmsd);
    }

    Optional<ConfidenceInterval> mae() {
        return bootstrap.flatMap(FitIntervals::mae);
    }

    Optional<ConfidenceInterval> crossValidatedRmsd() {
        return bootstrap.flatMap(FitIntervals::crossValidatedRmsd);
    }

    ConfidenceInterval slope() {
        return shown(FitIntervals::slope, fit.shiftLine().ciSlope());
    }

    ConfidenceInterval intercept() {
        return shown(FitIntervals::intercept, fit.shiftLine().ciIntercept());
    }

    ConfidenceInterval m() {
        return shown(FitIntervals::m, fit.shieldingLine().ciM());
    }

    ConfidenceInterval b() {
        return shown(FitIntervals::b, fit.shieldingLine().ciB());
    }

    private ConfidenceInterval shown(
            Function<FitIntervals, Optional<ConfidenceInterval>> which, ConfidenceInterval students) {
        return bootstrap.flatMap(which).orElse(students);
    }
}
