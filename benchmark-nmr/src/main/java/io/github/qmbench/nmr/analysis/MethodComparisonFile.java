package io.github.qmbench.nmr.analysis;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The format of {@code comparison.json}, see {@link MethodComparison}. Holds no state; safe for use by many threads.
 *
 * <p>One object: {@code data_set}; {@code draws}, how many bootstrap draws were made; {@code nuclei}, an object for
 * each nucleus that has a fit, by its name. In it:
 *
 * <ul>
 *   <li>{@code molecules}: ids of those that all ranked methods have
 *   <li>{@code ranking}, smallest RMSD first: {@code key} (as in {@code scaling_factors.json}), {@code rank}, {@code
 *       like_the_best} (null where the difference from the best has no interval), {@code n_molecules} (of its own), {@code
 *       cross_validated_rmsd}, {@code ci_cross_validated_rmsd}, {@code cross_validated_mae}, {@code ci_cross_validated_mae}
 *   <li>{@code not_ranked}: {@code key}, {@code n_molecules}
 *   <li>{@code pairs}: {@code first}, {@code second} (keys), {@code n_molecules} (that both have), {@code rmsd_difference}
 *       (first minus second), {@code ci_rmsd_difference}, {@code mae_difference}, {@code ci_mae_difference}, {@code
 *       inversion_probability}, {@code distinct} (whether the interval of the RMSDs' difference is without 0)
 * </ul>
 *
 * <p>All in ppm; intervals are 95 %, {@code [low, high]}, null with fewer than 10 molecules. Readers ignore what they
 * do not know.
 */
public final class MethodComparisonFile {

    private MethodComparisonFile() {}

    /**
     * Writes the text of the file for an analysis; closes nothing.
     *
     * @param analysis the fits and their comparison
     * @param out for UTF-8; not closed
     * @throws IOException when the text cannot be written
     */
    public static void write(ShieldingAnalysis analysis, Writer out) throws IOException {
        try (JsonGenerator generator = Json.prettyGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField("data_set", analysis.dataSet().name());
            generator.writeNumberField("draws", MoleculeDraws.DRAWS);
            generator.writeObjectFieldStart("nuclei");
            for (Nucleus nucleus : Nucleus.values()) {
                MethodComparison comparison = analysis.comparison(nucleus);
                if (!comparison.fits().isEmpty()) {
                    generator.writeObjectFieldStart(nucleus.label());
                    write(comparison, generator);
                    generator.writeEndObject();
                }
            }
            generator.writeEndObject();
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    private static void write(MethodComparison comparison, JsonGenerator generator) throws IOException {
        generator.writeFieldName("molecules");
        Json.write(generator, comparison.molecules());
        generator.writeArrayFieldStart("ranking");
        for (RankedMethod method : comparison.ranking()) {
            Json.write(
                    generator, ranked(method, method.equals(comparison.ranking().get(0))));
        }
        generator.writeEndArray();
        generator.writeArrayFieldStart("not_ranked");
        for (ScalingFit fit : comparison.unranked()) {
            Json.write(generator, named(fit));
        }
        generator.writeEndArray();
        generator.writeArrayFieldStart("pairs");
        for (MethodDifference difference : comparison.differences()) {
            Json.write(generator, pair(difference));
        }
        generator.writeEndArray();
    }

    private static Map<String, Object> named(ScalingFit fit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", fit.key().toString());
        json.put("n_molecules", fit.support().molecules());
        return json;
    }

    private static Map<String, Object> ranked(RankedMethod method, boolean isFirst) {
        Map<String, Object> json = named(method.fit());
        json.put("rank", method.rank());
        json.put("like_the_best", isFirst || method.fromBest().isPresent() ? method.isLikeTheBest() : null);
        json.put("cross_validated_rmsd", method.rmsd());
        json.put("ci_cross_validated_rmsd", ScalingFactorsFile.interval(method.rmsdInterval()));
        json.put("cross_validated_mae", method.mae());
        json.put("ci_cross_validated_mae", ScalingFactorsFile.interval(method.maeInterval()));
        return json;
    }

    private static Map<String, Object> pair(MethodDifference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", difference.first().toString());
        json.put("second", difference.second().toString());
        json.put("n_molecules", difference.molecules());
        json.put("rmsd_difference", difference.rmsd());
        json.put("ci_rmsd_difference", ScalingFactorsFile.interval(difference.rmsdInterval()));
        json.put("mae_difference", difference.mae());
        json.put("ci_mae_difference", ScalingFactorsFile.interval(difference.maeInterval()));
        json.put("inversion_probability", difference.inversion());
        json.put("distinct", difference.isDistinct());
        return json;
    }
}
