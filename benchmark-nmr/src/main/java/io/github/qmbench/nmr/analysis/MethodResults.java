package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of one method beside the molecules of the data set: which can be used, and the points they give. */
final class MethodResults {

    /** What may differ between the results of one fit: it belongs to the molecule. */
    private static final List<String> OF_THE_MOLECULE = List.of("geometry", "charge", "multiplicity", "molecule");

    private final List<Used> used = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, List<String>> recovered = new LinkedHashMap<>();
    private final Map<String, String> unusable = new LinkedHashMap<>();

    /**
     * Sorts them.
     *
     * @param geometries returns the digest of {@link Molecule#geometryText}
     * @param results by molecule
     */
    MethodResults(
            DataSet dataSet,
            AnalysisSettings settings,
            Function<Molecule, String> geometries,
            Map<String, ShieldingResult> results) {
        Spellings spellings = new Spellings(); // that of the first result, as in the name of the method
        Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
        results.forEach((id, result) -> conditions.put(id, spellings.unified(conditions(dataSet, result))));
        for (Molecule molecule : dataSet.molecules()) {
            ShieldingResult result = results.get(molecule.id());
            if (result == null) {
                missing.add(molecule.id());
                continue;
            }
            if (!result.recoveredBy().isEmpty()) {
                recovered.put(molecule.id(), result.recoveredBy());
            }
            if (molecule.multiplicity() != 1) {
                unusable.put(
                        molecule.id(),
                        "it has an open shell (multiplicity " + molecule.multiplicity()
                                + "), and its shieldings lack the contact term");
                continue;
            }
            if (!result.hasGeometry(geometries.apply(molecule))) {
                unusable.put(
                        molecule.id(), "the data set has another geometry, charge or multiplicity than was calculated");
                continue;
            }
            try {
                Points ofMolecule = new Points(dataSet, molecule, result);
                if (result.recoveredBy().isEmpty() || !settings.excludeRecovered()) {
                    used.add(new Used(
                            molecule, Objects.requireNonNull(conditions.get(molecule.id()), "conditions"), ofMolecule));
                }
            } catch (IllegalArgumentException e) {
                unusable.put(molecule.id(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** What determined the result, and the level of its geometry: that of its optimisation, else that of the data set. */
    static Map<String, String> conditions(DataSet dataSet, ShieldingResult result) {
        Map<String, String> conditions = new TreeMap<>(result.fingerprint());
        result.geometryLevel(dataSet).ifPresent(level -> conditions.put(ShieldingResult.GEOMETRY_LEVEL, level));
        return conditions;
    }

    /** A molecule whose result can be used, how that was made, and what it gives. */
    record Used(Molecule molecule, Map<String, String> conditions, Points points) {}

    Coverage coverage() {
        return new Coverage(used.stream().map(one -> one.molecule().id()).toList(), missing, recovered, unusable);
    }

    /** Those that can be used, in the order of the data set. */
    List<Used> used() {
        return used;
    }

    /** The points that a fit is made of. */
    List<ShiftPoint> points(Nucleus nucleus, boolean averaged) {
        return used.stream()
                .map(Used::points)
                .flatMap(ofMolecule ->
                        averaged ? ofMolecule.averaged(nucleus).stream() : ofMolecule.perAtom(nucleus).stream())
                .toList();
    }

    /** Returns for each condition the values it has, with the ids of the molecules. */
    Map<String, Map<String, List<String>>> conditions() {
        return used.stream()
                .flatMap(one -> one.conditions().keySet().stream())
                .filter(field -> !OF_THE_MOLECULE.contains(field))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.toMap(Function.identity(), this::values, (one, other) -> one, TreeMap::new));
    }

    private Map<String, List<String>> values(String field) {
        return used.stream()
                .collect(Collectors.groupingBy(
                        one -> one.conditions().getOrDefault(field, "(not given)"),
                        TreeMap::new,
                        Collectors.mapping(one -> one.molecule().id(), Collectors.toList())));
    }
}
