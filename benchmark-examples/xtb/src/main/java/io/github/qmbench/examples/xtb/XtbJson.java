package io.github.qmbench.examples.xtb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what {@code xtb --json} leaves in {@code xtbout.json}. */
final class XtbJson {

    private static final Map<String, String> FIELDS =
            Map.of("total energy", "energy_hartree", "HOMO-LUMO gap/eV", "gap_ev");

    private XtbJson() {}

    /**
     * Returns energy and gap.
     *
     * @throws IOException when the file is missing, is not whole, or lacks one of them
     */
    static Map<String, Double> read(Path file) throws IOException {
        Map<String, Double> results = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = FIELDS.get(parser.currentName());
                parser.nextToken();
                if (name != null) {
                    results.put(name, parser.getDoubleValue());
                }
                parser.skipChildren();
            }
        }
        if (results.size() < FIELDS.size()) {
            throw new IOException(file + " does not have all of " + FIELDS.keySet());
        }
        return results;
    }
}
