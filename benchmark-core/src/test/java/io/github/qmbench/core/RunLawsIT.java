package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.harness.Torture;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The law of a run that takes real processes; the others are in {@link RunLawsTest}. */
class RunLawsIT {

    /** Programs that end well or badly, leave a child behind, or go on until they are ended. */
    @Provide
    Arbitrary<List<String>> programs() {
        return Arbitraries.of("exit 0", "exit 3", "sleep 300 & exit 0", "setsid sleep 300 & exit 3", "sleep 300 & wait")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Property(tries = 6)
    @Label("8. No child process outlives an orderly end")
    void noChildProcessOutlivesAnOrderlyEnd(
            @ForAll("programs") List<String> programs, @ForAll @IntRange(min = 1, max = 3) int parallel)
            throws Exception {
        assumeThat(ProcessTable.isComplete()).as("there is a /proc").isTrue();
        Path path = Files.createTempDirectory("qmbench-laws");
        String tag = "QMBENCH_TEST_TAG=" + UUID.randomUUID();
        CalculationMatrix.Builder matrix = CalculationMatrix.builder();
        for (int i = 0; i < programs.size(); i++) {
            matrix.subjects("m" + i);
        }
        CountDownLatch begun = new CountDownLatch(Math.min(parallel, programs.size()));
        BenchmarkRunner runner = BenchmarkRunner.builder(path, matrix.build(), (calculation, context) -> {
                    begun.countDown();
                    String program =
                            programs.get(Integer.parseInt(calculation.subject().substring(1)));
                    ProcessResult result =
                            context.launch(ProcessRequest.builder(context.directory(), List.of("sh", "-c", program))
                                    .environment(tag.split("=")[0], tag.split("=")[1])
                                    .build());
                    return result.succeeded()
                            ? CalculationOutcome.complete(Map.of())
                            : CalculationOutcome.failed("exit").because("code " + result.exitCode());
                })
                .parallel(parallel)
                .failurePolicy(FailurePolicy.pauseAfterFailedSubjects(2))
                .build();
        Thread stopping = new Thread(() -> {
            try {
                begun.await();
                runner.requestStop(StopRequest.NOW);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        try {
            assertThat(runner.run().state().isFinal()).isTrue();
            assertThat(ProcessTable.find(entry -> ProcessTable.environmentHolds(entry.pid(), tag)))
                    .isEmpty();
        } finally {
            stopping.join();
            Torture.delete(path);
        }
    }
}
