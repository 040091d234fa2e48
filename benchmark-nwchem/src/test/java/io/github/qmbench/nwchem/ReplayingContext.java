package io.github.qmbench.nwchem;

import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ProcessResult.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A context in which every program ends at once and has written what it is told to have written. */
final class ReplayingContext extends TestContext {

    /** What one start of the program does. */
    interface Script {
        ProcessResult play(ProcessRequest request) throws IOException, InterruptedException;
    }

    private final Deque<Script> scripts = new ArrayDeque<>();

    ReplayingContext(Path directory) {
        super(directory);
    }

    ReplayingContext then(Script script) {
        scripts.add(script);
        return this;
    }

    /** The next start writes a sample's files and ends with this exit code. */
    ReplayingContext thenSample(String sample, int exitCode) {
        return thenOutput(Samples.output(sample), Samples.error(sample), exitCode);
    }

    ReplayingContext thenOutput(String output, String error, int exitCode) {
        return then(request -> {
            Files.writeString(request.output(), output, StandardCharsets.ISO_8859_1);
            Files.writeString(request.error(), error, StandardCharsets.ISO_8859_1);
            Files.writeString(request.directory().resolve("molecule.db"), "left behind");
            return ended(Ending.EXITED, exitCode);
        });
    }

    static ProcessResult ended(Ending ending, int exitCode) {
        return ProcessResult.of(ending, exitCode, Duration.ofMillis(1500), "test");
    }

    @Override
    ProcessResult start(ProcessRequest request) throws IOException, InterruptedException {
        return scripts.remove().play(request);
    }
}
