package io.github.qmbench.core.internal;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.ResourceUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The text of a line of {@code progress.jsonl}; field names stand here and nowhere else.
 *
 * <p>A line is one JSON object, UTF-8, ended by a newline. Its last field, {@code crc}, holds the CRC-32C (RFC 3720) of all
 * bytes of the line before {@code ,"crc"}, as eight hexadecimal digits: a changed byte anywhere is seen.
 */
public final class JournalFormat {

    private static final String RESULTS = "results";
    private static final String USAGE = "usage";
    private static final String ADOPTED_FROM = "adopted_from";
    private static final String CHECKSUM_FIELD = ",\"crc\":\"";
    private static final int CHECKSUM_LENGTH = CHECKSUM_FIELD.length() + 8 + "\"}".length();

    private JournalFormat() {}

    /**
     * Returns a line with its newline.
     *
     * @throws RecordTooLargeException when it would be longer than {@link JournalLines#MOST_BYTES}
     */
    public static byte[] write(JournalRecord record) {
        Calculation calculation = record.calculation();
        Attempt attempt = record.attempt();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", calculation.taskId());
        json.put("status", record.outcome().state().word());
        json.put(
                "error",
                reason(record.outcome().state()).map(JournalFormat::error).orElse(null));
        json.put("duration_seconds", attempt.duration().toMillis() / 1000.0);
        json.put("started_at", IsoTime.text(attempt.startedAt()));
        json.put("finished_at", IsoTime.text(attempt.finishedAt()));
        json.put("attempt", attempt.number());
        json.put("run_id", attempt.runId());
        json.put("fingerprint", record.fingerprint().digest());
        json.put("fingerprint_of", record.fingerprint().fields());
        json.put("subject", calculation.subject());
        json.put("parameters", calculation.parameters());
        if (!attempt.launches().isEmpty()) {
            json.put(
                    "launches",
                    attempt.launches().stream().map(JournalFormat::launch).toList());
        }
        attempt.usage().ifPresent(usage -> json.put(USAGE, usage(usage)));
        attempt.origin().ifPresent(origin -> json.put(ADOPTED_FROM, origin(origin)));
        json.put(RESULTS, record.outcome().results());
        Line line = new Line();
        try {
            Json.write(json, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return line.ended();
    }

    /** The bytes of a line while it is made; never more than a line may have. */
    private static final class Line extends ByteArrayOutputStream {
        Line() {
            super(512);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (length > JournalLines.MOST_BYTES - count) {
                throw new RecordTooLargeException();
            }
            super.write(bytes, offset, length);
        }

        /** Puts checksum and newline in the place of the closing brace. */
        byte[] ended() {
            count--;
            writeBytes((CHECKSUM_FIELD + checksum(buf, count) + "\"}\n").getBytes(StandardCharsets.US_ASCII));
            return toByteArray();
        }
    }

    /** Returns a launch of a program as JSON values: where it ran, how long it waited, and how long it ran. */
    public static Map<String, Object> launch(Attempt.Launch launch) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("where", launch.where());
        json.put("waited_seconds", launch.waited().toMillis() / 1000.0);
        json.put("ran_seconds", launch.ran().toMillis() / 1000.0);
        return json;
    }

    /** Returns what programs used as JSON values; what is not known has no field. */
    public static Map<String, Object> usage(ResourceUsage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cpu_seconds", usage.cpu().toMillis() / 1000.0);
        json.put("reserved_core_seconds", usage.reservedCoreTime().toMillis() / 1000.0);
        usage.peakMemoryBytes().ifPresent(bytes -> json.put("peak_memory_bytes", bytes));
        usage.reservedMemoryBytes().ifPresent(bytes -> json.put("reserved_memory_bytes", bytes));
        usage.readBytes().ifPresent(bytes -> json.put("read_bytes", bytes));
        usage.writtenBytes().ifPresent(bytes -> json.put("written_bytes", bytes));
        return json;
    }

    private static Attempt withUsage(Attempt attempt, Fields json) {
        if (!json.json().containsKey(USAGE)) {
            return attempt;
        }
        Fields fields = new Fields(json.object(USAGE));
        ResourceUsage usage = ResourceUsage.ofCpu(fields.seconds("cpu_seconds"))
                .withReservedCoreTime(fields.seconds("reserved_core_seconds"));
        if (fields.json().containsKey("peak_memory_bytes")) {
            usage = usage.withPeakMemory(fields.number("peak_memory_bytes").longValue());
        }
        if (fields.json().containsKey("reserved_memory_bytes")) {
            usage = usage.withReservedMemory(
                    fields.number("reserved_memory_bytes").longValue());
        }
        if (fields.json().containsKey("read_bytes")) {
            usage = usage.withTransfer(
                    fields.number("read_bytes").longValue(),
                    fields.number("written_bytes").longValue());
        }
        return attempt.withUsage(usage);
    }

    /** Returns as JSON values which attempt a record was adopted from; one of the same run directory has no field for it. */
    public static Map<String, Object> origin(Attempt.Origin origin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attempt", origin.attempt());
        json.put("run_id", origin.runId());
        origin.directory().ifPresent(directory -> json.put("directory", directory));
        return json;
    }

    private static Optional<Attempt.Origin> origin(Fields json) {
        if (!json.json().containsKey(ADOPTED_FROM)) {
            return Optional.empty();
        }
        Fields fields = new Fields(json.object(ADOPTED_FROM));
        Attempt.Origin origin = Attempt.Origin.of(fields.number("attempt").intValue(), fields.text("run_id"));
        return Optional.of(fields.json().containsKey("directory") ? origin.in(fields.text("directory")) : origin);
    }

    private static List<Attempt.Launch> launches(Fields json) {
        List<Attempt.Launch> launches = new ArrayList<>();
        if (json.json().containsKey("launches")) {
            for (Object launch : Json.asArray(json.json().get("launches"))) {
                Fields fields = new Fields(Json.asObject(launch));
                launches.add(Attempt.Launch.of(
                        fields.text("where"), fields.seconds("waited_seconds"), fields.seconds("ran_seconds")));
            }
        }
        return launches;
    }

    private static Optional<CalculationFailure> reason(CalculationState state) {
        return state instanceof CalculationState.Retrying retrying ? Optional.of(retrying.reason()) : state.failure();
    }

    private static Map<String, Object> error(CalculationFailure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", failure.kind());
        json.put("message", failure.message());
        json.put("blame", failure.blame().name().toLowerCase(java.util.Locale.ROOT));
        if (!failure.evidence().isEmpty()) {
            json.put("evidence", failure.evidence());
        }
        return json;
    }

    /**
     * Reads a line without its newline.
     *
     * @throws IllegalArgumentException saying what is wrong, when it is not exactly what {@link #write} writes
     */
    public static JournalRecord read(byte[] line) {
        return read(line, true);
    }

    /** Reads a line as {@link #read(byte[])} does, but leaves the results empty, which is much quicker. */
    public static JournalRecord readWithoutResults(byte[] line) {
        return read(line, false);
    }

    private static JournalRecord read(byte[] line, boolean withResults) {
        check(line);
        try {
            // Results are the last field, and the checksum says that they are whole.
            return record(new Fields(Json.parseTrusted(line, withResults ? null : RESULTS)), withResults);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not a complete JSON object", e);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("'" + e.getParsedString() + "' is not a valid time", e);
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("a field is missing or of the wrong type", e);
        }
    }

    /** Refuses a line whose checksum is not that of its bytes. */
    private static void check(byte[] line) {
        int bodyLength = line.length - CHECKSUM_LENGTH;
        if (bodyLength < 1) {
            throw new IllegalArgumentException("not a record of a journal");
        }
        String end = new String(line, bodyLength, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1);
        if (!end.startsWith(CHECKSUM_FIELD) || !end.endsWith("\"}")) {
            throw new IllegalArgumentException("it does not end in a checksum, so this program did not write it");
        }
        String found = end.substring(CHECKSUM_FIELD.length(), CHECKSUM_FIELD.length() + 8);
        String expected = checksum(line, bodyLength);
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("its checksum is " + found + " but should be " + expected
                    + ": it was changed after it was written");
        }
    }

    private static String checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static JournalRecord record(Fields json, boolean withResults) {
        Calculation calculation =
                Calculation.of(json.text("subject"), json.texts("parameters")).withTaskId(json.text("task_id"));
        Attempt attempt = Attempt.of(
                json.number("attempt").intValue(),
                json.text("run_id"),
                IsoTime.parse(json.text("started_at")),
                IsoTime.parse(json.text("finished_at")),
                json.seconds("duration_seconds"),
                launches(json),
                origin(json));
        Map<String, Object> results = withResults ? json.object(RESULTS) : Map.of();
        return JournalRecord.of(
                calculation,
                withUsage(attempt, json),
                new CalculationOutcome(results, state(json)),
                Fingerprint.of(json.texts("fingerprint_of")));
    }

    private static CalculationState state(Fields json) {
        String status = json.text("status");
        return switch (status) {
            case "complete" -> CalculationState.COMPLETE;
            case "cancelled" -> CalculationState.CANCELLED;
            case "interrupted" -> CalculationState.INTERRUPTED;
            case "retrying" -> new CalculationState.Retrying(failure(new Fields(json.object("error"))));
            case "failed" -> new CalculationState.Failed(failure(new Fields(json.object("error"))));
            default -> throw new IllegalArgumentException("unknown status " + status);
        };
    }

    private static CalculationFailure failure(Fields error) {
        return CalculationFailure.of(
                        error.text("kind"),
                        CalculationFailure.Blame.valueOf(error.text("blame").toUpperCase(java.util.Locale.ROOT)))
                .because(error.text("message"))
                .withEvidence(error.json().containsKey("evidence") ? error.object("evidence") : Map.of());
    }

    /** The fields of a JSON object; a wrong type is a {@link ClassCastException}, a missing one a null pointer. */
    public record Fields(Map<String, Object> json) {
        String text(String name) {
            return java.util.Objects.requireNonNull((String) json.get(name), name);
        }

        Number number(String name) {
            return java.util.Objects.requireNonNull((Number) json.get(name), name);
        }

        Duration seconds(String name) {
            return Duration.ofMillis(Math.round(number(name).doubleValue() * 1000));
        }

        Map<String, Object> object(String name) {
            return Json.asObject(java.util.Objects.requireNonNull((Map<?, ?>) json.get(name), name));
        }

        Map<String, String> texts(String name) {
            Map<String, String> texts = new LinkedHashMap<>();
            object(name).forEach((key, value) -> texts.put(key, (String) value));
            return texts;
        }
    }
}
