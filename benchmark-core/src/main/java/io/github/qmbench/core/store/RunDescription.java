package io.github.qmbench.core.store;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The description of a run, the content of {@code benchmark.json}: its backend, settings and calculations. Immutable,
 * safe for use by many threads.
 */
public final class RunDescription {

    private static final long SCHEMA_VERSION = 1;

    /** Of descriptions with combinations: an older reader would take their axes for independent ones. */
    private static final long SCHEMA_VERSION_OF_COMBINATIONS = 2;

    private static final String COMBINATIONS = "combinations";

    private final Instant writtenAt;
    private final String backend;
    private final Map<String, Object> details;
    private final Map<String, Object> settings;
    private final CalculationMatrix matrix;

    /**
     * Creates a description; the runner does so itself.
     *
     * @param writtenAt when the run began
     * @param backend the name of the backend
     * @param details JSON values that the program adds at the top level: the data set, versions
     * @param settings JSON values of the backend's settings
     * @param matrix the calculations of the run
     */
    public RunDescription(
            Instant writtenAt,
            String backend,
            Map<String, Object> details,
            Map<String, Object> settings,
            CalculationMatrix matrix) {
        this.writtenAt = Objects.requireNonNull(writtenAt, "writtenAt");
        this.backend = Objects.requireNonNull(backend, "backend");
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(details, "details")));
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(settings, "settings")));
        this.matrix = Objects.requireNonNull(matrix, "matrix");
    }

    /** {@return the start of the run that wrote it} */
    public Instant writtenAt() {
        return writtenAt;
    }

    /** {@return the name of the backend} */
    public String backend() {
        return backend;
    }

    /** {@return the settings of the backend, JSON values by name} */
    public Map<String, Object> settings() {
        return settings;
    }

    /**
     * {@return JSON values that the program and the backend have added, by name: {@code data_set}, {@code
     * qmbench_version}, ...}
     */
    public Map<String, Object> details() {
        return details;
    }

    /**
     * {@return one of the {@link #details}; empty if it is missing or not a text}
     *
     * @param name such as {@code qmbench_version}
     */
    public Optional<String> detail(String name) {
        return details.get(Objects.requireNonNull(name, "name")) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** {@return the calculations of the run: subjects and axes} */
    public CalculationMatrix matrix() {
        return matrix;
    }

    /** {@return the content of the file, as JSON values} */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        boolean isPlain = matrix.combinations().isEmpty();
        json.put("schema_version", isPlain ? SCHEMA_VERSION : SCHEMA_VERSION_OF_COMBINATIONS);
        json.put("written_at", writtenAt.toString());
        json.put("backend", backend);
        json.putAll(details);
        json.put("settings", settings);
        json.put("axes", matrix.axes());
        if (!isPlain) {
            json.put(COMBINATIONS, matrix.combinations());
        }
        json.put("total_tasks", matrix.size());
        json.put("subjects", matrix.subjects());
        return json;
    }

    /** Reads the file; nothing when there is none. */
    static Optional<RunDescription> read(RunDirectory directory) throws IOException {
        try {
            return Optional.of(of(Json.parseObject(RegularFile.text(RunFiles.description(directory)))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException e) {
            throw new IOException(
                    "cannot read " + RunFiles.description(directory) + ": " + Json.problem(e)
                            + "; the next run with the same options writes it again",
                    e);
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | DateTimeParseException e) {
            throw new IOException(
                    "cannot read " + RunFiles.description(directory)
                            + ": it does not say which calculations the run has ("
                            + (e instanceof IllegalArgumentException
                                    ? e.getMessage()
                                    : "a field is missing or of the wrong type")
                            + ")",
                    e);
        }
    }

    private static RunDescription of(Map<String, Object> all) {
        Map<String, Object> json = new LinkedHashMap<>(all);
        if (json.remove("schema_version") instanceof Number version
                && version.longValue() > SCHEMA_VERSION_OF_COMBINATIONS) {
            throw new IllegalArgumentException("a newer qmbench wrote it, in version " + version + " of the format");
        }
        CalculationMatrix matrix = matrix(
                texts(json.remove("subjects")), Json.asObject(json.remove("axes")), rows(json.remove(COMBINATIONS)));
        json.remove("total_tasks");
        Object settings = json.remove("settings");
        return new RunDescription(
                Instant.parse((String) Objects.requireNonNull(json.remove("written_at"), "written_at")),
                (String) Objects.requireNonNull(json.remove("backend"), "backend"),
                json,
                settings == null ? Map.of() : Json.asObject(settings),
                matrix);
    }

    private static CalculationMatrix matrix(
            List<String> subjects, Map<String, Object> axes, List<Map<String, String>> combinations) {
        Set<String> combined = new LinkedHashSet<>();
        combinations.forEach(row -> combined.addAll(row.keySet()));
        CalculationMatrix.Builder matrix = CalculationMatrix.builder().subjects(subjects);
        boolean[] added = {combinations.isEmpty()};
        axes.forEach((axis, values) -> {
            if (!combined.contains(axis)) {
                matrix.axis(axis, texts(values));
            } else if (!added[0]) {
                matrix.combinations(combinations);
                added[0] = true;
            }
        });
        return matrix.build();
    }

    private static List<Map<String, String>> rows(@Nullable Object list) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Object row : list == null ? List.of() : Json.asArray(list)) {
            Map<String, String> texts = new LinkedHashMap<>();
            Json.asObject(row).forEach((name, value) -> texts.put(name, (String) value));
            rows.add(texts);
        }
        return rows;
    }

    private static List<String> texts(@Nullable Object list) {
        return Json.asArray(list).stream().map(String.class::cast).toList();
    }
}
