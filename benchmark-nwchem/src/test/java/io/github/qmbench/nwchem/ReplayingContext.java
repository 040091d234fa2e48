package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.ProcessRequest;
import io.github.qmbench.core.ProcessResult;
import io.github.qmbench.core.ProcessResult.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A context in which every program ends at once and has written what it is told to have written. */
final class ReplayingContext implements CalculationContext {

    /** What one start of the program does. */
    interface Script {
        ProcessResult play(ProcessRequest request) throws IOException, InterruptedException;
    }

    private final Path directory;
    private final Deque<Script> scripts = new ArrayDeque<>();
    final List<ProcessRequest> requests = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();

    ReplayingContext(Path directory) {
        this.directory = directory;
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
        return new ProcessResult(ending, exitCode, Duration.ofMillis(1500), "test");
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Cancellation cancellation() {
        return new Cancellation();
    }

    @Override
    public int sideBySide() {
        return 1;
    }

    @Override
    public ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException {
        requests.add(request);
        return scripts.remove().play(request);
    }

    @Override
    public void remark(String text) {
        remarks.add(text);
    }
}
