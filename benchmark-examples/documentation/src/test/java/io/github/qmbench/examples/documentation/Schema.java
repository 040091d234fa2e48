package io.github.qmbench.examples.documentation;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JSON Schema of {@code docs/schemas}. */
final class Schema {

    static final Path DIRECTORY = Path.of("../../docs/schemas");

    private final com.networknt.schema.Schema schema;

    private Schema(String text) {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    static Schema of(String name) throws IOException {
        return new Schema(Files.readString(DIRECTORY.resolve(name + ".schema.json")));
    }

    /** Returns what is wrong with a text, a sentence each. */
    List<String> problems(String json) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
