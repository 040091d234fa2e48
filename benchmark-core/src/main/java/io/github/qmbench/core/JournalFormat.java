package io.github.qmbench.core;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The text of a line of {@code progress.jsonl}; field names stand here and nowhere else.
 *
 * <p>A line is one JSON object, UTF-8, ended by a newline. Its last field, {@code crc}, holds the CRC-32C (RFC 3720) of all
 * bytes of the line before {@code ,"crc"}, as eight hexadecimal digits: a changed byte anywhere is seen.
 */
final class JournalFormat {

    private static final String CHECKSUM_FIELD = ",\"crc\":\"";
    private static final int CHECKSUM_LENGTH = CHECKSUM_FIELD.length() + 8 + "\"}".length();

    private JournalFormat() {}

    /** Returns a line with its newline. */
    static byte[] write(JournalRecord record) {
        Calculation calculation = record.calculation();
        Attempt attempt = record.attempt();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", calculation.taskId());
        json.put("status", record.outcome().state().word());
        json.put(
                "error",
                record.outcome().state().failure().map(JournalFormat::error).orElse(null));
        json.put("duration_seconds", attempt.duration().toMillis() / 1000.0);
        json.put("started_at", attempt.startedAt().toString());
        json.put("finished_at", attempt.finishedAt().toString());
        json.put("attempt", attempt.number());
        json.put("run_id", attempt.runId());
        json.put("fingerprint", record.fingerprint().digest());
        json.put("fingerprint_of", record.fingerprint().fields());
        json.put("subject", calculation.subject());
        json.put("parameters", calculation.parameters());
        json.put("results", record.outcome().results());
        if (!attempt.launches().isEmpty()) {
            json.put(
                    "launches",
                    attempt.launches().stream().map(JournalFormat::launch).toList());
        }
        String text = Json.write(json);
        byte[] body = text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        byte[] end = (CHECKSUM_FIELD + checksum(body, body.length) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(body.length + end.length).put(body).put(end).array();
    }

    private static Map<String, Object> launch(Attempt.Launch launch) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("where", launch.where());
        json.put("waited_seconds", launch.waited().toMillis() / 1000.0);
        json.put("ran_seconds", launch.ran().toMillis() / 1000.0);
        return json;
    }

    private static List<Attempt.Launch> launches(Fields json) {
        List<Attempt.Launch> launches = new ArrayList<>();
        if (json.json().containsKey("launches")) {
            for (Object launch : Json.asArray(json.json().get("launches"))) {
                Fields fields = new Fields(Json.asObject(launch));
                launches.add(new Attempt.Launch(
                        fields.text("where"), fields.seconds("waited_seconds"), fields.seconds("ran_seconds")));
            }
        }
        return launches;
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
    static JournalRecord read(byte[] line) {
        try {
            return record(new Fields(Json.parseObject(checkedText(line))));
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not a whole JSON object: " + e.getOriginalMessage(), e);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("not a time: " + e.getParsedString(), e);
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("a field is missing or of the wrong type", e);
        }
    }

    private static String checkedText(byte[] line) {
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
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8 text", e);
        }
    }

    private static String checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return String.format("%08x", crc.getValue());
    }

    private static JournalRecord record(Fields json) {
        Calculation calculation =
                Calculation.withTaskId(json.text("task_id"), json.text("subject"), json.texts("parameters"));
        Attempt attempt = new Attempt(
                json.number("attempt").intValue(),
                json.text("run_id"),
                Instant.parse(json.text("started_at")),
                Instant.parse(json.text("finished_at")),
                json.seconds("duration_seconds"),
                launches(json));
        CalculationOutcome outcome = new CalculationOutcome(json.object("results"), state(json));
        return new JournalRecord(calculation, attempt, outcome, Fingerprint.of(json.texts("fingerprint_of")));
    }

    private static CalculationState state(Fields json) {
        String status = json.text("status");
        switch (status) {
            case "complete":
                return CalculationState.COMPLETE;
            case "cancelled":
                return CalculationState.CANCELLED;
            case "interrupted":
                return CalculationState.INTERRUPTED;
            case "failed":
                Fields error = new Fields(json.object("error"));
                return new CalculationState.Failed(new CalculationFailure(
                        error.text("kind"),
                        error.text("message"),
                        CalculationFailure.Blame.valueOf(error.text("blame").toUpperCase(java.util.Locale.ROOT)),
                        error.json().containsKey("evidence") ? error.object("evidence") : Map.of()));
            default:
                throw new IllegalArgumentException("unknown status " + status);
        }
    }

    /** The fields of a JSON object; a wrong type is a {@link ClassCastException}, a missing one a null pointer. */
    private record Fields(Map<String, Object> json) {
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
