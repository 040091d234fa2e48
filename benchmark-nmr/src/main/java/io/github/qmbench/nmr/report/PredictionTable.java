package io.github.qmbench.nmr.report;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.PredictionFactor;
import io.github.qmbench.nmr.analysis.PredictionInterval;
import io.github.qmbench.nmr.analysis.ShiftPrediction;
import io.github.qmbench.nmr.analysis.ShiftPrediction.Signal;
import io.github.qmbench.nmr.internal.Csv;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A prediction as a table for a person, as CSV or as JSON. Immutable, safe for use by many threads.
 *
 * @param prediction the signals
 * @param factors the factors of the prediction
 * @param level the level of theory of the geometry, empty when it is used as it was given
 * @param notes what differs from the calculations of the factors, each beginning with {@code warning:} or {@code note:}
 */
public record PredictionTable(
        ShiftPrediction prediction, Map<Nucleus, PredictionFactor> factors, String level, List<String> notes) {

    /**
     * Checks the components.
     *
     * @param prediction the signals
     * @param factors the factors of the prediction
     * @param level the level of theory of the geometry, empty when it is used as it was given
     * @param notes what differs from the calculations of the factors, each beginning with {@code warning:} or {@code
     *     note:}
     */
    public PredictionTable {
        Objects.requireNonNull(prediction, "prediction");
        factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
        Objects.requireNonNull(level, "level");
        notes = List.copyOf(notes);
    }

    /** {@return the lines of a table for a person, with the factors of the prediction} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Phrases.clean(prediction.molecule().name())
                + ", ppm; 68 % and 95 % of shifts are within +- of the predicted one");
        TextTable table = new TextTable("atoms", "nucleus", "shielding", "shift", "+-68%", "+-95%");
        for (Signal signal : prediction.signals()) {
            table.add(
                    signal.atomNames(),
                    signal.nucleus().label(),
                    number(signal.shielding(), 4),
                    number(signal.shift(), 2),
                    error(signal, PredictionInterval::error68),
                    error(signal, PredictionInterval::error95));
        }
        lines.addAll(table.lines());
        factors.values().forEach(factor -> lines.add(describe(factor)));
        return lines;
    }

    private String describe(PredictionFactor factor) {
        Optional<PredictionInterval> interval = prediction.signals().stream()
                .filter(signal -> signal.nucleus() == factor.nucleus())
                .flatMap(signal -> signal.interval().stream())
                .findFirst();
        return factor.nucleus() + ": " + factor.method() + " of "
                + factor.line().reference()
                + (factor.dataSet().isEmpty() ? "" : ", " + factor.dataSet())
                + interval.map(one -> ", errors from " + one.molecules() + " molecules")
                        .orElse("")
                + ", geometry " + (level.isEmpty() ? "as given" : level);
    }

    /** {@return the lines of a table for programs; the first one has the names of the columns} */
    public List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("molecule_id,atoms,nucleus,method,shielding_ppm,shift_ppm,error_68_ppm,error_95_ppm,n_molecules");
        for (Signal signal : prediction.signals()) {
            List<String> cells = new ArrayList<>();
            cells.add(Csv.text(prediction.molecule().id()));
            cells.add(signal.atoms().stream().map(String::valueOf).collect(Collectors.joining(" ")));
            cells.add(signal.nucleus().label());
            cells.add(Csv.text(signal.method()));
            cells.add(number(signal.shielding(), 4));
            cells.add(number(signal.shift(), 4));
            cells.add(signal.interval()
                    .map(interval -> number(interval.error68(), 4))
                    .orElse(""));
            cells.add(signal.interval()
                    .map(interval -> number(interval.error95(), 4))
                    .orElse(""));
            cells.add(signal.interval()
                    .map(interval -> String.valueOf(interval.molecules()))
                    .orElse(""));
            lines.add(String.join(",", cells));
        }
        return lines;
    }

    /** {@return a JSON object, with all warnings} */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("molecule_id", prediction.molecule().id());
        json.put("name", prediction.molecule().name());
        json.put("geometry", level.isEmpty() ? "as-is" : level);
        json.put(
                "signals",
                prediction.signals().stream().map(PredictionTable::json).toList());
        json.put("factors", factors.values().stream().map(PredictionTable::json).toList());
        List<String> warnings = new ArrayList<>(notes);
        warnings.addAll(prediction.warnings());
        json.put("warnings", warnings);
        return Json.normalise(json);
    }

    private static Map<String, Object> json(Signal signal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("atoms", signal.atoms());
        json.put("nucleus", signal.nucleus().label());
        json.put("method", signal.method());
        json.put("shielding", signal.shielding());
        json.put("shift", signal.shift());
        json.put("error_68", signal.interval().map(PredictionInterval::error68).orElse(null));
        json.put("error_95", signal.interval().map(PredictionInterval::error95).orElse(null));
        json.put(
                "n_molecules",
                signal.interval().map(PredictionInterval::molecules).orElse(null));
        return json;
    }

    private static Map<String, Object> json(PredictionFactor factor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nucleus", factor.nucleus().label());
        json.put("method", factor.method());
        json.put("source", factor.line().reference());
        json.put("data_set", factor.dataSet());
        json.put("geometry_level", factor.geometryLevel().orElse(null));
        return json;
    }

    private static String error(Signal signal, ToDoubleFunction<PredictionInterval> width) {
        return signal.interval()
                .map(interval -> number(width.applyAsDouble(interval), 2))
                .orElse("-");
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
