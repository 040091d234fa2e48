package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.harness.FakeControl;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real programs use, beside what they say themselves ({@code times} of the shell). */
@Timeout(400)
class ResourceUsageIT {

    private static final long MEGABYTE = 1 << 20;

    /** Keeps a core busy for about a second. */
    private static final String BUSY = "i=0; while [ $i -lt 1500000 ]; do i=$((i+1)); done";

    @TempDir
    Path path;

    private final FakeControl control = new FakeControl();

    @BeforeEach
    void needsProcessTable() {
        assumeThat(ProcessTable.isComplete()).as("there is a /proc").isTrue();
    }

    private ProcessRequest.Builder script(String text) {
        return ProcessRequest.builder(path, List.of("sh", "-c", text));
    }

    private ResourceUsage usageOf(ProcessRequest request) throws Exception {
        ProcessLauncher.local().launch(request, control);
        assertThat(control.used).hasSize(1);
        return control.used.get(0);
    }

    /** The seconds in a file that {@code times} wrote: of a shell and of those that it waited for, user and system. */
    private double told(String file) throws IOException {
        double seconds = 0;
        for (MatchResult time : Pattern.compile("(\\d+)m(\\d+\\.\\d+)s")
                .matcher(Files.readString(path.resolve(file)))
                .results()
                .toList()) {
            seconds += 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2));
        }
        return seconds;
    }

    @Test
    void memoryIsThatOfTwoProcessesTogether() throws Exception {
        // tail keeps a line of a hundred megabytes until it is whole
        String hold = "{ head -c 104857600 /dev/zero; sleep 6; } | tail -n 1 >/dev/null";

        ResourceUsage usage = usageOf(script(hold + " & " + hold + " & wait").build());

        assertThat(usage.peakMemoryBytes().orElseThrow()).isBetween(200 * MEGABYTE, 230 * MEGABYTE);
    }

    @Test
    void timeOfManyShortChildrenIsAsTheShellTellsIt() throws Exception {
        ResourceUsage usage = usageOf(script("j=0; while [ $j -lt 8 ]; do sh -c '" + BUSY.replace("1500000", "100000")
                        + "'; j=$((j+1)); done; times >told")
                .build());

        assertThat(usage.cpu().toMillis() / 1000.0).isBetween(told("told") - 0.03, told("told") + 0.05);
    }

    @Test
    void programThatEndsAtOnceHasItsTime() throws Exception {
        ResourceUsage usage = usageOf(
                script(BUSY.replace("1500000", "50000") + "; times >told").build());

        assertThat(usage.cpu().toMillis() / 1000.0).isBetween(told("told") - 0.03, told("told") + 0.05);
    }

    @Test
    void forkThatOutlivesItsParentCounts() throws Exception {
        ResourceUsage usage =
                usageOf(script("sh -c 'sh -c \"" + BUSY.replace("$", "\\$").replace("1500000", "7000000")
                                + "; times >told\" &'; while ! [ -s told ]; do sleep 0.1; done; times >others")
                        .build());

        double others = told("others"); // the one that waits, and all that it waited for
        assertThat(told("told")).as("it had something to do").isGreaterThan(0.8);
        assertThat(usage.cpu().toMillis() / 1000.0)
                .as("beside " + others)
                .isBetween(others + 0.4 * told("told"), others + told("told") + 0.3);
    }

    @Test
    void reservedIsWhatTheRequestSays() throws Exception {
        long begin = System.nanoTime();
        ResourceUsage usage =
                usageOf(script("sleep 0.5").cores(3).memoryBytes(7 * MEGABYTE).build());
        Duration most = Duration.ofNanos(3 * (System.nanoTime() - begin));

        assertThat(usage.reservedMemoryBytes()).hasValue(7 * MEGABYTE);
        assertThat(usage.reservedCoreTime()).isBetween(Duration.ofMillis(1500), most);
        assertThat(usage.cpuEfficiency().orElseThrow()).isLessThan(0.2);
    }

    private JournalRecord recordOf(BenchmarkRunner.Builder builder, boolean stopped) throws Exception {
        RunHandle run = builder.version("1").build().start();
        if (stopped) {
            while (!Files.exists(path.resolve("began"))) {
                Thread.sleep(20);
            }
            run.requestStop(StopRequest.NOW);
        }
        run.join();
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunDirectory.of(path.resolve("run")), records::add);
        return records.get(0);
    }

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(
                path.resolve("run"), CalculationMatrix.builder().subjects("x").build(), backend);
    }

    @Test
    void recordHasTheSumOfItsPrograms() throws Exception {
        JournalRecord record = recordOf(
                runner((calculation, context) -> {
                    for (String memory : List.of("50", "90", "70")) {
                        context.launch(script("{ head -c " + memory
                                        + "000000 /dev/zero; sleep 1.5; } | tail -n 1 >/dev/null; times >told" + memory)
                                .memoryBytes(Long.parseLong(memory) * 2_000_000)
                                .build());
                    }
                    return CalculationOutcome.complete(Map.of());
                }),
                false);

        ResourceUsage usage = record.attempt().usage().orElseThrow();
        double told = told("told50") + told("told90") + told("told70");
        assertThat(usage.cpu().toMillis() / 1000.0).isBetween(told - 0.1, told + 0.15);
        assertThat(usage.peakMemoryBytes().orElseThrow()).isBetween(90_000_000L, 110_000_000L);
        assertThat(usage.reservedMemoryBytes()).hasValue(180_000_000);
        assertThat(usage.reservedCoreTime())
                .isBetween(Duration.ofMillis(4500), record.attempt().duration());
    }

    @Test
    void recordOfACancelledAttemptHasWhatWasUsedUntilThen() throws Exception {
        JournalRecord record = recordOf(
                runner((calculation, context) -> {
                    context.launch(script(BUSY + "; touch began; sleep 50").build());
                    return CalculationOutcome.complete(Map.of());
                }),
                true);

        assertThat(record.outcome().state()).isEqualTo(CalculationState.CANCELLED);
        assertThat(record.attempt().usage().orElseThrow().cpu()).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void recordOfACalculationWithoutAProgramHasNone() throws Exception {
        JournalRecord record = recordOf(runner((calculation, context) -> CalculationOutcome.complete(Map.of())), false);

        assertThat(record.attempt().usage()).isEmpty();
    }

    @Test
    void adoptedRecordHasTheUsageOfItsOrigin() {
        ResourceUsage usage = ResourceUsage.ofCpu(Duration.ofSeconds(7));
        Attempt attempt = Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO)
                .withUsage(usage);

        assertThat(attempt.adopted(2, "later").usage()).contains(usage);
    }

    @Test
    void usageOfACancelledProgramIsTold() {
        control.cancellation().cancel();

        assertThatThrownBy(() -> ProcessLauncher.local().launch(script(BUSY).build(), control))
                .isInstanceOf(InterruptedException.class);
        assertThat(control.used).hasSize(1);
    }
}
