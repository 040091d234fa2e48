package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A run in another process whose calculations each have a real program, and wait until the test lets them end. For tests of
 * what happens to its directory meanwhile.
 */
public final class LiveRunner implements AutoCloseable {

    public static final CalculationMatrix MATRIX =
            CalculationMatrix.builder().subjects("a", "b", "c").build();

    /** Every program of the run has this variable, with the name of the release file as its value. */
    private static final String TAG = "QMBENCH_LIVE_RUNNER";

    private final Process process;
    private final BufferedReader said;
    private final Path release;

    private LiveRunner(Process process, Path release) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.release = release;
    }

    /** Starts one, and returns when its first program runs. */
    public static LiveRunner start(Path directory, Path release, String... options) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(Torture.java(LiveRunner.class, directory.toString(), release.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        LiveRunner runner = new LiveRunner(process, release);
        while (runner.programs().isEmpty()) {
            Torture.check(process.isAlive(), "the runner has ended");
            Thread.sleep(10);
        }
        return runner;
    }

    /** Runs the matrix: directory, release file, and the limit on a stall in milliseconds if there is one. */
    public static void main(String[] args) throws Exception {
        Path release = Path.of(args[1]);
        BenchmarkRunner.Builder builder =
                BenchmarkRunner.builder(Path.of(args[0]), MATRIX, (calculation, context) -> program(release, context));
        if (args.length > 2) {
            builder.stall(Duration.ofMillis(Long.parseLong(args[2])));
        }
        RunStatus status = builder.build().run().results().status();
        System.out.println(status.state() + " " + status.progress().completed() + " done, "
                + status.progress().failed() + " failed: "
                + status.run().reason().orElse("") + status.failures());
    }

    private static CalculationOutcome program(Path release, CalculationContext context) throws Exception {
        ProcessResult result = context.launch(ProcessRequest.builder(
                        context.directory(),
                        List.of(
                                "sh",
                                "-c",
                                "while [ ! -e \"$1\" ]; do echo; sleep 0.1; done",
                                "sh",
                                release.toString()))
                .environment(TAG, release.toString())
                .build());
        return result.succeeded()
                ? CalculationOutcome.complete(Map.of())
                : CalculationOutcome.failed(result.failure()
                        .orElse(CalculationFailure.of("exit").because("exit code " + result.exitCode())));
    }

    /** Its programs that run now. */
    public List<ProcessTable.Entry> programs() {
        return ProcessTable.find(entry -> ProcessTable.environmentHolds(entry.pid(), TAG + "=" + release));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, and returns what it said last. */
    public String end() throws Exception {
        Torture.check(process.waitFor(60, TimeUnit.SECONDS), "the runner hangs");
        return Optional.ofNullable(said.readLine()).orElse("nothing; exit code " + process.exitValue());
    }

    /** Lets its programs end, and waits for its own end. */
    public String release() throws Exception {
        Files.createFile(release);
        return end();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        programs().forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }
}
