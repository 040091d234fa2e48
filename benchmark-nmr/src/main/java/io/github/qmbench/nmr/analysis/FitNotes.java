package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.MethodResults.Used;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a reader of a fit should know beside its figures: another solvent than measured, groups whose atoms differ much, groups with a
 * part of the atoms that rotation exchanges.
 */
final class FitNotes {

    private static final double PROTON_SPREAD = 1;
    private static final double OTHER_SPREAD = 10;

    /** Deuterated solvents and the names under which they are calculated, in lower case. */
    private static List<String> calculatedAs(String deuterated) {
        return switch (deuterated) {
            case "cdcl3" -> List.of("chcl3", "chloroform");
            case "cd3od" -> List.of("methanol");
            case "d2o" -> List.of("water", "h2o");
            case "c6d6" -> List.of("benzene");
            case "cd3cn" -> List.of("acetonitrile");
            case "cd2cl2" -> List.of("ch2cl2", "dichloromethane", "dcm");
            default -> List.of(deuterated.replaceFirst("-d\\d+$", "")); // as DMSO-d6 and THF-d8
        };
    }

    private FitNotes() {}

    static List<String> of(
            DataSet dataSet,
            Method method,
            List<Used> used,
            List<ScalingFit> fits,
            Function<Molecule, List<List<Integer>>> rotationClasses) {
        List<String> notes = new ArrayList<>();
        solvent(dataSet, method).ifPresent(notes::add);
        for (ScalingFit fit : fits) {
            for (Used one : used) {
                Nucleus nucleus = fit.key().nucleus();
                List<List<ShiftPoint>> groups = one.points().groups(nucleus);
                groups.forEach(group -> spread(one, group, fit).ifPresent(notes::add));
                notes.addAll(partsOfRotors(one.molecule(), nucleus, groups, rotationClasses.apply(one.molecule())));
            }
        }
        return notes;
    }

    private static Optional<String> solvent(DataSet dataSet, Method method) {
        return dataSet.solvent()
                .filter(measured -> !isSame(measured.toLowerCase(Locale.ROOT), method.solvent()))
                .map(measured -> "shieldings calculated in " + method.solvent() + " are fitted to shifts measured in "
                        + measured + ": the line predicts shifts in " + measured + ", not in " + method.solvent());
    }

    private static boolean isSame(String measured, String calculated) {
        String solvent = calculated.toLowerCase(Locale.ROOT);
        return solvent.equals(measured) || calculatedAs(measured).contains(solvent);
    }

    private static Optional<String> spread(Used one, List<ShiftPoint> group, ScalingFit fit) {
        Nucleus nucleus = fit.key().nucleus();
        DoubleSummaryStatistics shifts = group.stream()
                .mapToDouble(atom -> fit.shieldingLine().shift(atom.shielding()))
                .summaryStatistics();
        double spread = shifts.getMax() - shifts.getMin();
        double limit = nucleus == Nucleus.H1 ? PROTON_SPREAD : OTHER_SPREAD;
        if (spread <= limit) {
            return Optional.empty();
        }
        String atoms = names(nucleus, atoms(group));
        return Optional.of(String.format(
                Locale.ROOT,
                "%s of %s (%s) share a measured %s shift, and their predicted shifts spread over %.2f ppm",
                atoms,
                one.molecule().name(),
                one.molecule().id(),
                nucleus,
                spread));
    }

    /** A note for each group that lacks atoms; groups that should be one have one note. */
    private static Collection<String> partsOfRotors(
            Molecule molecule, Nucleus nucleus, List<List<ShiftPoint>> groups, List<List<Integer>> rotationClasses) {
        Map<List<Integer>, String> notes = new LinkedHashMap<>();
        for (List<ShiftPoint> group : groups) {
            List<Integer> there = atoms(group);
            List<Integer> whole = rotationClasses.stream()
                    .filter(exchanged -> !Collections.disjoint(exchanged, there))
                    .flatMap(List::stream)
                    .sorted()
                    .toList();
            List<Integer> lacking =
                    whole.stream().filter(atom -> !there.contains(atom)).toList();
            if (!lacking.isEmpty()) {
                notes.putIfAbsent(
                        whole,
                        String.format(
                                Locale.ROOT,
                                "rotation exchanges %s of %s (%s) with %s, but the row of this %s shift leaves these out:"
                                        + " write %s in one row of shifts.csv, so that the fit takes their mean",
                                names(nucleus, there),
                                molecule.name(),
                                molecule.id(),
                                names(nucleus, lacking),
                                nucleus,
                                whole.stream().map(String::valueOf).collect(Collectors.joining(" "))));
            }
        }
        return notes.values();
    }

    private static List<Integer> atoms(List<ShiftPoint> group) {
        return group.stream().map(atom -> atom.atoms().get(0)).toList();
    }

    /** Returns {@code H4 H5 H6}. */
    private static String names(Nucleus nucleus, List<Integer> atoms) {
        return atoms.stream().map(atom -> nucleus.element().symbol() + atom).collect(Collectors.joining(" "));
    }
}
