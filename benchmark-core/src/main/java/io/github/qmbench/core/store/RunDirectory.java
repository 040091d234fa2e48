package io.github.qmbench.core.store;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The directory of a run and the names of the files in it. Creates and reads no file. Immutable.
 *
 * <p>A calculation's directory is {@code compound_05/B3LYP_CHCl3}: its task id with some bytes replaced by {@code %}
 * and two hexadecimal digits. These are all bytes outside letters, digits and {@code . _ - + ( ) , = @}. The first
 * character of a part is replaced as well if it is a dot, or if the part is named like a file of the run: {@code STOP},
 * {@code *.json}, {@code *.jsonl}, {@code *.log} and {@code *.lock}. So no task id leads out of the run directory or
 * into its files, and no two lead to the same place. Parts longer than 120 characters are cut and end in {@code ~} and
 * a digest.
 */
public final class RunDirectory {

    private static final int LONGEST_NAME = 120;
    private static final Pattern NAME_OF_THE_RUN =
            Pattern.compile("\\..*|(?i:STOP|.*\\.(json|jsonl|log|lock))", Pattern.DOTALL);

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * {@return the run directory at a path; it need not exist}
     *
     * @param path need not exist
     */
    public static RunDirectory of(Path path) {
        return new RunDirectory(Objects.requireNonNull(path, "path"));
    }

    /** {@return the path of the directory, absolute} */
    public Path path() {
        return path;
    }

    /**
     * {@return the directory of one calculation of a run here}
     *
     * @param taskId may hold any characters
     */
    public Path calculation(String taskId) {
        Path directory = path;
        for (String part : Objects.requireNonNull(taskId, "taskId").split("/", -1)) {
            directory = directory.resolve(safeName(part));
        }
        return directory;
    }

    /**
     * {@return the directory with the files of a recorded calculation} For a result that was adopted from another run
     * directory, it is there.
     *
     * @param record an attempt in this directory
     */
    public Path calculation(JournalRecord record) {
        String taskId = Objects.requireNonNull(record, "record").calculation().taskId();
        return record.attempt()
                .origin()
                .flatMap(Attempt.Origin::directory)
                .map(other -> of(Path.of(other)))
                .orElse(this)
                .calculation(taskId);
    }

    private static String safeName(String part) {
        StringBuilder name = new StringBuilder();
        boolean firstIsEscaped = NAME_OF_THE_RUN.matcher(part).matches();
        part.codePoints().forEach(c -> {
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if ((letterOrDigit || "._-+(),=@".indexOf(c) >= 0) && !(firstIsEscaped && name.isEmpty())) {
                name.append((char) c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                name.append(String.format("%%u%04X", c)); // half a pair, which has no bytes in UTF-8
            } else {
                for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    name.append(String.format("%%%02X", one));
                }
            }
        });
        if (name.isEmpty()) {
            return "%";
        }
        if (name.length() > LONGEST_NAME) {
            String digest = Fingerprint.digestOf(name.toString());
            name.setLength(LONGEST_NAME - digest.length() - 1);
            name.append('~').append(digest);
        }
        return name.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunDirectory that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
