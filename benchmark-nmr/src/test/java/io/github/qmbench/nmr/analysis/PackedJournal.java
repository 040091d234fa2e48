package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A packed journal of {@code docs/results}. */
public final class PackedJournal {

    private PackedJournal() {}

    static List<Map<String, Object>> lines(Path journal) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(journal)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Json.parseObject(line));
            }
        }
        return lines;
    }

    /** The results of all that is complete. */
    public static List<ShieldingResult> results(Path journal) throws IOException {
        List<ShieldingResult> results = new ArrayList<>();
        for (Map<String, Object> line : lines(journal)) {
            if (!"complete".equals(line.get("status"))) {
                continue; // stopped in the midst, and calculated again further down
            }
            Map<String, Object> parameters = Json.asObject(line.get("parameters"));
            Map<String, String> fingerprint = new HashMap<>();
            Json.asObject(line.get("fingerprint_of")).forEach((field, value) -> fingerprint.put(field, (String) value));
            results.add(ShieldingResult.of(
                    (String) line.get("subject"),
                    (String) parameters.get("functional"),
                    (String) parameters.get("solvent"),
                    fingerprint,
                    Json.asObject(line.get("results"))));
        }
        return results;
    }
}
