package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.RotationClasses;
import io.github.qmbench.nmr.analysis.FitRefusal.Kind;
import io.github.qmbench.nmr.analysis.LeaveMoleculesOut.MoleculeSignals;
import io.github.qmbench.nmr.analysis.MethodResults.Used;
import io.github.qmbench.nmr.analysis.NucleusFit.Refused;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fits the results of one method: whether they belong together, then each nucleus. */
final class MethodFit {

    private static final int NAMED_MOLECULES = 3;

    private final DataSet dataSet;
    private final AnalysisSettings settings;
    private final List<Nucleus> measuredNuclei;
    private final Map<String, List<List<Integer>>> rotationClasses =
            new ConcurrentHashMap<>(); // the same for all methods
    private final Map<String, String> geometries = new ConcurrentHashMap<>(); // their digests, by molecule
    private final Map<List<Object>, Set<Element>> bondedTo = new ConcurrentHashMap<>(); // by molecule and nucleus

    MethodFit(DataSet dataSet, AnalysisSettings settings) {
        this.dataSet = dataSet;
        this.settings = settings;
        Set<Nucleus> measured = EnumSet.noneOf(Nucleus.class);
        dataSet.shifts().forEach(shift -> measured.add(shift.nucleus()));
        this.measuredNuclei =
                Stream.of(Nucleus.values()).filter(measured::contains).toList();
    }

    /**
     * Fits a method.
     *
     * @param results by molecule
     */
    MethodAnalysis fit(Method method, Map<String, ShieldingResult> results) {
        MethodResults ofMethod = sorted(results);
        Map<String, Map<String, List<String>>> conditions = ofMethod.conditions();
        Map<String, String> common = new TreeMap<>();
        conditions.forEach((field, values) -> {
            if (values.size() == 1) {
                common.put(field, values.keySet().iterator().next());
            }
        });
        return common.size() == conditions.size()
                ? fitted(method, common, ofMethod)
                : new MethodAnalysis(
                        method,
                        common,
                        ofMethod.coverage(),
                        List.of(),
                        mixed(method, conditions),
                        List.of(),
                        List.of());
    }

    /** Returns the points of each of these fits, made again from the results that they were made of. */
    List<List<FittedPoint>> points(List<ScalingFit> fits, Map<String, ShieldingResult> results) {
        MethodResults ofMethod = sorted(results);
        return fits.stream().map(fit -> points(fit, ofMethod)).toList();
    }

    /** Returns what each of these fits can say about other molecules. */
    List<PredictionBasis> predictions(List<ScalingFit> fits, Map<String, ShieldingResult> results) {
        MethodResults ofMethod = sorted(results);
        return fits.stream().map(fit -> prediction(fit, ofMethod)).toList();
    }

    private PredictionBasis prediction(ScalingFit fit, MethodResults results) {
        Nucleus nucleus = fit.key().nucleus();
        Map<String, List<ShiftPoint>> fitted = kept(fit, results).stream()
                .collect(Collectors.groupingBy(ShiftPoint::moleculeId, LinkedHashMap::new, Collectors.toList()));
        List<MoleculeSignals> molecules = results.used().stream()
                .map(one -> new MoleculeSignals(
                        one.molecule().id(),
                        fitted.getOrDefault(one.molecule().id(), List.of()),
                        one.points().signals(nucleus, rotationClasses(one.molecule()))))
                .filter(one -> !one.told().isEmpty())
                .toList();
        DoubleSummaryStatistics shifts = fitted.values().stream()
                .flatMap(List::stream)
                .mapToDouble(ShiftPoint::experimental)
                .summaryStatistics();
        LeaveMoleculesOut others = new LeaveMoleculesOut(molecules);
        return new PredictionBasis(
                others.interval(),
                shifts.getMin(),
                shifts.getMax(),
                results.used().stream()
                        .flatMap(one -> bondedTo(one.molecule(), nucleus).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                others.without());
    }

    private MethodResults sorted(Map<String, ShieldingResult> results) {
        return new MethodResults(dataSet, settings, this::geometry, results);
    }

    private String geometry(Molecule molecule) {
        return geometries.computeIfAbsent(molecule.id(), id -> Fingerprint.digestOf(molecule.geometryText()));
    }

    private List<List<Integer>> rotationClasses(Molecule molecule) {
        return rotationClasses.computeIfAbsent(molecule.id(), id -> RotationClasses.of(molecule));
    }

    private Set<Element> bondedTo(Molecule molecule, Nucleus nucleus) {
        return bondedTo.computeIfAbsent(
                List.of(molecule.id(), nucleus),
                key -> dataSet.shifts(molecule.id()).stream()
                        .filter(shift -> shift.nucleus() == nucleus)
                        .flatMap(shift -> molecule.bondedTo(shift.atomNumber()).stream())
                        .map(atom -> molecule.atom(atom).element())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private List<FittedPoint> points(ScalingFit fit, MethodResults results) {
        List<ShiftPoint> kept = kept(fit, results);
        LineFit line = new LineFit(kept);
        return kept.stream().map(line::fitted).toList();
    }

    private List<ShiftPoint> kept(ScalingFit fit, MethodResults results) {
        Set<ShiftPoint> removed =
                fit.removed().stream().map(FittedPoint::point).collect(Collectors.toCollection(LinkedHashSet::new));
        return results.points(fit.key().nucleus(), settings.averageEquivalent()).stream()
                .filter(point -> !removed.contains(point))
                .toList();
    }

    /** Returns these fits with what comparing them takes. */
    List<ComparedFit> compared(List<ScalingFit> fits, Map<String, ShieldingResult> results) {
        MethodResults ofMethod = sorted(results);
        return fits.stream()
                .map(fit -> new ComparedFit(
                        fit,
                        PointsByMolecule.of(ofMethod.points(fit.key().nucleus(), settings.averageEquivalent())),
                        PointsByMolecule.of(kept(fit, ofMethod))))
                .toList();
    }

    private List<FitRefusal> mixed(Method method, Map<String, Map<String, List<String>>> conditions) {
        String reason = conditions.entrySet().stream()
                .filter(field -> field.getValue().size() > 1)
                .map(field -> field.getKey() + " is "
                        + field.getValue().entrySet().stream()
                                .map(value -> value.getKey() + " for " + named(value.getValue()))
                                .collect(Collectors.joining(" but ")))
                .collect(Collectors.joining("; "));
        return measuredNuclei.stream()
                .map(nucleus -> new FitRefusal(
                        method.key(nucleus),
                        Kind.MIXED_SETTINGS,
                        "the results were not made with the same settings: " + reason))
                .toList();
    }

    private static String named(List<String> molecules) {
        return molecules.size() <= NAMED_MOLECULES
                ? String.join(", ", molecules)
                : molecules.size() + " molecules (" + molecules.get(0) + ", ...)";
    }

    private MethodAnalysis fitted(Method method, Map<String, String> common, MethodResults results) {
        List<ScalingFit> fits = new ArrayList<>();
        List<FitRefusal> refusals = new ArrayList<>();
        List<AssignmentWarning> warnings = new ArrayList<>();
        for (Nucleus nucleus : measuredNuclei) {
            try {
                fits.add(new NucleusFit(method.key(nucleus), results.points(nucleus, settings.averageEquivalent()))
                        .fit(settings.removeOutliers()));
                warnings.addAll(misassigned(method, nucleus, results.used()));
            } catch (Refused e) {
                refusals.add(e.refusal());
            }
        }
        return new MethodAnalysis(
                method,
                common,
                results.coverage(),
                fits,
                refusals,
                warnings,
                FitNotes.of(dataSet, method, results.used(), fits, this::rotationClasses));
    }

    private static List<AssignmentWarning> misassigned(Method method, Nucleus nucleus, List<Used> used) {
        List<List<ShiftPoint>> groups =
                used.stream().map(one -> one.points().averaged(nucleus)).toList();
        List<LineFit> others = LineFit.leavingOutEach(groups);
        List<AssignmentWarning> warnings = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            warnings.addAll(AssignmentCheck.check(
                    method.key(nucleus),
                    used.get(i).molecule(),
                    others.get(i),
                    groups.get(i),
                    used.get(i).points().perAtom(nucleus)));
        }
        return warnings;
    }
}
