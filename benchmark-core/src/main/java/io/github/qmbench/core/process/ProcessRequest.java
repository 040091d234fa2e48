package io.github.qmbench.core.process;

import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program to be started. No shell is involved: arguments reach the program as they are, blanks, quotes and newlines
 * included. Immutable; made with {@link #builder}.
 *
 * <p>Defaults: one core; the launcher's own amount of memory; standard output and error in {@code stdout} and {@code stderr} of the working directory; no
 * limits of its own; no input; the environment of the runner.
 */
public final class ProcessRequest {

    private static final Path NO_INPUT = Path.of("/dev/null");

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final Path output;
    private final Path error;
    private final Path input;
    private final Optional<String> inputText;
    private final Duration grace;
    private final int cores;
    private final long memoryBytes;
    private final @Nullable Duration timeout;
    private final @Nullable Duration stall;
    private final String purpose;

    private ProcessRequest(Builder builder) {
        this.command = List.copyOf(builder.command);
        this.directory = builder.directory;
        this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
        this.output = directory.resolve(builder.output);
        this.error = directory.resolve(builder.error);
        this.input = builder.input == null ? NO_INPUT : directory.resolve(builder.input);
        this.inputText = Optional.ofNullable(builder.inputText);
        this.grace = builder.grace;
        this.cores = builder.cores;
        this.memoryBytes = builder.memoryBytes;
        this.timeout = builder.timeout;
        this.stall = builder.stall;
        this.purpose = builder.purpose;
    }

    /**
     * Begins a request.
     *
     * @param directory the working directory; must exist
     * @param command program and arguments
     */
    public static Builder builder(Path directory, List<String> command) {
        return new Builder(directory, command);
    }

    /** Returns a builder that holds the values of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder(directory, command);
        builder.environment.putAll(environment);
        builder.output = output.toString();
        builder.error = error.toString();
        builder.input = input.toString();
        builder.inputText = inputText.orElse(null);
        builder.grace = grace;
        builder.cores = cores;
        builder.memoryBytes = memoryBytes;
        builder.timeout = timeout;
        builder.stall = stall;
        builder.purpose = purpose;
        return builder;
    }

    /** Program and arguments. */
    public List<String> command() {
        return command;
    }

    /** The working directory. */
    public Path directory() {
        return directory;
    }

    /** Variables set in addition to the environment of the runner. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The file for standard output; replaced. */
    public Path output() {
        return output;
    }

    /** The file for standard error; replaced. */
    public Path error() {
        return error;
    }

    /** The file for standard input; {@code /dev/null} when there is none. */
    public Path input() {
        return input;
    }

    /** The text that is written to {@link #input} before the program starts. */
    public Optional<String> inputText() {
        return inputText;
    }

    /**
     * Writes the text for standard input to its file, if there is one; the run does so before it starts a program.
     *
     * @throws IOException when it cannot be written
     */
    public void writeInput() throws IOException {
        if (inputText.isPresent()) {
            Files.writeString(input, inputText.get());
        }
    }

    /** How long the program may take to end by itself after SIGTERM; then it is killed. */
    public Duration grace() {
        return grace;
    }

    /** How many cores the program keeps busy. */
    public int cores() {
        return cores;
    }

    /** The memory that the program needs, in bytes; empty when the launcher's own amount will do. */
    public OptionalLong memoryBytes() {
        return memoryBytes == 0 ? OptionalLong.empty() : OptionalLong.of(memoryBytes);
    }

    /** After what time it is ended. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** It is ended when its output has not grown for this long. */
    public Optional<Duration> stall() {
        return Optional.ofNullable(stall);
    }

    /** What the program is to do, beyond its command: see {@link Builder#purpose}. */
    public String purpose() {
        return purpose;
    }

    /** A short text that is the same for requests of the same program, files, environment and purpose, and for no others. */
    public String identity() {
        List<Object> all = new ArrayList<>(List.of(
                command,
                directory.toString(),
                output.toString(),
                error.toString(),
                new TreeMap<>(environment), // another order is the same environment
                purpose));
        if (!input.equals(NO_INPUT)) {
            all.add(input.toString());
            all.add(inputText.orElse(""));
        }
        return Fingerprint.of(Map.of("request", Json.write(all))).digest();
    }

    /** Builds a {@link ProcessRequest}. */
    public static final class Builder {
        private final Path directory;
        private final List<String> command;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private String output = "stdout";
        private String error = "stderr";
        private @Nullable String input;
        private @Nullable String inputText;
        private Duration grace = Duration.ofSeconds(5);
        private int cores = 1;
        private long memoryBytes;
        private @Nullable Duration timeout;
        private @Nullable Duration stall;
        private String purpose = "";

        private Builder(Path directory, List<String> command) {
            this.directory = Objects.requireNonNull(directory, "directory").toAbsolutePath();
            this.command = List.copyOf(Objects.requireNonNull(command, "command"));
            if (this.command.isEmpty()) {
                throw new IllegalArgumentException("command must not be empty");
            }
        }

        /** Sets one environment variable. */
        public Builder environment(String name, String value) {
            environment.put(Require.text(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Sets the file for standard output, relative to the working directory. */
        public Builder output(String file) {
            output = Require.text(file, "file");
            return this;
        }

        /** Sets the file for standard error, relative to the working directory. */
        public Builder error(String file) {
            error = Require.text(file, "file");
            return this;
        }

        /** Sets the file for standard input, relative to the working directory; none by default. */
        public Builder input(String file) {
            input = Require.text(file, "file");
            inputText = null;
            return this;
        }

        /** Sets the text for standard input; it is kept in the file {@code stdin} of the working directory. */
        public Builder inputText(String text) {
            input = "stdin";
            inputText = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Sets how long the program may take to end by itself when it is told to, by SIGTERM to its process group; 5 seconds
         * by default. Then it is killed, with all that it has started. For programs on this machine.
         */
        public Builder grace(Duration time) {
            grace = Require.positive(time, "grace");
            return this;
        }

        /** Sets how many cores the program keeps busy. */
        public Builder cores(int number) {
            cores = Require.atLeastOne(number, "cores");
            return this;
        }

        /**
         * Sets the memory that the program needs, in bytes, where it is another than the launcher's own amount. A launcher
         * without memory of its own, as that of this machine, does not look at it.
         */
        public Builder memoryBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("memoryBytes must be positive but was " + bytes);
            }
            memoryBytes = bytes;
            return this;
        }

        /** Sets after what time the program is ended. */
        public Builder timeout(Duration limit) {
            timeout = Require.positive(limit, "timeout");
            return this;
        }

        /** Sets after what time without growth of its output the program is ended. */
        public Builder stall(Duration limit) {
            stall = Require.positive(limit, "stall");
            return this;
        }

        /**
         * Says what else decides what the program does: the text of its input file. A program that has outlived its runner
         * is taken up only by a request of the same command, files, environment and purpose.
         */
        public Builder purpose(String text) {
            purpose = Objects.requireNonNull(text, "text");
            return this;
        }

        /** Returns the request. */
        public ProcessRequest build() {
            return new ProcessRequest(this);
        }
    }
}
