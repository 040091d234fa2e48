package io.github.qmbench.slurm;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A run with Slurm in a process of its own, to be killed. Each calculation notes in {@code starts/TASK} beside the run
 * directory that its program has started, and waits there for the file {@code go-TASK}, if there is {@code wait}.
 */
final class SlurmVictim {

    private static final String PROGRAM =
            "echo $SLURM_JOB_ID >>\"$0/starts/$1\"; while [ -e \"$0/wait\" ] && [ ! -e \"$0/go-$1\" ]; do sleep 0.2; done;"
                    + " echo $1";

    private SlurmVictim() {}

    /** Runs the benchmark: run directory, number of calculations, most jobs, SLURM_CONF, PATH. */
    public static void main(String[] args) throws Exception {
        SlurmSettings settings = SlurmSettings.builder()
                .environment("SLURM_CONF", args[3])
                .environment("PATH", args[4])
                .pollInterval(Duration.ofMillis(300), Duration.ofSeconds(1))
                .grace(Duration.ofSeconds(2))
                .fence(Duration.ofSeconds(1))
                .maxJobs(Integer.parseInt(args[2]))
                .build();
        try (SlurmLauncher launcher = new SlurmLauncher(settings)) {
            RunOutcome outcome = runner(Path.of(args[0]), Integer.parseInt(args[1]), launcher)
                    .build()
                    .run();
            System.exit(outcome.isWhole() ? 0 : 1);
        }
    }

    static CalculationMatrix matrix(int calculations) {
        return CalculationMatrix.builder()
                .subjects(
                        IntStream.range(0, calculations).mapToObj(i -> "m" + i).toList())
                .build();
    }

    static BenchmarkRunner.Builder runner(Path results, int calculations, SlurmLauncher launcher) throws IOException {
        Path place = results.toAbsolutePath().getParent();
        Files.createDirectories(place.resolve("starts"));
        return BenchmarkRunner.builder(results, matrix(calculations), (calculation, context) -> {
                    ProcessResult result = context.launch(ProcessRequest.builder(
                                    context.directory(),
                                    List.of("sh", "-c", PROGRAM, place.toString(), calculation.taskId()))
                            .build());
                    if (!result.succeeded()) {
                        return CalculationOutcome.failed(result.failure()
                                .orElse(CalculationFailure.of("exit").because("exit code " + result.exitCode())));
                    }
                    String said = Files.readString(context.directory().resolve("stdout"));
                    return CalculationOutcome.complete(Map.of("said", said.strip()));
                })
                .launcher(launcher)
                .parallel(calculations)
                .failurePolicy(FailurePolicy.never());
    }

    /** The command that starts it. */
    static List<String> command(Path results, int calculations, int maxJobs, TestCluster cluster)
            throws ClassNotFoundException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                SlurmVictim.class.getName(),
                results.toString(),
                Integer.toString(calculations),
                Integer.toString(maxJobs),
                cluster.conf().toString(),
                cluster.path());
    }

    private static String classPath() throws ClassNotFoundException {
        Set<String> places = new LinkedHashSet<>();
        String base = System.getProperty("basedir"); // set by Surefire and Failsafe, where the tests are in a module
        if (base != null) {
            places.add(Path.of(base, "target", "classes").toString());
            places.add(Path.of(base, "target", "test-classes").toString());
        }
        for (Class<?> one : List.of(
                SlurmVictim.class,
                SlurmLauncher.class,
                BenchmarkRunner.class,
                Class.forName("com.fasterxml.jackson.core.JsonFactory"),
                org.slf4j.Logger.class)) {
            try {
                places.add(Path.of(one.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.join(java.io.File.pathSeparator, new ArrayList<>(places));
    }
}
