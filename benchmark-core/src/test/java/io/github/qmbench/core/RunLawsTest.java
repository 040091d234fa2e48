package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The laws that hold over any history of runs in one directory. */
class RunLawsTest {

    /** How a session is told to stop, when its calculations reach a number. */
    enum Stopping {
        NEVER,
        MARKER,
        MARKER_NOW,
        REQUEST,
        REQUEST_NOW
    }

    record Session(int parallel, Stopping stopping, int at, long seed) {}

    @Provide
    Arbitrary<List<Session>> histories() {
        Arbitrary<Session> sessions = Combinators.combine(
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.of(Stopping.class),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.longs())
                .as(Session::new);
        return sessions.list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 60)
    void everyHistoryKeepsTheLaws(
            @ForAll @IntRange(min = 1, max = 6) int subjects,
            @ForAll @IntRange(min = 1, max = 4) int conditions,
            @ForAll("histories") List<Session> history)
            throws Exception {
        CalculationMatrix matrix = matrix(subjects, conditions);
        Path path = Files.createTempDirectory("qmbench-laws");
        try {
            Set<Calculation> done = ConcurrentHashMap.newKeySet();
            for (Session session : history) {
                QuickStorage storage = new QuickStorage();
                int doneBefore = done.size();
                RunOutcome outcome = run(path, matrix, session, storage, done);
                assertStatuses(storage.statuses(), matrix.size(), doneBefore);
                assertThat(outcome.results().size()).isEqualTo(done.size());
                assertThat(RunDirectory.of(path).stopMarker()).doesNotExist();
                assertJournal(path, done);
            }
        } finally {
            Torture.delete(path);
        }
    }

    private static CalculationMatrix matrix(int subjects, int conditions) {
        CalculationMatrix.Builder builder = CalculationMatrix.builder();
        for (int i = 0; i < subjects; i++) {
            builder.subjects("compound_" + i);
        }
        return builder.axis("solvent", List.of("CHCl3", "DMSO", "water", "THF").subList(0, conditions))
                .build();
    }

    private static RunOutcome run(
            Path path, CalculationMatrix matrix, Session session, QuickStorage storage, Set<Calculation> done)
            throws IOException {
        Random random = new Random(session.seed());
        AtomicInteger calls = new AtomicInteger();
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        runner[0] = BenchmarkRunner.builder(path, matrix, (calculation, context) -> {
                    assertThat(done).as("what is done is not done again").doesNotContain(calculation);
                    if (calls.incrementAndGet() == session.at()) {
                        stop(session.stopping(), runner[0], RunDirectory.of(path));
                    }
                    LockSupport.parkNanos(random.nextInt(2_000_000)); // its duration
                    CalculationOutcome outcome = outcome(random.nextInt(8), context);
                    if (outcome != null && outcome.state() instanceof CalculationState.Complete) {
                        done.add(calculation);
                    }
                    return outcome;
                })
                .parallel(session.parallel())
                .failurePolicy(FailurePolicy.pauseAfterFailedSubjects(2))
                .storage(storage)
                .build();
        return runner[0].run();
    }

    private static void stop(Stopping stopping, BenchmarkRunner runner, RunDirectory directory) throws IOException {
        switch (stopping) {
            case MARKER -> StopSignal.marker(directory.stopMarker()).set(StopRequest.DRAIN);
            case MARKER_NOW -> StopSignal.marker(directory.stopMarker()).set(StopRequest.NOW);
            case REQUEST -> runner.requestStop(StopRequest.DRAIN);
            case REQUEST_NOW -> runner.requestStop(StopRequest.NOW);
            case NEVER -> {}
        }
    }

    private static CalculationOutcome outcome(int kind, CalculationContext context) throws Exception {
        switch (kind) {
            case 0:
                return CalculationOutcome.failed("scf", "does not converge");
            case 1:
                throw new IllegalStateException("thrown");
            case 2:
                return null;
            case 3:
                return CalculationOutcome.failed(CalculationFailure.ofMachine("killed", "by somebody"));
            case 4:
                context.remark("half way");
                return CalculationOutcome.cancelled();
            default:
                return CalculationOutcome.complete(Map.of("value", 1.5));
        }
    }

    /** Law 3, legal transitions, and that what earlier runs did counts from the first status on. */
    private static void assertStatuses(List<String> statuses, int total, int doneBefore) throws IOException {
        assertThat(statuses).isNotEmpty();
        long completedBefore = doneBefore;
        RunState before = RunState.STOPPED;
        for (int i = 0; i < statuses.size(); i++) {
            Map<String, Object> status = Json.parseObject(statuses.get(i));
            long completed = (Long) status.get("completed");
            assertThat(completed
                            + (Long) status.get("failed")
                            + Json.asArray(status.get("running")).size()
                            + (Long) status.get("remaining"))
                    .isEqualTo(total)
                    .isEqualTo(status.get("total_tasks"));
            assertThat((Long) status.get("remaining")).isNotNegative();
            assertThat(completed).isGreaterThanOrEqualTo(completedBefore);
            if (i == 0) {
                assertThat(completed).isEqualTo(doneBefore);
            }
            RunState state = RunState.ofWord((String) status.get("state"));
            assertThat(state == before && state == RunState.RUNNING || before.canBecome(state))
                    .as("from %s to %s", before, state)
                    .isTrue();
            completedBefore = completed;
            before = state;
        }
        assertThat(before.isFinal())
                .as("the last status is of a run that has ended")
                .isTrue();
    }

    private static void assertJournal(Path path, Set<Calculation> done) throws IOException {
        Map<Calculation, Integer> lastAttempt = new HashMap<>();
        Set<Calculation> complete = new HashSet<>();
        RunJournal.read(RunDirectory.of(path).journal(), record -> {
            assertThat(complete).doesNotContain(record.calculation());
            assertThat(record.attempt().number()).isEqualTo(lastAttempt.merge(record.calculation(), 1, Integer::sum));
            if (record.isComplete()) {
                complete.add(record.calculation());
            }
        });
        assertThat(complete).isEqualTo(done);
    }

    @Property(tries = 30)
    void noCalculationStartsOnceStopIsSeen(
            @ForAll @IntRange(min = 1, max = 16) int parallel, @ForAll @IntRange(min = 1, max = 10) int at)
            throws Exception {
        Path path = Files.createTempDirectory("qmbench-laws");
        try {
            AtomicInteger calls = new AtomicInteger();
            AtomicInteger callsWhenSet = new AtomicInteger();
            StopMarker marker = StopSignal.marker(RunDirectory.of(path).stopMarker());
            BenchmarkRunner.builder(path, matrix(6, 4), (calculation, context) -> {
                        if (calls.incrementAndGet() == at) {
                            marker.set(StopRequest.DRAIN);
                            callsWhenSet.set(calls.get());
                        }
                        return CalculationOutcome.complete(Map.of());
                    })
                    .parallel(parallel)
                    .storage(new QuickStorage())
                    .build()
                    .run();
            assertThat(callsWhenSet.get()).isGreaterThanOrEqualTo(at);
            // The other workers may have looked just before the marker was there, each for one calculation.
            assertThat(calls.get()).isLessThanOrEqualTo(callsWhenSet.get() + parallel - 1);
        } finally {
            Torture.delete(path);
        }
    }

    @Property
    void statesChangeOnlyInLegalWays(@ForAll RunState from, @ForAll RunState to) {
        assertThat(from.canBecome(to)).isEqualTo((from == RunState.RUNNING) != (to == RunState.RUNNING));
        assertThat(RunState.ofWord(from.word())).isEqualTo(from);
    }
}
