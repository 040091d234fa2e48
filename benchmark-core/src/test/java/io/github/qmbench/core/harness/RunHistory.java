package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.StopSignal;
import io.github.qmbench.core.TestSeams;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A directory in which one run follows another, each with calculations that come to all kinds of ends. */
public final class RunHistory implements AutoCloseable {

    /** How a session is told to stop, when its calculations reach a number. */
    public enum Stopping {
        NEVER,
        MARKER,
        MARKER_NOW,
        REQUEST,
        REQUEST_NOW
    }

    /**
     * One run.
     *
     * @param parallel how many calculations side by side
     * @param stopping how it is told to stop
     * @param at by which of its calculations
     * @param seed of the ends that the calculations come to
     */
    public record Session(int parallel, Stopping stopping, int at, long seed) {}

    /**
     * What came of a run.
     *
     * @param statuses all that were written, in order
     * @param doneBefore how many calculations were done when it began
     * @param begunAfterStop how many began after the stop was asked for
     */
    public record Played(RunOutcome outcome, List<String> statuses, int doneBefore, int begunAfterStop) {}

    public final Path path;
    public final RunDirectory directory;
    public final CalculationMatrix matrix;
    public final Set<Calculation> done = ConcurrentHashMap.newKeySet();
    public final List<Calculation> doneAgain = Collections.synchronizedList(new ArrayList<>());

    public RunHistory(int subjects, int conditions) throws IOException {
        path = Files.createTempDirectory("qmbench-laws");
        directory = RunDirectory.of(path);
        CalculationMatrix.Builder builder = CalculationMatrix.builder();
        for (int i = 0; i < subjects; i++) {
            builder.subjects("compound_" + i);
        }
        matrix = builder.axis(
                        "solvent", List.of("CHCl3", "DMSO", "water", "THF").subList(0, conditions))
                .build();
    }

    @Override
    public void close() throws IOException {
        Torture.delete(path);
    }

    /** Runs once. */
    public Played play(Session session) throws IOException {
        return play(session, () -> {});
    }

    /** Runs once, and does something beside it when the calculations reach the session's number. */
    public Played play(Session session, ThrowingAction beside) throws IOException {
        Random random = new Random(session.seed());
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger callsAtStop = new AtomicInteger(Integer.MAX_VALUE);
        QuickStorage storage = new QuickStorage();
        int doneBefore = done.size();
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        BenchmarkRunner.Builder builder = BenchmarkRunner.builder(path, matrix, (calculation, context) -> {
                    if (done.contains(calculation)) {
                        doneAgain.add(calculation);
                    }
                    if (calls.incrementAndGet() == session.at()) {
                        beside.run();
                        if (stop(session.stopping(), runner[0])) {
                            callsAtStop.set(calls.get());
                        }
                    }
                    int kind;
                    int duration;
                    synchronized (random) {
                        kind = random.nextInt(8);
                        duration = random.nextInt(2_000_000);
                    }
                    LockSupport.parkNanos(duration);
                    CalculationOutcome outcome = outcome(kind, context);
                    if (outcome != null && outcome.state() instanceof CalculationState.Complete) {
                        done.add(calculation);
                    }
                    return outcome;
                })
                .retryPolicy(RetryPolicy.never())
                .parallel(session.parallel())
                .failurePolicy(FailurePolicy.pauseAfterFailedSubjects(2));
        runner[0] = TestSeams.onStorage(builder, storage).build();
        RunOutcome outcome = runner[0].run();
        return new Played(outcome, storage.statuses(), doneBefore, Math.max(0, calls.get() - callsAtStop.get()));
    }

    /** The records of the journal. */
    public List<JournalRecord> records() throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(directory), records::add);
        return records;
    }

    private boolean stop(Stopping stopping, BenchmarkRunner runner) throws IOException {
        switch (stopping) {
            case MARKER -> StopSignal.marker(RunFiles.stopMarker(directory)).set(StopRequest.DRAIN);
            case MARKER_NOW -> StopSignal.marker(RunFiles.stopMarker(directory)).set(StopRequest.NOW);
            case REQUEST -> runner.requestStop(StopRequest.DRAIN);
            case REQUEST_NOW -> runner.requestStop(StopRequest.NOW);
            case NEVER -> {
                return false;
            }
        }
        return true;
    }

    private static CalculationOutcome outcome(int kind, CalculationContext context) throws Exception {
        switch (kind) {
            case 0:
                return CalculationOutcome.failed("scf").because("does not converge");
            case 1:
                throw new IllegalStateException("thrown");
            case 2:
                return null;
            case 3:
                return CalculationOutcome.failed(
                        CalculationFailure.ofMachine("killed").because("by somebody"));
            case 4:
                context.remark("half way");
                return CalculationOutcome.cancelled();
            default:
                return CalculationOutcome.complete(Map.of("value", 1.5));
        }
    }

    /** Something to be done that may fail. */
    @FunctionalInterface
    public interface ThrowingAction {
        void run() throws Exception;
    }
}
