package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Scaling factors and accuracy of each method, from the shieldings of a run and the shifts of a data set.
 *
 * <pre>{@code
 * ShieldingAnalysis analysis =
 *         ShieldingAnalysis.of(DataSet.delta50(), results, AnalysisSettings.defaults());
 * analysis.ranked(Nucleus.H1).forEach(fit -> ...);
 * }</pre>
 *
 * <p>Results that differ in anything but the molecule (program version, grid, basis, solvent model) are never fitted
 * together: such a fit is refused, and the refusal names the differences. Immutable, safe for use by many threads.
 */
public final class ShieldingAnalysis {

    private final DataSet dataSet;
    private final AnalysisSettings settings;
    private final List<MethodAnalysis> methods;
    private final List<String> unknownMolecules;

    private ShieldingAnalysis(
            DataSet dataSet, AnalysisSettings settings, List<MethodAnalysis> methods, List<String> unknownMolecules) {
        this.dataSet = dataSet;
        this.settings = settings;
        this.methods = methods;
        this.unknownMolecules = unknownMolecules;
    }

    /**
     * Fits the results.
     *
     * @param dataSet the molecules that the run was about; those without a result count as missing
     * @param results finished calculations; of two for the same molecule and method the later one counts. Read once, and
     *     not closed
     * @param settings how to fit
     */
    public static ShieldingAnalysis of(DataSet dataSet, Stream<ShieldingResult> results, AnalysisSettings settings) {
        Objects.requireNonNull(dataSet, "dataSet");
        Objects.requireNonNull(settings, "settings");
        Set<String> known = Set.copyOf(dataSet.ids());
        Map<Method, Map<String, ShieldingResult>> byMethod = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        results.filter(result -> wanted(result, settings)).forEach(result -> {
            if (known.contains(result.moleculeId())) {
                byMethod.computeIfAbsent(result.method(), method -> new LinkedHashMap<>())
                        .put(result.moleculeId(), result);
            } else {
                unknown.add(result.moleculeId());
            }
        });
        List<MethodAnalysis> methods = new ArrayList<>();
        byMethod.forEach(
                (method, ofMolecules) -> methods.add(new MethodFit(dataSet, settings, method).fit(ofMolecules)));
        return new ShieldingAnalysis(dataSet, settings, List.copyOf(methods), List.copyOf(unknown));
    }

    /** The data set with the measured shifts. */
    public DataSet dataSet() {
        return dataSet;
    }

    /** How it was fitted. */
    public AnalysisSettings settings() {
        return settings;
    }

    /** All methods, in the order in which their first results came. */
    public List<MethodAnalysis> methods() {
        return methods;
    }

    /** The ids of molecules with results that the data set does not have; they were not looked at. */
    public List<String> unknownMolecules() {
        return unknownMolecules;
    }

    /** The fits for a nucleus, smallest RMSD first. */
    public List<ScalingFit> ranked(Nucleus nucleus) {
        Objects.requireNonNull(nucleus, "nucleus");
        return methods.stream()
                .flatMap(method -> method.fit(nucleus).stream())
                .sorted(Comparator.comparingDouble(fit -> fit.accuracy().rmsd()))
                .toList();
    }

    /** All fits, method by method. */
    public List<ScalingFit> fits() {
        return methods.stream().flatMap(method -> method.fits().stream()).toList();
    }

    /** All fits as scaling factors that predict shifts. */
    public ScalingFactors scalingFactors() {
        return ScalingFactors.of(fits().stream().map(ScalingFit::factor).toList());
    }

    private static boolean wanted(ShieldingResult result, AnalysisSettings settings) {
        return settings.only().entrySet().stream()
                .allMatch(field -> field.getValue().equals(result.fingerprint().get(field.getKey())));
    }
}
