package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.FitRefusal.Kind;
import io.github.qmbench.nmr.analysis.ScalingFit.Accuracy;
import io.github.qmbench.nmr.analysis.ScalingFit.Support;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;

/** Fits the points of one method and nucleus: outliers, cross-validation, refusals. */
final class NucleusFit {

    private final ScalingFactor.Key key;
    private final List<ShiftPoint> points;

    NucleusFit(ScalingFactor.Key key, List<ShiftPoint> points) {
        this.key = key;
        this.points = points;
    }

    /** Thrown when no line can be fitted; becomes a value at once. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient FitRefusal refusal;

        Refused(FitRefusal refusal) {
            super(refusal.reason());
            this.refusal = refusal;
        }

        FitRefusal refusal() {
            return refusal;
        }
    }

    ScalingFit fit(boolean removeOutliers) throws Refused {
        LineFit line = line(points);
        List<FittedPoint> fitted = points.stream().map(line::fitted).toList();
        if (!removeOutliers || fitted.stream().noneMatch(FittedPoint::outlier)) {
            return scalingFit(line, fitted, List.of(), removeOutliers);
        }
        List<ShiftPoint> kept = fitted.stream()
                .filter(point -> !point.outlier())
                .map(FittedPoint::point)
                .toList();
        List<ShiftPoint> removed = fitted.stream()
                .filter(FittedPoint::outlier)
                .map(FittedPoint::point)
                .toList();
        LineFit second = line(kept);
        return scalingFit(
                second,
                kept.stream().map(second::fitted).toList(),
                removed.stream().map(second::beside).toList(),
                true);
    }

    private LineFit line(List<ShiftPoint> fitted) throws Refused {
        if (fitted.size() < LineFit.FEWEST_POINTS) {
            throw new Refused(new FitRefusal(
                    key,
                    Kind.TOO_FEW_POINTS,
                    "a line needs at least " + LineFit.FEWEST_POINTS + " points and there "
                            + (fitted.size() == 1 ? "is 1" : "are " + fitted.size())));
        }
        LineFit line = new LineFit(fitted);
        String objection = line.objection();
        if (objection != null) {
            throw new Refused(new FitRefusal(
                    key, Kind.NO_SLOPE, objection + " (" + fitted.size() + " points), so it predicts no shift"));
        }
        return line;
    }

    private ScalingFit scalingFit(
            LineFit line, List<FittedPoint> fitted, List<FittedPoint> removed, boolean removeOutliers) {
        double squares =
                fitted.stream().mapToDouble(point -> square(point.residual())).sum();
        double absolutes =
                fitted.stream().mapToDouble(point -> Math.abs(point.residual())).sum();
        long molecules = fitted.stream()
                .map(point -> point.point().moleculeId())
                .distinct()
                .count();
        Accuracy accuracy = new Accuracy(
                line.rSquared(),
                line.standardDeviation(),
                Math.sqrt(squares / fitted.size()),
                absolutes / fitted.size(),
                CrossValidation.of(PointsByMolecule.of(points), removeOutliers)
                        .map(one -> OptionalDouble.of(one.rmsd()))
                        .orElse(OptionalDouble.empty()));
        DoubleSummaryStatistics shieldings =
                fitted.stream().mapToDouble(point -> point.point().shielding()).summaryStatistics();
        return new ScalingFit(
                key,
                line.shieldingLine(),
                line.shiftLine(),
                accuracy,
                new Support(fitted.size(), (int) molecules, shieldings.getMin(), shieldings.getMax()),
                fitted.stream()
                        .max(Comparator.comparingDouble(point -> Math.abs(point.residual())))
                        .orElseThrow(),
                fitted.stream()
                        .filter(FittedPoint::outlier)
                        .sorted(Comparator.comparingDouble(point -> -Math.abs(point.residual())))
                        .toList(),
                removed);
    }

    private static double square(double value) {
        return value * value;
    }
}
