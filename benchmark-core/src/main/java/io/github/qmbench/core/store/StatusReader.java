package io.github.qmbench.core.store;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The reader of {@code status.json}, for any process. It takes no lock, writes nothing, and needs no more than
 * permission to read; unknown fields are ignored. Safe for use by many threads.
 */
public final class StatusReader {

    private final Path file;

    /**
     * Creates a reader for a run directory.
     *
     * @param directory need not have a status
     */
    public StatusReader(RunDirectory directory) {
        this(RunFiles.status(directory));
    }

    /**
     * Creates a reader for a file.
     *
     * @param file need not exist
     */
    public StatusReader(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /**
     * Reads the present status.
     *
     * @return the status, or nothing when there is none
     * @throws StatusUnreadableException when the file holds something else; the message names it and says what is wrong
     * @throws IOException when it cannot be read, or is no regular file
     */
    public Optional<RunStatus> read() throws IOException {
        return read(StatusFormat::read);
    }

    /** Returns the present status as JSON values, with {@code liveness} at this time; for {@link RecordedRun}. */
    Optional<Map<String, Object>> readFields(Instant now) throws IOException {
        return read(text -> {
            Map<String, Object> fields = new LinkedHashMap<>(Json.parseObject(text));
            fields.put("liveness", StatusFormat.read(text).liveness(now).word());
            return fields;
        });
    }

    @FunctionalInterface
    private interface Format<T> {
        T read(String text) throws JsonParseException;
    }

    private <T> Optional<T> read(Format<T> format) throws IOException {
        try {
            return Optional.of(format.read(RegularFile.text(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException e) {
            throw new StatusUnreadableException(file, Json.problem(e), e);
        } catch (CharacterCodingException e) {
            throw new StatusUnreadableException(file, "it is not UTF-8 text", e);
        } catch (IllegalArgumentException e) {
            throw new StatusUnreadableException(file, String.valueOf(e.getMessage()), e);
        }
    }
}
