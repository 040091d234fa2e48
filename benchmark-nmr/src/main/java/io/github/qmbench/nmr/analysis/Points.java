package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Brings the shieldings of one molecule together with its measured shifts. */
final class Points {

    private final Molecule molecule;
    private final Map<Integer, Shielding> shieldings;
    private final List<ExperimentalShift> shifts;

    /**
     * @throws IllegalArgumentException when the shieldings are not those of the molecule: another number of atoms, an atom
     *     twice, another element
     */
    Points(DataSet dataSet, Molecule molecule, ShieldingResult result) {
        this.molecule = molecule;
        this.shifts = dataSet.shifts(molecule.id());
        this.shieldings = new TreeMap<>();
        for (Shielding shielding : result.shieldings()) {
            if (shieldings.put(shielding.atomNumber(), shielding) != null) {
                throw new IllegalArgumentException("the result has atom " + shielding.atomNumber() + " twice");
            }
            if (molecule.atom(shielding.atomNumber()).element() != shielding.element()) {
                throw new IllegalArgumentException("atom " + shielding.atomNumber() + " is "
                        + molecule.atom(shielding.atomNumber()).element() + " in the data set and "
                        + shielding.element() + " in the result");
            }
        }
        if (shieldings.size() != molecule.atoms().size()) {
            throw new IllegalArgumentException("the molecule has "
                    + molecule.atoms().size() + " atoms and the result " + shieldings.size() + " shieldings");
        }
    }

    /** Returns a point for each atom of the nucleus that has a measured shift. */
    List<ShiftPoint> perAtom(Nucleus nucleus) {
        return shifts.stream()
                .filter(shift -> shift.nucleus() == nucleus)
                .map(this::point)
                .toList();
    }

    private ShiftPoint point(ExperimentalShift shift) {
        return new ShiftPoint(
                molecule.id(),
                List.of(shift.atomNumber()),
                shift.ppm(),
                Objects.requireNonNull(shieldings.get(shift.atomNumber()), "shielding")
                        .ppm());
    }

    /** Returns a point for each group of the data set, with the mean shielding of its atoms. */
    List<ShiftPoint> averaged(Nucleus nucleus) {
        return groups(nucleus).stream().map(Points::merged).toList();
    }

    /** Returns the points of the atoms of each group. */
    List<List<ShiftPoint>> groups(Nucleus nucleus) {
        Map<Integer, List<ShiftPoint>> groups = new LinkedHashMap<>();
        for (ExperimentalShift shift : shifts) {
            if (shift.nucleus() == nucleus) {
                groups.computeIfAbsent(shift.group(), group -> new ArrayList<>())
                        .add(point(shift));
            }
        }
        return List.copyOf(groups.values());
    }

    /** Returns a point for each signal as a prediction says it: atoms that rotation exchanges averaged, others alone. */
    List<ShiftPoint> signals(Nucleus nucleus, List<List<Integer>> rotationClasses) {
        Map<Integer, ShiftPoint> byAtom = new TreeMap<>();
        perAtom(nucleus).forEach(point -> byAtom.put(point.atoms().get(0), point));
        return rotationClasses.stream()
                .map(atoms -> atoms.stream()
                        .flatMap(atom -> Optional.ofNullable(byAtom.get(atom)).stream())
                        .toList())
                .filter(points -> !points.isEmpty())
                .map(Points::merged)
                .toList();
    }

    /** Returns one point of several with the same measured shift. */
    static ShiftPoint merged(List<ShiftPoint> points) {
        List<Integer> atoms = new ArrayList<>();
        double sum = 0;
        for (ShiftPoint point : points) {
            atoms.addAll(point.atoms());
            sum += point.shielding() * point.atoms().size();
        }
        ShiftPoint first = points.get(0);
        return new ShiftPoint(
                first.moleculeId(), atoms.stream().sorted().toList(), first.experimental(), sum / atoms.size());
    }
}
