package io.github.qmbench.nmr.analysis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The format of {@code scaling_factors.json}. Holds no state; safe for use by many threads.
 *
 * <p>One object; each key is a scaling factor's name such as {@code B3LYP/6-311+G(2d,p)/1H/CHCl3}, each value an
 * object:
 *
 * <ul>
 *   <li>{@code slope}, {@code intercept}: shift = slope * shielding + intercept; {@code ci_slope}, {@code ci_intercept}:
 *       their 95 % confidence intervals, {@code [low, high]}
 *   <li>{@code m}, {@code b}: the same line as shielding = m * shift + b; {@code ci_m}, {@code ci_b}
 *   <li>{@code r_squared}, {@code rmsd}, {@code mae}, {@code standard_deviation}, {@code cross_validated_rmsd} (null when
 *       it cannot be had), {@code max_deviation} with {@code max_deviation_at}
 *   <li>{@code n_points}, {@code n_molecules}, {@code outliers_removed} (a count), {@code outliers} and {@code removed}
 *       (lists of {@code molecule_id}, {@code atoms}, {@code deviation})
 *   <li>{@code data_set}, {@code averaged}, {@code conditions} (with {@code geometry_level}), {@code missing}, {@code
 *       recovered}
 *   <li>{@code bootstrap}: 95 % intervals {@code [low, high]} by bootstrap over the molecules ({@link FitIntervals}), with {@code
 *       n_molecules}; null with fewer than 10 molecules, and for fits that were not compared
 *   <li>{@code prediction}: {@code error_68} and {@code error_95} (half widths of intervals, null with fewer than 10
 *       molecules) with {@code n_molecules}, {@code lowest_shift}, {@code highest_shift}, {@code
 *       bonded_to} (elements), {@code without} (by molecule: slope, intercept, error_68, error_95 from all others)
 * </ul>
 *
 * <p>Shifts and shieldings are in ppm; deviations are predicted minus measured. Readers ignore what they do not know.
 */
public final class ScalingFactorsFile {

    private ScalingFactorsFile() {}

    /**
     * Writes the text of the file for an analysis, methods in its order; closes nothing.
     *
     * @param analysis the fits
     * @param out for UTF-8; not closed
     * @throws IOException when the text cannot be written
     */
    public static void write(ShieldingAnalysis analysis, Writer out) throws IOException {
        try (JsonGenerator generator = Json.prettyGenerator(out)) {
            generator.writeStartObject();
            for (MethodAnalysis method : analysis.methods()) {
                List<PredictionBasis> predictions = analysis.predictions(method);
                for (int i = 0; i < predictions.size(); i++) {
                    ScalingFit fit = method.fits().get(i);
                    generator.writeFieldName(fit.key().toString());
                    Map<String, Object> entry = entry(analysis, method, fit);
                    entry.put("bootstrap", bootstrap(analysis, fit));
                    entry.put("prediction", PredictionBasisJson.of(predictions.get(i)));
                    Json.write(generator, entry);
                }
            }
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    private static Map<String, Object> entry(ShieldingAnalysis analysis, MethodAnalysis method, ScalingFit fit) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("slope", fit.shiftLine().slope());
        entry.put("intercept", fit.shiftLine().intercept());
        entry.put("r_squared", fit.accuracy().rSquared());
        entry.put("mae", fit.accuracy().mae());
        entry.put("rmsd", fit.accuracy().rmsd());
        entry.put("n_points", fit.support().points());
        entry.put("ci_slope", interval(fit.shiftLine().ciSlope()));
        entry.put("ci_intercept", interval(fit.shiftLine().ciIntercept()));
        entry.put("outliers_removed", fit.removed().size());
        entry.put("m", fit.shieldingLine().m());
        entry.put("b", fit.shieldingLine().b());
        entry.put("ci_m", interval(fit.shieldingLine().ciM()));
        entry.put("ci_b", interval(fit.shieldingLine().ciB()));
        entry.put("standard_deviation", fit.accuracy().standardDeviation());
        OptionalDouble crossValidated = fit.accuracy().crossValidatedRmsd();
        entry.put("cross_validated_rmsd", crossValidated.isPresent() ? crossValidated.getAsDouble() : null);
        entry.put("max_deviation", Math.abs(fit.worst().residual()));
        entry.put("max_deviation_at", place(fit.worst()));
        entry.put(
                "outliers",
                fit.outliers().stream().map(ScalingFactorsFile::place).toList());
        entry.put(
                "removed", fit.removed().stream().map(ScalingFactorsFile::place).toList());
        entry.put("n_molecules", fit.support().molecules());
        entry.put("data_set", analysis.dataSet().name());
        entry.put("averaged", analysis.settings().averageEquivalent());
        entry.put("conditions", method.conditions());
        entry.put("missing", method.coverage().missing());
        entry.put("recovered", List.copyOf(method.coverage().recovered().keySet()));
        return entry;
    }

    private static @Nullable Map<String, Object> bootstrap(ShieldingAnalysis analysis, ScalingFit fit) {
        Optional<FitIntervals> intervals =
                analysis.comparison(fit.key().nucleus()).intervals(fit);
        if (intervals.isEmpty()) {
            return null;
        }
        Map<String, Object> bootstrap = new LinkedHashMap<>();
        bootstrap.put("n_molecules", intervals.get().molecules());
        bootstrap.put("rmsd", interval(intervals.get().rmsd()));
        bootstrap.put("mae", interval(intervals.get().mae()));
        bootstrap.put("cross_validated_rmsd", interval(intervals.get().crossValidatedRmsd()));
        bootstrap.put("slope", interval(intervals.get().slope()));
        bootstrap.put("intercept", interval(intervals.get().intercept()));
        bootstrap.put("m", interval(intervals.get().m()));
        bootstrap.put("b", interval(intervals.get().b()));
        return bootstrap;
    }

    static List<Double> interval(ConfidenceInterval interval) {
        return List.of(interval.low(), interval.high());
    }

    static @Nullable List<Double> interval(Optional<ConfidenceInterval> interval) {
        return interval.map(ScalingFactorsFile::interval).orElse(null);
    }

    private static Map<String, Object> place(FittedPoint point) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("molecule_id", point.point().moleculeId());
        place.put("atoms", point.point().atoms());
        place.put("deviation", point.residual());
        return place;
    }

    /**
     * Reads the scaling factors of such a file, by this program or another that writes {@code slope} and
     * {@code intercept} under such keys.
     *
     * @param file of this program or another
     * @return the table of factors, in the order of the file
     * @throws IOException when the file cannot be read or is not a JSON object, or an entry has another key or no
     *     numbers; the message names file and key
     */
    public static ScalingFactors read(Path file) throws IOException {
        return table(file.toString(), predictions(file));
    }

    /**
     * Reads the factors of such a file with all that it has about predictions.
     *
     * @param file of this program or another
     * @return the factors, in the order of the file
     * @throws IOException as {@link #read}
     */
    public static List<PredictionFactor> predictions(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        List<PredictionFactor> factors = parse(file.toString(), RegularFile.text(file));
        table(file.toString(), factors);
        return factors;
    }

    private static ScalingFactors table(String file, List<PredictionFactor> factors) throws IOException {
        try {
            return ScalingFactors.of(
                    factors.stream().map(PredictionFactor::line).toList());
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads the text of such a file.
     *
     * @param source what messages and factors call it
     */
    static List<PredictionFactor> parse(String source, String text) throws IOException {
        List<PredictionFactor> factors = new ArrayList<>();
        for (Map.Entry<String, Object> entry : parsed(source, text).entrySet()) {
            try {
                factors.add(factor(entry.getKey(), entry.getValue(), source));
            } catch (IllegalArgumentException e) {
                throw damaged(source, entry.getKey() + ": " + e.getMessage(), e);
            }
        }
        return factors;
    }

    private static Map<String, Object> parsed(String source, String text) throws IOException {
        try {
            return Json.parseObject(text);
        } catch (JsonParseException e) {
            throw damaged(source, Json.problem(e), e);
        }
    }

    private static IOException damaged(String source, String reason, Exception cause) {
        FileSystemException damaged = new FileSystemException(source, null, reason);
        damaged.initCause(cause);
        return damaged;
    }

    private static PredictionFactor factor(String key, Object value, String source) {
        if (value instanceof Map<?, ?> && numbers(Json.asObject(value))) {
            Map<String, Object> entry = Json.asObject(value);
            Map<String, String> conditions = new TreeMap<>();
            if (entry.get("conditions") instanceof Map<?, ?> fields) {
                fields.forEach((field, text) -> conditions.put(String.valueOf(field), String.valueOf(text)));
            }
            return new PredictionFactor(
                    new ScalingFactor(
                            ScalingFactor.Key.parse(key),
                            number(entry, "slope").orElseThrow(),
                            number(entry, "intercept").orElseThrow(),
                            source,
                            number(entry, "rmsd")),
                    entry.get("data_set") instanceof String name ? name : "",
                    (int) number(entry, "n_points").orElse(0),
                    (int) number(entry, "n_molecules").orElse(0),
                    conditions,
                    entry.get("prediction") instanceof Map<?, ?>
                            ? Optional.of(PredictionBasisJson.read(Json.asObject(entry.get("prediction"))))
                            : Optional.empty());
        }
        throw new IllegalArgumentException("needs an object with the numbers slope and intercept but has " + value);
    }

    private static boolean numbers(Map<String, Object> entry) {
        return number(entry, "slope").isPresent() && number(entry, "intercept").isPresent();
    }

    private static OptionalDouble number(Map<String, Object> entry, String field) {
        return entry.get(field) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
