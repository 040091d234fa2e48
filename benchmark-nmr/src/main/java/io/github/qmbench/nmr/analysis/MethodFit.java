package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.FitRefusal.Kind;
import io.github.qmbench.nmr.analysis.NucleusFit.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the results of one method: which can be used, whether they belong together, then the fit of each nucleus. */
final class MethodFit {

    /** What may differ between the results of one fit: it belongs to the molecule. */
    private static final Set<String> OF_THE_MOLECULE = Set.of("geometry", "charge", "multiplicity", "molecule");

    private static final int NAMED_MOLECULES = 3;

    private final DataSet dataSet;
    private final AnalysisSettings settings;
    private final Method method;

    MethodFit(DataSet dataSet, AnalysisSettings settings, Method method) {
        this.dataSet = dataSet;
        this.settings = settings;
        this.method = method;
    }

    MethodAnalysis fit(Map<String, ShieldingResult> results) {
        Map<String, List<String>> recovered = new LinkedHashMap<>();
        Map<String, String> unusable = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        Map<Molecule, ShieldingResult> used = new LinkedHashMap<>();
        for (Molecule molecule : dataSet.molecules()) {
            ShieldingResult result = results.get(molecule.id());
            if (result == null) {
                missing.add(molecule.id());
                continue;
            }
            if (!result.recoveredBy().isEmpty()) {
                recovered.put(molecule.id(), result.recoveredBy());
            }
            Optional<String> objection = Points.objection(dataSet, molecule, result);
            if (objection.isPresent()) {
                unusable.put(molecule.id(), objection.get());
            } else if (result.recoveredBy().isEmpty() || !settings.excludeRecovered()) {
                used.put(molecule, result);
            }
        }
        Coverage coverage =
                new Coverage(used.keySet().stream().map(Molecule::id).toList(), missing, recovered, unusable);
        Map<String, Map<String, List<String>>> conditions = conditions(used);
        Map<String, String> common = new TreeMap<>();
        conditions.forEach((field, values) -> {
            if (values.size() == 1) {
                common.put(field, values.keySet().iterator().next());
            }
        });
        return common.size() == conditions.size()
                ? fitted(common, coverage, used)
                : mixed(common, coverage, conditions);
    }

    /** Returns for each field of the fingerprints the values it has, with the ids of the molecules. */
    private static Map<String, Map<String, List<String>>> conditions(Map<Molecule, ShieldingResult> results) {
        Set<String> fields = results.values().stream()
                .flatMap(result -> result.fingerprint().keySet().stream())
                .filter(field -> !OF_THE_MOLECULE.contains(field))
                .collect(Collectors.toCollection(TreeSet::new));
        return fields.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        field -> results.entrySet().stream()
                                .collect(Collectors.groupingBy(
                                        entry -> entry.getValue().fingerprint().getOrDefault(field, "(not given)"),
                                        TreeMap::new,
                                        Collectors.mapping(
                                                entry -> entry.getKey().id(), Collectors.toList()))),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private MethodAnalysis mixed(
            Map<String, String> common, Coverage coverage, Map<String, Map<String, List<String>>> conditions) {
        String reason = conditions.entrySet().stream()
                .filter(field -> field.getValue().size() > 1)
                .map(field -> field.getKey() + " is "
                        + field.getValue().entrySet().stream()
                                .map(value -> value.getKey() + " for " + named(value.getValue()))
                                .collect(Collectors.joining(" but ")))
                .collect(Collectors.joining("; "));
        List<FitRefusal> refusals = measuredNuclei().stream()
                .map(nucleus -> new FitRefusal(
                        method.key(nucleus),
                        Kind.MIXED_SETTINGS,
                        "the results were not made with the same settings: " + reason))
                .toList();
        return new MethodAnalysis(method, common, coverage, List.of(), refusals, List.of());
    }

    private static String named(List<String> molecules) {
        return molecules.size() <= NAMED_MOLECULES
                ? String.join(", ", molecules)
                : molecules.size() + " molecules (" + molecules.get(0) + ", ...)";
    }

    private MethodAnalysis fitted(
            Map<String, String> common, Coverage coverage, Map<Molecule, ShieldingResult> results) {
        List<ScalingFit> fits = new ArrayList<>();
        List<FitRefusal> refusals = new ArrayList<>();
        List<AssignmentWarning> warnings = new ArrayList<>();
        Map<Molecule, Points> points = new LinkedHashMap<>();
        results.forEach((molecule, result) -> points.put(molecule, new Points(dataSet, molecule, result)));
        for (Nucleus nucleus : measuredNuclei()) {
            List<ShiftPoint> groups = points.values().stream()
                    .flatMap(ofMolecule -> ofMolecule.averaged(nucleus).stream())
                    .toList();
            List<ShiftPoint> atoms = points.values().stream()
                    .flatMap(ofMolecule -> ofMolecule.perAtom(nucleus).stream())
                    .toList();
            try {
                fits.add(new NucleusFit(method.key(nucleus), settings.averageEquivalent() ? groups : atoms)
                        .fit(settings.removeOutliers()));
                points.forEach((molecule, ofMolecule) -> warnings.addAll(
                        AssignmentCheck.check(method.key(nucleus), molecule, groups, ofMolecule.perAtom(nucleus))));
            } catch (Refused e) {
                refusals.add(e.refusal());
            }
        }
        return new MethodAnalysis(method, common, coverage, fits, refusals, warnings);
    }

    private List<Nucleus> measuredNuclei() {
        Set<Nucleus> measured =
                dataSet.shifts().stream().map(ExperimentalShift::nucleus).collect(Collectors.toSet());
        return Stream.of(Nucleus.values()).filter(measured::contains).toList();
    }
}
