package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks for measured shifts that seem to stand on the wrong atom: more than 5 standard deviations off the line that the
 * other molecules give.
 *
 * <p>The exchange that fits best pairs the shifts with the atoms in the order of their predictions (for a straight line
 * the sum of squares is least then). It is tried between groups first, then between single atoms (for a wrong table may put
 * atoms together that are not equivalent), and told only when everything in the molecule fits afterwards.
 *
 * <p>Equivalent nuclei are always averaged here, also where the fit is one of single atoms: in one conformer the hydrogens of
 * a methyl group are far from equal, and no other assignment would make them so.
 */
final class AssignmentCheck {

    private static final double SUSPECT = 5;

    /** With fewer other points the standard deviation is too uncertain to accuse anybody. */
    private static final int FEWEST_OTHERS = 10;

    private final ScalingFactor.Key key;
    private final Molecule molecule;
    private final LineFit others;

    private AssignmentCheck(ScalingFactor.Key key, Molecule molecule, LineFit others) {
        this.key = key;
        this.molecule = molecule;
        this.others = others;
    }

    /**
     * Checks one molecule.
     *
     * @param others the fit of all other molecules, one point for each measured shift
     * @param own the molecule's points, one for each measured shift
     * @param atoms the molecule's points, one for each atom
     */
    static List<AssignmentWarning> check(
            ScalingFactor.Key key, Molecule molecule, LineFit others, List<ShiftPoint> own, List<ShiftPoint> atoms) {
        if (others.points() < FEWEST_OTHERS || others.objection() != null || others.standardDeviation() == 0) {
            return List.of();
        }
        return new AssignmentCheck(key, molecule, others).warnings(own, atoms);
    }

    private List<AssignmentWarning> warnings(List<ShiftPoint> own, List<ShiftPoint> atoms) {
        List<ShiftPoint> suspects = own.stream()
                .filter(point -> Math.abs(deviations(point)) > SUSPECT)
                .toList();
        if (suspects.isEmpty()) {
            return List.of();
        }
        Map<Integer, Double> fitting = fitting(own, atoms);
        return suspects.stream()
                .map(point -> new AssignmentWarning(
                        key, point, others.shift(point.shielding()), deviations(point), neighbours(point), fitting))
                .toList();
    }

    private double deviations(ShiftPoint point) {
        return (others.shift(point.shielding()) - point.experimental()) / others.standardDeviation();
    }

    /** Prefers an exchange after which nothing in the molecule is even an outlier. */
    private Map<Integer, Double> fitting(List<ShiftPoint> own, List<ShiftPoint> atoms) {
        for (double limit : new double[] {FittedPoint.OUTLIER, SUSPECT}) {
            for (List<ShiftPoint> units : List.of(own, atoms)) {
                List<List<ShiftPoint>> exchanged = exchanged(units, own);
                if (exchanged.stream().map(Points::merged).allMatch(group -> Math.abs(deviations(group)) <= limit)) {
                    return changes(
                            units, exchanged.stream().flatMap(List::stream).toList());
                }
            }
        }
        return Map.of();
    }

    /** Gives the measured shifts to the units in the order of their predictions; returns those that get one signal together. */
    private List<List<ShiftPoint>> exchanged(List<ShiftPoint> units, List<ShiftPoint> own) {
        List<ShiftPoint> byPrediction = units.stream()
                .sorted(Comparator.comparingDouble((ShiftPoint unit) -> others.shift(unit.shielding())))
                .toList();
        List<ShiftPoint> byShift = units.stream()
                .sorted(Comparator.comparingDouble(ShiftPoint::experimental))
                .toList();
        Map<ShiftPoint, List<ShiftPoint>> bySignal = new LinkedHashMap<>();
        for (int i = 0; i < byShift.size(); i++) {
            ShiftPoint unit = byPrediction.get(i);
            int formerly = byShift.get(i).atoms().get(0);
            ShiftPoint signal = own.stream()
                    .filter(point -> point.atoms().contains(formerly))
                    .findFirst()
                    .orElseThrow();
            bySignal.computeIfAbsent(signal, first -> new ArrayList<>())
                    .add(new ShiftPoint(unit.moleculeId(), unit.atoms(), signal.experimental(), unit.shielding()));
        }
        return List.copyOf(bySignal.values());
    }

    private static Map<Integer, Double> changes(List<ShiftPoint> before, List<ShiftPoint> after) {
        Map<Integer, Double> old = byAtom(before);
        Map<Integer, Double> changed = byAtom(after);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(old.get(entry.getKey())));
        return changed;
    }

    private static Map<Integer, Double> byAtom(List<ShiftPoint> points) {
        Map<Integer, Double> byAtom = new TreeMap<>();
        points.forEach(point -> point.atoms().forEach(atom -> byAtom.put(atom, point.experimental())));
        return byAtom;
    }

    private List<String> neighbours(ShiftPoint point) {
        return point.atoms().stream()
                .map(atom -> label(atom) + ": "
                        + molecule.bondedTo(atom).stream()
                                .map(other -> String.format(
                                        Locale.ROOT,
                                        "%s %.2f",
                                        label(other),
                                        molecule.atom(atom).distanceTo(molecule.atom(other))))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    private String label(int atom) {
        return molecule.atom(atom).element().symbol() + atom;
    }
}
