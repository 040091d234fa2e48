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
     * {@return a builder of a request}
     *
     * @param directory the working directory; must exist
     * @param command the program and its arguments, not empty
     */
    public static Builder builder(Path directory, List<String> command) {
        return new Builder(directory, command);
    }

    /** {@return a builder that holds the values of this request} */
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

    /** {@return the program and its arguments} */
    public List<String> command() {
        return command;
    }

    /** {@return the working directory} */
    public Path directory() {
        return directory;
    }

    /** {@return the variables set in addition to the environment of the runner} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return the file for standard output; replaced} */
    public Path output() {
        return output;
    }

    /** {@return the file for standard error; replaced} */
    public Path error() {
        return error;
    }

    /** {@return the file for standard input; {@code /dev/null} when there is none} */
    public Path input() {
        return input;
    }

    /** {@return the text that is written to {@link #input} before the program starts} */
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

    /** {@return how long the program may take to end by itself after SIGTERM; then it is killed} */
    public Duration grace() {
        return grace;
    }

    /** {@return the number of cores that the program keeps busy} */
    public int cores() {
        return cores;
    }

    /** {@return the memory that the program needs, in bytes; empty when the launcher's own amount will do} */
    public OptionalLong memoryBytes() {
        return memoryBytes == 0 ? OptionalLong.empty() : OptionalLong.of(memoryBytes);
    }

    /** {@return the time after which the program is ended; empty for no limit} */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** {@return how long its output may stop growing before the program is ended; empty for no limit} */
    public Optional<Duration> stall() {
        return Optional.ofNullable(stall);
    }

    /** {@return what the program is to do, beyond its command; see {@link Builder#purpose}} */
    public String purpose() {
        return purpose;
    }

    /**
     * {@return a short text that is the same for requests of the same program, files, environment and purpose, and for
     * no others}
     */
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

    /** A builder of {@link ProcessRequest}. For one thread. */
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

        /**
         * Sets one environment variable.
         *
         * @param name of the variable
         * @param value replaces that of the runner
         * @return this builder
         */
        public Builder environment(String name, String value) {
            environment.put(Require.text(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets the file for standard output, relative to the working directory.
         *
         * @param file {@code stdout} by default
         * @return this builder
         */
        public Builder output(String file) {
            output = Require.text(file, "file");
            return this;
        }

        /**
         * Sets the file for standard error, relative to the working directory.
         *
         * @param file {@code stderr} by default
         * @return this builder
         */
        public Builder error(String file) {
            error = Require.text(file, "file");
            return this;
        }

        /**
         * Sets the file for standard input, relative to the working directory; none by default.
         *
         * @param file must exist when the program starts
         * @return this builder
         */
        public Builder input(String file) {
            input = Require.text(file, "file");
            inputText = null;
            return this;
        }

        /**
         * Sets the text for standard input; it is kept in the file {@code stdin} of the working directory.
         *
         * @param text written as UTF-8
         * @return this builder
         */
        public Builder inputText(String text) {
            input = "stdin";
            inputText = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Sets how long the program may take to end by itself after a SIGTERM to its process group; 5 seconds by
         * default. Then it is killed, with all that it has started. For programs on this machine.
         *
         * @param time positive
         * @return this builder
         */
        public Builder grace(Duration time) {
            grace = Require.positive(time, "grace");
            return this;
        }

        /**
         * Sets the number of cores that the program keeps busy; 1 by default.
         *
         * @param number at least 1
         * @return this builder
         */
        public Builder cores(int number) {
            cores = Require.atLeastOne(number, "cores");
            return this;
        }

        /**
         * Sets the memory that the program needs, where it differs from the launcher's own amount. A launcher without
         * memory of its own, as that of this machine, ignores it.
         *
         * @param bytes positive
         * @return this builder
         */
        public Builder memoryBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("memoryBytes must be positive but was " + bytes);
            }
            memoryBytes = bytes;
            return this;
        }

        /**
         * Sets the time after which the program is ended; none by default.
         *
         * @param limit positive
         * @return this builder
         */
        public Builder timeout(Duration limit) {
            timeout = Require.positive(limit, "timeout");
            return this;
        }

        /**
         * Sets how long its output may stop growing before the program is ended; no limit by default.
         *
         * @param limit positive
         * @return this builder
         */
        public Builder stall(Duration limit) {
            stall = Require.positive(limit, "stall");
            return this;
        }

        /**
         * Sets what else decides what the program does: the text of its input file. A program that has outlived its
         * runner is resumed only by a request of the same command, files, environment and purpose.
         *
         * @param text any text
         * @return this builder
         */
        public Builder purpose(String text) {
            purpose = Objects.requireNonNull(text, "text");
            return this;
        }

        /** {@return the request with the present settings} */
        public ProcessRequest build() {
            return new ProcessRequest(this);
        }
    }
}
