package io.github.qmbench.nmr.export;

import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import io.github.qmbench.nmr.analysis.Method;
import io.github.qmbench.nmr.analysis.MethodAnalysis;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import io.github.qmbench.nmr.internal.Csv;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A tidy table of nuclei: a row for each atom of each result with shieldings. The columns are {@code
 * results,task_id,molecule_id,molecule,atom,element,nucleus,group,functional,basis,solvent,geometry_level,shielding_ppm,
 * predicted_ppm,measured_ppm,deviation_ppm}. Holds no state; safe for use by many threads.
 *
 * <p>The predicted shift is that of the line which the {@linkplain AnalyzedRun analysis} of the same run fits for the
 * method and the nucleus, for this atom's own shielding. The deviation is predicted minus measured. The line is fitted
 * to the means of groups, and is straight, so the mean of a group's deviations is that of its point in the fit. Atoms
 * of a group have its number, that of its first atom. A missing value is an empty cell. Without a measured shift there
 * is neither group nor deviation, and without a line there is no prediction; nor is there one where a fit cannot use
 * the result, as with an open shell. A result of another geometry than the data set's has no measured shift either.
 *
 * <p>The form is that of {@link CalculationsCsv}.
 */
public final class NucleiCsv {

    private static final List<String> HEADER = List.of(
            "results",
            "task_id",
            "molecule_id",
            "molecule",
            "atom",
            "element",
            "nucleus",
            "group",
            "functional",
            "basis",
            "solvent",
            "geometry_level",
            "shielding_ppm",
            "predicted_ppm",
            "measured_ppm",
            "deviation_ppm");

    private NucleiCsv() {}

    /**
     * Writes the table; closes nothing. Memory does not grow with the rows, but as {@link AnalyzedRun} says.
     *
     * @param runs at least one
     * @param dataSet the name, directory or file of the data set; empty for the one that each run was begun with
     * @param out for UTF-8; not closed
     * @throws IllegalArgumentException when a run has no shieldings, or its data set cannot be found; the message says
     *     so in a sentence. Nothing is written then
     * @throws IOException when a run cannot be read, or the table cannot be written
     */
    public static void write(List<ExportedRun> runs, Optional<String> dataSet, Writer out) throws IOException {
        CalculationsCsv.requireRuns(runs);
        List<Rows> all = new ArrayList<>();
        for (ExportedRun run : runs) {
            if (!hasShieldings(run.recorded())) {
                throw new IllegalArgumentException(
                        "there are no shieldings in " + run.recorded().directory() + "; leave out --per-atom");
            }
            all.add(new Rows(run, AnalyzedRun.of(run.recorded(), dataSet, AnalysisSettings.defaults())));
        }
        Csv.write(HEADER, out);
        for (Rows rows : all) {
            rows.write(out);
        }
    }

    /** Whether any result of a run has shieldings. */
    static boolean hasShieldings(RecordedRun run) throws IOException {
        boolean[] found = {false};
        run.forEachStanding(record -> found[0] |=
                record.isComplete() && ShieldingJson.isIn(record.outcome().results()));
        return found[0];
    }

    /** The rows of one run. */
    private static final class Rows {
        private final ExportedRun run;
        private final DataSet dataSet;
        private final Map<Method, MethodAnalysis> methods = new LinkedHashMap<>();

        Rows(ExportedRun run, AnalyzedRun analyzed) {
            this.run = run;
            this.dataSet = analyzed.dataSet();
            analyzed.analysis().methods().forEach(method -> methods.put(method.method(), method));
        }

        void write(Writer out) throws IOException {
            run.recorded().forEachStanding(record -> {
                Optional<ShieldingResult> result = ShieldingResult.of(record);
                if (result.isPresent()) {
                    write(record, result.get(), out);
                }
            });
        }

        private void write(JournalRecord record, ShieldingResult result, Writer out) throws IOException {
            Method method = Optional.ofNullable(methods.get(result.method()))
                    .map(MethodAnalysis::method)
                    .orElse(result.method()); // a basis set as it was spelled first
            Optional<Molecule> molecule = dataSet.molecule(result.moleculeId());
            boolean isOfTheMolecule = molecule.map(Molecule::geometryText)
                    .map(Fingerprint::digestOf)
                    .filter(result::hasGeometry)
                    .isPresent();
            String name = molecule.map(Molecule::name).orElse("");
            String geometry = result.geometryLevel(dataSet).orElse("");
            for (Shielding atom : result.shieldings()) {
                Optional<Nucleus> nucleus = Nucleus.ofLabel(atom.element().symbol());
                Optional<ExperimentalShift> shift = dataSet.shift(result.moleculeId(), atom.atomNumber())
                        .filter(measured ->
                                isOfTheMolecule && measured.nucleus().element() == atom.element());
                OptionalDouble predicted = predicted(method, result.moleculeId(), nucleus, atom.ppm());
                Csv.write(
                        List.of(
                                run.name(),
                                record.calculation().taskId(),
                                result.moleculeId(),
                                name,
                                String.valueOf(atom.atomNumber()),
                                atom.element().symbol(),
                                nucleus.map(Nucleus::label).orElse(""),
                                shift.map(measured -> String.valueOf(measured.group()))
                                        .orElse(""),
                                method.functional(),
                                method.basis(),
                                method.solvent(),
                                geometry,
                                String.valueOf(atom.ppm()),
                                predicted.isPresent() ? number(predicted.getAsDouble()) : "",
                                shift.map(measured -> String.valueOf(measured.ppm()))
                                        .orElse(""),
                                predicted.isPresent() && shift.isPresent()
                                        ? number(predicted.getAsDouble()
                                                - shift.get().ppm())
                                        : ""),
                        out);
            }
        }

        private OptionalDouble predicted(
                Method method, String moleculeId, Optional<Nucleus> nucleus, double shielding) {
            MethodAnalysis analysis = methods.get(method);
            if (analysis == null
                    || nucleus.isEmpty()
                    || analysis.coverage().unusable().containsKey(moleculeId)) {
                return OptionalDouble.empty();
            }
            Optional<ScalingFit> fit = analysis.fit(nucleus.get());
            return fit.isPresent()
                    ? OptionalDouble.of(fit.get().shieldingLine().shift(shielding))
                    : OptionalDouble.empty();
        }

        private static String number(double value) {
            return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP).toPlainString();
        }
    }
}
