package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.FitRefusal.Kind;
import io.github.qmbench.nmr.analysis.ScalingFit.Accuracy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Fits the points of one method and nucleus: outliers, cross-validation, refusals. */
final class NucleusFit {

    private final ScalingFactor.Key key;
    private final List<ShiftPoint> points;

    NucleusFit(ScalingFactor.Key key, List<ShiftPoint> points) {
        this.key = key;
        this.points = points;
    }

    /** Thrown where no line can be fitted; becomes a value at once. */
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
        List<FittedPoint> fitted = beside(line, points);
        if (!removeOutliers || fitted.stream().noneMatch(FittedPoint::outlier)) {
            return scalingFit(line, points, List.of());
        }
        List<ShiftPoint> kept = fitted.stream()
                .filter(point -> !point.outlier())
                .map(FittedPoint::point)
                .toList();
        List<ShiftPoint> removed = fitted.stream()
                .filter(FittedPoint::outlier)
                .map(FittedPoint::point)
                .toList();
        return scalingFit(line(kept), kept, removed);
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

    private ScalingFit scalingFit(LineFit line, List<ShiftPoint> kept, List<ShiftPoint> removed) {
        List<FittedPoint> fitted = beside(line, kept);
        double squares =
                fitted.stream().mapToDouble(point -> square(point.residual())).sum();
        double absolutes =
                fitted.stream().mapToDouble(point -> Math.abs(point.residual())).sum();
        Accuracy accuracy = new Accuracy(
                line.rSquared(),
                line.standardDeviation(),
                Math.sqrt(squares / fitted.size()),
                absolutes / fitted.size(),
                crossValidatedRmsd(kept));
        return new ScalingFit(key, line.shieldingLine(), line.shiftLine(), accuracy, fitted, beside(line, removed));
    }

    private static List<FittedPoint> beside(LineFit line, List<ShiftPoint> points) {
        double standardDeviation = line.standardDeviation();
        return points.stream()
                .map(point -> {
                    double predicted = line.shift(point.shielding());
                    double residual = predicted - point.experimental();
                    return new FittedPoint(point, predicted, standardDeviation == 0 ? 0 : residual / standardDeviation);
                })
                .toList();
    }

    private static OptionalDouble crossValidatedRmsd(List<ShiftPoint> points) {
        double squares = 0;
        for (Map.Entry<String, List<ShiftPoint>> molecule : byMolecule(points).entrySet()) {
            List<ShiftPoint> others = without(molecule.getKey(), points);
            if (others.size() < LineFit.FEWEST_POINTS) {
                return OptionalDouble.empty();
            }
            LineFit line = new LineFit(others);
            if (line.objection() != null) {
                return OptionalDouble.empty();
            }
            for (ShiftPoint point : molecule.getValue()) {
                squares += square(line.shift(point.shielding()) - point.experimental());
            }
        }
        return OptionalDouble.of(Math.sqrt(squares / points.size()));
    }

    static Map<String, List<ShiftPoint>> byMolecule(List<ShiftPoint> points) {
        return points.stream()
                .collect(Collectors.groupingBy(ShiftPoint::moleculeId, LinkedHashMap::new, Collectors.toList()));
    }

    static List<ShiftPoint> without(String moleculeId, List<ShiftPoint> points) {
        return points.stream()
                .filter(point -> !point.moleculeId().equals(moleculeId))
                .toList();
    }

    private static double square(double value) {
        return value * value;
    }
}
