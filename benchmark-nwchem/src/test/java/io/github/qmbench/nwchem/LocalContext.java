package io.github.qmbench.nwchem;

import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A context that starts real programs, as simply as can be. */
final class LocalContext extends TestContext {

    private final Duration timeout;
    private final Consumer<Process> onStart;

    LocalContext(Path directory) {
        this(directory, Duration.ofMinutes(2), process -> {});
    }

    LocalContext(Path directory, Duration timeout, Consumer<Process> onStart) {
        super(directory);
        this.timeout = timeout;
        this.onStart = onStart;
    }

    @Override
    ProcessResult start(ProcessRequest request) throws IOException, InterruptedException {
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
        return ProcessResult.of(
                ended ? ProcessResult.Ending.EXITED : ProcessResult.Ending.TIMED_OUT,
                process.exitValue(),
                Duration.ofNanos(System.nanoTime() - start),
                "localhost");
    }
}
