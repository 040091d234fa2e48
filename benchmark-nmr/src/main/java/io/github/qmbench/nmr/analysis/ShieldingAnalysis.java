package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The scaling factors and the accuracy of each method, from the shieldings of a run and the shifts of a data set.
 *
 * <pre>{@code
 * ShieldingAnalysis analysis = ShieldingAnalysis.of(DataSet.delta50(), results, AnalysisSettings.defaults());
 * analysis.ranked(Nucleus.H1).forEach(fit -> ...);
 * }</pre>
 *
 * <p>Results that differ in anything but the molecule (program version, grid, basis, solvent model) are never fitted
 * together: such a fit is refused, and the refusal names the differences. Immutable, safe for use by many threads.
 *
 * <p>Memory grows with the fits, some kilobytes for each method, and with the results only where they are given as
 * objects: those of a journal stay there.
 */
public final class ShieldingAnalysis {

    private final DataSet dataSet;
    private final AnalysisSettings settings;
    private final ResultsByMethod results;
    private final MethodFit fit;
    private final List<MethodAnalysis> methods;
    private final Map<Nucleus, MethodComparison> comparisons = new EnumMap<>(Nucleus.class); // made when asked for

    private ShieldingAnalysis(DataSet dataSet, ResultsByMethod results, AnalysisSettings settings) throws IOException {
        this.dataSet = dataSet;
        this.settings = settings;
        this.results = results;
        this.fit = new MethodFit(dataSet, settings);
        List<MethodAnalysis> fitted = new ArrayList<>();
        for (Method method : results.methods()) {
            fitted.add(fit.fit(method, results.of(method)));
        }
        this.methods = List.copyOf(fitted);
    }

    /**
     * Fits results in memory.
     *
     * @param dataSet the molecules that the run was about; those without a result count as missing
     * @param results finished calculations, one for each molecule and method. Read once, and not closed
     * @param settings averaging and outliers of the fit
     * @return the analysis
     * @throws IllegalArgumentException when there are two results for one molecule and method
     */
    public static ShieldingAnalysis of(DataSet dataSet, Stream<ShieldingResult> results, AnalysisSettings settings) {
        Objects.requireNonNull(dataSet, "dataSet");
        try {
            return new ShieldingAnalysis(dataSet, new HeldResults(dataSet, results.filter(wanted(settings))), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // does not happen: nothing is read
        }
    }

    /**
     * Fits the results that stand in a run directory, also while a run is running. They are read from its journal
     * method by method, and again for {@link #points}: the journal must stay where it is.
     *
     * @param dataSet the molecules that the run was about; those without a result count as missing
     * @param run the run; results without shieldings are ignored
     * @param which whether to use a calculation
     * @param settings averaging and outliers of the fit
     * @return the analysis
     * @throws IOException when the journal is damaged or cannot be read
     * @throws IllegalArgumentException when shieldings have another form than {@link ShieldingResult#of(JournalRecord)} reads
     */
    public static ShieldingAnalysis ofRun(
            DataSet dataSet, RecordedRun run, Predicate<Calculation> which, AnalysisSettings settings)
            throws IOException {
        return ofRuns(dataSet, List.of(new JournalResults.Part(run, which)), settings);
    }

    /**
     * Fits the results that stand in several run directories, as {@link #ofRun} those of one.
     *
     * @throws IllegalArgumentException also when the results cannot stand together
     */
    static ShieldingAnalysis ofRuns(DataSet dataSet, List<JournalResults.Part> runs, AnalysisSettings settings)
            throws IOException {
        Objects.requireNonNull(dataSet, "dataSet");
        return new ShieldingAnalysis(dataSet, new JournalResults(dataSet, runs, wanted(settings)), settings);
    }

    /** {@return the data set with the measured shifts} */
    public DataSet dataSet() {
        return dataSet;
    }

    /** {@return the settings of the fits} */
    public AnalysisSettings settings() {
        return settings;
    }

    /** {@return all methods, in the order of their first results} */
    public List<MethodAnalysis> methods() {
        return methods;
    }

    /** {@return the ids of molecules with results that the data set does not have, and that were not used} */
    public List<String> unknownMolecules() {
        return results.unknownMolecules();
    }

    /**
     * {@return the fits for a nucleus, best first, by the cross-validated RMSD on the molecules that all of them have}
     * Fits that are not {@linkplain MethodComparison#unranked ranked} come last.
     *
     * @param nucleus whose shifts were fitted
     * @throws UncheckedIOException when the results are in a journal that cannot be read any more
     */
    public List<ScalingFit> ranked(Nucleus nucleus) {
        return comparison(nucleus).fits();
    }

    /**
     * {@return the comparison of methods for a nucleus} Made at the first call; results in a journal are read again.
     *
     * @param nucleus whose shifts were fitted
     * @throws UncheckedIOException when the results are in a journal that cannot be read any more
     */
    public MethodComparison comparison(Nucleus nucleus) {
        Objects.requireNonNull(nucleus, "nucleus");
        synchronized (comparisons) {
            if (comparisons.isEmpty()) {
                comparisons.putAll(compared());
            }
            return Objects.requireNonNull(comparisons.get(nucleus), "comparison");
        }
    }

    private Map<Nucleus, MethodComparison> compared() {
        Map<Nucleus, List<ScalingFit>> fits = new EnumMap<>(Nucleus.class);
        Map<Nucleus, List<ComparedFit>> compared = new EnumMap<>(Nucleus.class);
        Set<ScalingFit> chosen = new LinkedHashSet<>();
        for (Nucleus nucleus : Nucleus.values()) {
            List<ScalingFit> best = methods.stream()
                    .flatMap(method -> method.fit(nucleus).stream())
                    .sorted(MethodComparer.byOwnRmsd())
                    .toList();
            fits.put(nucleus, best);
            compared.put(nucleus, new ArrayList<>());
            chosen.addAll(best.subList(0, Math.min(best.size(), MethodComparison.MOST_METHODS)));
        }
        try {
            for (MethodAnalysis method : methods) {
                List<ScalingFit> ofMethod =
                        method.fits().stream().filter(chosen::contains).toList();
                if (!ofMethod.isEmpty()) {
                    fit.compared(ofMethod, results.of(method.method()))
                            .forEach(one -> Objects.requireNonNull(
                                            compared.get(one.fit().key().nucleus()), "nucleus")
                                    .add(one));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Nucleus, MethodComparison> comparisons = new EnumMap<>(Nucleus.class);
        fits.forEach((nucleus, all) -> comparisons.put(
                nucleus,
                new MethodComparer(
                                nucleus,
                                Objects.requireNonNull(compared.get(nucleus), "nucleus"),
                                settings.removeOutliers(),
                                MoleculeDraws.DRAWS)
                        .compare(
                                all.stream().skip(MethodComparison.MOST_METHODS).toList())));
        return comparisons;
    }

    /** {@return all fits, method by method} */
    public List<ScalingFit> fits() {
        return methods.stream().flatMap(method -> method.fits().stream()).toList();
    }

    /**
     * {@return the points that a fit of this analysis was made of, at least 3, molecules in the order of the data set}
     *
     * @param fit of this analysis
     * @throws UncheckedIOException when the results are in a journal that cannot be read any more
     */
    public List<FittedPoint> points(ScalingFit fit) {
        Method method =
                new Method(fit.key().method(), fit.key().basis(), fit.key().solvent());
        return points(method, List.of(fit)).get(0);
    }

    /**
     * {@return the points of each fit of a method, in the order of its fits} The results are read once.
     *
     * @param method of this analysis
     * @throws UncheckedIOException when the results are in a journal that cannot be read any more
     */
    public List<List<FittedPoint>> points(MethodAnalysis method) {
        return points(method.method(), method.fits());
    }

    /** Returns what each fit of a method can say about other molecules; the results of the method are read once. */
    List<PredictionBasis> predictions(MethodAnalysis method) {
        try {
            return fit.predictions(method.fits(), results.of(method.method()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<List<FittedPoint>> points(Method method, List<ScalingFit> fits) {
        try {
            return fit.points(fits, results.of(method));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return all fits as scaling factors that predict shifts} */
    public ScalingFactors scalingFactors() {
        return ScalingFactors.of(fits().stream().map(ScalingFit::factor).toList());
    }

    private static Predicate<ShieldingResult> wanted(AnalysisSettings settings) {
        return result -> settings.only().entrySet().stream()
                .allMatch(field -> Optional.ofNullable(result.fingerprint().get(field.getKey()))
                        .filter(value -> Spellings.same(field.getKey(), value, field.getValue()))
                        .isPresent());
    }
}
