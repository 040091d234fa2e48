package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.LaunchFailedException;
import io.github.qmbench.core.ProcessRequest;
import io.github.qmbench.core.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A context that starts real programs, as simply as can be. */
final class LocalContext implements CalculationContext {

    private final Path directory;
    private final Duration timeout;
    private final Consumer<Process> onStart;
    final List<String> remarks = new ArrayList<>();
    int launches;

    LocalContext(Path directory) {
        this(directory, Duration.ofMinutes(2), process -> {});
    }

    LocalContext(Path directory, Duration timeout, Consumer<Process> onStart) {
        this.directory = directory.toAbsolutePath();
        this.timeout = timeout;
        this.onStart = onStart;
    }

    @Override
    public Path directory() throws IOException {
        return Files.createDirectories(directory);
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
        launches++;
        ProcessBuilder builder = new ProcessBuilder(request.command())
                .directory(request.directory().toFile())
                .redirectOutput(request.output().toFile())
                .redirectError(request.error().toFile());
        builder.environment().putAll(request.environment());
        long start = System.nanoTime();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new LaunchFailedException(request.command(), e.getMessage(), e);
        }
        onStart.accept(process);
        boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }
        return new ProcessResult(
                ended ? ProcessResult.Ending.EXITED : ProcessResult.Ending.TIMED_OUT,
                process.exitValue(),
                Duration.ofNanos(System.nanoTime() - start),
                "localhost");
    }

    @Override
    public void remark(String text) {
        remarks.add(text);
    }
}
