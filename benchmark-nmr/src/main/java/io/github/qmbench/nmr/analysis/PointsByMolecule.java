package io.github.qmbench.nmr.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The points of one method and nucleus by molecule, as bare numbers, because those of many methods are held at once. Each
 * molecule has at least one. Immutable.
 */
final class PointsByMolecule {

    private final List<String> molecules;
    private final int[] ends; // by molecule, behind its last point
    private final double[] shifts;
    private final double[] shieldings;

    private PointsByMolecule(Map<String, List<ShiftPoint>> points) {
        this.molecules = List.copyOf(points.keySet());
        this.ends = new int[molecules.size()];
        int size = points.values().stream().mapToInt(List::size).sum();
        this.shifts = new double[size];
        this.shieldings = new double[size];
        int molecule = 0;
        int end = 0;
        for (List<ShiftPoint> own : points.values()) {
            for (ShiftPoint point : own) {
                shifts[end] = point.experimental();
                shieldings[end++] = point.shielding();
            }
            ends[molecule++] = end;
        }
    }

    private PointsByMolecule(List<String> molecules, int[] ends, double[] shifts, double[] shieldings) {
        this.molecules = molecules;
        this.ends = ends;
        this.shifts = shifts;
        this.shieldings = shieldings;
    }

    /** Returns the points with the molecules in the order of their first ones. */
    static PointsByMolecule of(List<ShiftPoint> points) {
        return new PointsByMolecule(points.stream()
                .collect(Collectors.groupingBy(ShiftPoint::moleculeId, LinkedHashMap::new, Collectors.toList())));
    }

    /** Returns the points of these molecules alone. */
    PointsByMolecule only(Collection<String> wanted) {
        List<String> names = new ArrayList<>();
        int[] newEnds = new int[molecules.size()];
        double[] someShifts = new double[shifts.length];
        double[] someShieldings = new double[shifts.length];
        int end = 0;
        for (int i = 0; i < molecules.size(); i++) {
            if (wanted.contains(molecules.get(i))) {
                int length = ends[i] - begin(i);
                System.arraycopy(shifts, begin(i), someShifts, end, length);
                System.arraycopy(shieldings, begin(i), someShieldings, end, length);
                end += length;
                newEnds[names.size()] = end;
                names.add(molecules.get(i));
            }
        }
        return names.size() == molecules.size()
                ? this
                : new PointsByMolecule(
                        List.copyOf(names),
                        Arrays.copyOf(newEnds, names.size()),
                        Arrays.copyOf(someShifts, end),
                        Arrays.copyOf(someShieldings, end));
    }

    /** The ids of the molecules, each once. */
    List<String> molecules() {
        return molecules;
    }

    /** How many points there are. */
    int size() {
        return shifts.length;
    }

    /** The place of a molecule's first point. */
    int begin(int molecule) {
        return molecule == 0 ? 0 : ends[molecule - 1];
    }

    /** The place behind a molecule's last point. */
    int end(int molecule) {
        return ends[molecule];
    }

    /** The measured shift of a point in ppm. */
    double shift(int point) {
        return shifts[point];
    }

    /** The shielding of a point in ppm. */
    double shielding(int point) {
        return shieldings[point];
    }
}
