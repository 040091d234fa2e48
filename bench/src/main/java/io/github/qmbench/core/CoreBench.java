package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.JournalAppender;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the core does for each calculation, piece by piece, at a hundred and at a million of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBench {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");

    /** How many calculations the run has. */
    @Param({"100", "1000000"})
    public int tasks;

    private CalculationMatrix matrix;
    private JournalRecord record;
    private byte[] line;
    private Path file;
    private JournalAppender journal;
    private FailurePolicy policy;
    private FailureTally tally;
    private RunStatus status;
    private EtaEstimator eta;
    private EtaEstimator.Workload workload;
    private int next;

    @Setup(Level.Trial)
    public void setUp() throws IOException {
        CalculationMatrix.Builder subjects = CalculationMatrix.builder();
        for (int i = 0; i < tasks / 4; i++) {
            subjects.subjects("molecule_" + i);
        }
        matrix = subjects.axis("functional", "B3LYP", "WP04")
                .axis("solvent", "CHCl3", "DMSO")
                .build();
        Calculation calculation = matrix.get(tasks - 1);
        record = JournalRecord.of(
                calculation,
                Attempt.of(1, "20261124T120000Z-123456", NOW, NOW, Duration.ofSeconds(7)),
                CalculationOutcome.complete(Map.of("value", 1.5)),
                Fingerprint.EMPTY);
        byte[] ended = JournalFormat.write(record);
        line = Arrays.copyOf(ended, ended.length - 1);
        file = Files.createTempFile("qmbench-bench", ".jsonl");
        journal = JournalAppender.open(file, new RunJournal.Extent(0, 0, 0), Storage.DISK, Durability.PERIODIC);
        policy = FailurePolicy.pauseAfterFailedFraction(0.5).or(FailurePolicy.pauseAfterMachineFailures(3));
        tally = new FailureTally(
                record,
                CalculationFailure.of("scf").because("x"),
                new FailureTally.Counts(tasks / 20, tasks / 4, tasks / 2, Map.of("scf", tasks / 10), 0),
                Map.of());
        status = RunStatus.of(
                RunStatus.Run.of(
                        "run",
                        NOW,
                        NOW,
                        RunState.RUNNING,
                        Optional.empty(),
                        RunnerIdentity.ofThisProcess(),
                        Duration.ofSeconds(10)),
                RunStatus.Progress.of(tasks, tasks / 2, 1, 1, 1),
                List.of(RunStatus.TaskUnderWay.of(calculation, 1, NOW, Optional.empty())),
                List.of(RunStatus.FailedTask.of(calculation, "scf", "x", NOW)),
                TimeLeft.UNKNOWN);
        setUpEta();
    }

    /** Forty costs are left, whatever the number of calculations. */
    private void setUpEta() {
        CostHint hint = calculation -> {
            double size = 50 + 5 * (calculation.subject().hashCode() & 31);
            return new CostHint.Cost(size * size * size, Map.of("size", size), Map.of());
        };
        eta = EtaEstimator.sizeModel(hint);
        for (int i = 0; i < 50; i++) {
            eta.completed(matrix.get(i), Duration.ofSeconds(10 + i));
        }
        List<EtaEstimator.Batch> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(EtaEstimator.Batch.of(matrix.get(i), tasks / 100));
        }
        workload = EtaEstimator.Workload.of(2, waiting, List.of());
    }

    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        journal.close();
        Files.delete(file);
    }

    @Benchmark
    public Calculation matrixGet() {
        next = (next + 7919) % tasks;
        return matrix.get(next);
    }

    @Benchmark
    public int matrixIndexOf() {
        return matrix.indexOf(record.calculation());
    }

    @Benchmark
    public long journalAppendUnforced() throws IOException {
        return journal.append(record);
    }

    @Benchmark
    public byte[] journalLineWrite() {
        return JournalFormat.write(record);
    }

    @Benchmark
    public JournalRecord journalLineReadOnResume() {
        return JournalFormat.readWithoutResults(line);
    }

    @Benchmark
    public Optional<String> failurePolicy() {
        return policy.reasonToPause(tally);
    }

    @Benchmark
    public String statusText() {
        return StatusFormat.write(status);
    }

    @Benchmark
    public TimeLeft timeLeft() {
        return eta.estimate(workload);
    }
}
