package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.GeometryCheck;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.RotatableBonds;
import io.github.qmbench.nmr.RotationClasses;
import io.github.qmbench.nmr.analysis.PredictionBasis.Others;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The predicted shifts of one molecule, with errors and warnings for a chemist. Immutable.
 *
 * <p>Atoms that rotation exchanges give one signal. A molecule that is in the fitted set is predicted by the line and
 * the errors of all others.
 */
public final class ShiftPrediction {

    private static final List<Element> EXCHANGING = List.of(Element.O, Element.N, Element.S);

    private final Molecule molecule;
    private final List<Signal> signals;
    private final List<String> warnings;

    private ShiftPrediction(Molecule molecule, List<Signal> signals, List<String> warnings) {
        this.molecule = molecule;
        this.signals = List.copyOf(signals);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * A predicted signal. Immutable.
     *
     * @param atoms the atoms' numbers, ascending
     * @param nucleus the nucleus that gives the signal
     * @param method the method of the prediction: {@code WP04/6-31G(d,p)/CHCl3}
     * @param shielding the mean shielding in ppm
     * @param shift the predicted shift in ppm
     * @param interval the error of the prediction; empty when that is not known
     */
    public record Signal(
            List<Integer> atoms,
            Nucleus nucleus,
            String method,
            double shielding,
            double shift,
            Optional<PredictionInterval> interval) {

        /**
         * Checks the components.
         *
         * @param atoms the atoms' numbers, ascending
         * @param nucleus the nucleus that gives the signal
         * @param method the method of the prediction
         * @param shielding the mean shielding in ppm
         * @param shift the predicted shift in ppm
         * @param interval the error of the prediction
         */
        public Signal {
            atoms = List.copyOf(atoms);
            Objects.requireNonNull(nucleus, "nucleus");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(interval, "interval");
        }

        /** {@return the atoms as people write them: {@code H5 H6 H7}} */
        public String atomNames() {
            return atoms.stream().map(atom -> nucleus.element().symbol() + atom).collect(Collectors.joining(" "));
        }
    }

    /**
     * {@return why no shift of a molecule can be predicted, before anything is calculated; empty when one can} A
     * molecule must have a closed shell, atoms at bonding distance, and an element with a factor.
     *
     * @param molecule at the geometry given
     * @param factors those that the prediction may use
     */
    public static Optional<String> objection(Molecule molecule, Collection<PredictionFactor> factors) {
        if (molecule.multiplicity() != 1) {
            return Optional.of(molecule.id() + " has an open shell (multiplicity " + molecule.multiplicity()
                    + "): its shieldings lack the contact term, so they give no shifts");
        }
        Optional<String> geometry = GeometryCheck.objection(molecule);
        if (geometry.isPresent()) {
            return geometry;
        }
        Set<Element> predicted = factors.stream()
                .map(factor -> factor.nucleus().element())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (molecule.atoms().stream().noneMatch(atom -> predicted.contains(atom.element()))) {
            return Optional.of("there are no factors for any element of " + molecule.id() + ": it has "
                    + molecule.atoms().stream()
                            .map(atom -> atom.element().symbol())
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ", and the factors are for "
                    + factors.stream()
                            .map(factor -> factor.nucleus().label())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return Optional.empty();
    }

    /**
     * Predicts the shifts of a molecule.
     *
     * @param molecule at the geometry of the shieldings
     * @param factors one for each nucleus to be predicted
     * @param shieldings the shieldings of the molecule by the method of each of these factors
     * @return the prediction
     * @throws IllegalArgumentException when {@link #objection} has one, or shieldings are missing
     */
    public static ShiftPrediction of(
            Molecule molecule,
            Map<Nucleus, PredictionFactor> factors,
            Map<PredictionFactor, ? extends Collection<Shielding>> shieldings) {
        objection(molecule, factors.values()).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        List<List<Integer>> classes = RotationClasses.of(molecule);
        List<Signal> signals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (PredictionFactor factor : new EnumMap<>(factors).values()) {
            Map<Integer, Double> byAtom = new TreeMap<>();
            Objects.requireNonNull(shieldings.get(factor), "shieldings")
                    .forEach(shielding -> byAtom.put(shielding.atomNumber(), shielding.ppm()));
            Optional<String> known = known(molecule, factor);
            known.map(id -> molecule.id() + " is " + id + " of " + factor.dataSet()
                            + ": line and errors are those of the other molecules")
                    .filter(note -> !warnings.contains(note))
                    .ifPresent(warnings::add);
            for (List<Integer> atoms : classes) {
                if (molecule.atom(atoms.get(0)).element() == factor.nucleus().element()) {
                    signals.add(signal(factor, known, atoms, byAtom));
                }
            }
        }
        signals.forEach(signal ->
                warnings.addAll(warnings(molecule, signal, Objects.requireNonNull(factors.get(signal.nucleus())))));
        int rotatable = RotatableBonds.count(molecule);
        if (rotatable > 0) {
            warnings.add("the molecule has " + rotatable + (rotatable == 1 ? " rotatable bond" : " rotatable bonds")
                    + ", and this is one conformer: a measured shift is the mean over all");
        }
        factors.values().stream()
                .filter(factor -> factor.basis().isEmpty())
                .forEach(factor -> warnings.add(factor.nucleus()
                        + ": the factors state no error of predictions; run analyze again to get one"));
        factors.values().stream()
                .filter(factor -> factor.basis().isPresent()
                        && factor.basis().get().interval().isEmpty())
                .forEach(factor -> warnings.add(factor.nucleus() + ": the factors are based on fewer than "
                        + PredictionInterval.FEWEST_MOLECULES + " molecules, too few for an error"));
        return new ShiftPrediction(molecule, signals, warnings);
    }

    private static Signal signal(
            PredictionFactor factor, Optional<String> known, List<Integer> atoms, Map<Integer, Double> shieldings) {
        double shielding = atoms.stream()
                .mapToDouble(atom -> Objects.requireNonNull(shieldings.get(atom), "shielding of atom " + atom))
                .average()
                .orElseThrow();
        Optional<Others> others =
                known.flatMap(id -> factor.basis().map(basis -> basis.without().get(id)));
        return new Signal(
                atoms,
                factor.nucleus(),
                factor.method(),
                shielding,
                others.map(line -> line.shift(shielding))
                        .orElseGet(() -> factor.line().shift(shielding)),
                others.isPresent() ? others.get().interval() : factor.basis().flatMap(PredictionBasis::interval));
    }

    /** The id of the molecule in the fitted set: for DELTA50 by its bonds, else by the same id. */
    private static Optional<String> known(Molecule molecule, PredictionFactor factor) {
        Set<String> fitted =
                factor.basis().map(basis -> basis.without().keySet()).orElse(Set.of());
        DataSet delta50 = DataSet.delta50();
        if (factor.dataSet().equals(delta50.name())) {
            return delta50.molecules().stream()
                    .filter(other -> fitted.contains(other.id()))
                    .filter(molecule::hasBondsOf)
                    .map(Molecule::id)
                    .findFirst();
        }
        return Optional.of(molecule.id()).filter(fitted::contains);
    }

    private static List<String> warnings(Molecule molecule, Signal signal, PredictionFactor factor) {
        List<String> warnings = new ArrayList<>();
        int atom = signal.atoms().get(0);
        if (factor.basis().isPresent()) {
            PredictionBasis basis = factor.basis().get();
            if (signal.shift() < basis.lowestShift() || signal.shift() > basis.highestShift()) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s: %.2f ppm is outside the shifts that were fitted, %.2f to %.2f ppm",
                        signal.atomNames(),
                        signal.shift(),
                        basis.lowestShift(),
                        basis.highestShift()));
            }
            String foreign = molecule.bondedTo(atom).stream()
                    .map(other -> molecule.atom(other).element())
                    .filter(element -> !basis.bondedTo().contains(element))
                    .map(Element::symbol)
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!foreign.isEmpty() && signal.nucleus() != Nucleus.H1) {
                warnings.add(signal.atomNames() + " is bonded to " + foreign + ", which no fitted "
                        + signal.nucleus().element() + " is: the error does not hold for it");
            }
        }
        if (signal.nucleus() == Nucleus.H1) {
            molecule.bondedTo(atom).stream()
                    .map(other -> molecule.atom(other).element())
                    .filter(EXCHANGING::contains)
                    .findFirst()
                    .ifPresent(element -> warnings.add(signal.atomNames() + " is bonded to " + element
                            + ": its shift depends on concentration, water and temperature, and the error does not"
                            + " cover that"));
        }
        return warnings;
    }

    /** {@return the molecule, at the geometry of the shieldings} */
    public Molecule molecule() {
        return molecule;
    }

    /** {@return the signals: nucleus by nucleus, atoms by number} */
    public List<Signal> signals() {
        return signals;
    }

    /** {@return warnings about the signals, each in a sentence} */
    public List<String> warnings() {
        return warnings;
    }
}
