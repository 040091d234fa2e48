package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.RunHistory;
import io.github.qmbench.core.harness.RunHistory.Played;
import io.github.qmbench.core.harness.RunHistory.Session;
import io.github.qmbench.core.harness.RunHistory.Stopping;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * The laws of a run, one property each. That no child process outlives an orderly end (8) takes real processes, and is in
 * {@link RunLawsIT}; the same laws under kills, power cuts and full disks are in {@link TortureIT}.
 */
class RunLawsTest {

    private static final int TRIES = 20;

    @Provide
    Arbitrary<Session> sessions() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.of(Stopping.class),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.longs())
                .as(Session::new);
    }

    @Provide
    Arbitrary<List<Session>> histories() {
        return sessions().list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = TRIES)
    @Label("1. What was finished is never lost, run twice or counted twice")
    void finishedIsNeverLostRunTwiceOrCountedTwice(
            @ForAll @IntRange(min = 1, max = 6) int subjects, @ForAll("histories") List<Session> sessions)
            throws Exception {
        try (RunHistory history = new RunHistory(subjects, 3)) {
            for (Session session : sessions) {
                RunOutcome outcome = history.play(session).outcome();

                assertThat(outcome.results().size()).isEqualTo(history.done.size());
            }
            assertThat(history.doneAgain).isEmpty();
            List<Calculation> complete = history.records().stream()
                    .filter(JournalRecord::isComplete)
                    .map(JournalRecord::calculation)
                    .toList();
            assertThat(complete).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(history.done);
            Map<Calculation, Integer> attempts = new HashMap<>();
            history.records()
                    .forEach(record -> assertThat(record.attempt().number())
                            .isEqualTo(attempts.merge(record.calculation(), 1, Integer::sum)));
        }
    }

    @Property(tries = TRIES)
    @Label("1. … at whatever instant the runner is killed")
    void finishedIsNeverLostAtWhateverInstantTheRunnerIsKilled(
            @ForAll @IntRange(min = 1, max = 16) int parallel, @ForAll @IntRange(min = 1, max = 12) int at)
            throws Exception {
        try (RunHistory history = new RunHistory(4, 3);
                RunHistory killed = new RunHistory(4, 3)) {
            history.play(new Session(parallel, Stopping.NEVER, at, at), () -> copyFiles(history.path, killed.path));
            Set<Calculation> finished = new HashSet<>();
            RunJournal.read(RunFiles.journal(killed.directory), record -> {
                if (record.isComplete()) {
                    finished.add(record.calculation());
                }
            });
            List<Calculation> calculated = Collections.synchronizedList(new ArrayList<>());

            RunOutcome next = BenchmarkRunner.builder(killed.path, killed.matrix, (calculation, context) -> {
                        calculated.add(calculation);
                        return CalculationOutcome.complete(Map.of());
                    })
                    .retryPolicy(RetryPolicy.never())
                    .parallel(parallel)
                    .storage(new QuickStorage())
                    .build()
                    .run();

            Set<Calculation> left = new HashSet<>();
            killed.matrix.forEach(left::add);
            left.removeAll(finished);
            assertThat(calculated).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(left);
            assertThat(next.isWhole()).isTrue();
            assertThat(next.results().size()).isEqualTo(killed.matrix.size());
        }
    }

    /** What a runner that is killed at this instant leaves. */
    private static void copyFiles(Path from, Path to) throws Exception {
        for (String name : List.of("progress.jsonl", "attempts.jsonl", "benchmark.json", "status.json")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }

    @Property(tries = TRIES)
    @Label("2. status.json is derived: deleted at any time, it is right again at the next write")
    void statusIsDerived(@ForAll("sessions") Session session) throws Exception {
        try (RunHistory history = new RunHistory(4, 3)) {
            Played played = history.play(session, () -> Files.deleteIfExists(RunFiles.status(history.directory)));

            RunStatus read = new StatusReader(history.directory).read().orElseThrow();
            assertThat(read.state()).isEqualTo(played.outcome().state());
            assertThat(read.progress().completed()).isEqualTo(history.done.size());
            assertThat(read.progress())
                    .isEqualTo(played.outcome().results().status().progress());
        }
    }

    @Property(tries = TRIES)
    @Label("2. … and a reader at any moment sees a whole old status or a whole new one")
    void readerSeesWholeStatuses(@ForAll("sessions") Session session) throws Exception {
        try (RunHistory history = new RunHistory(4, 3)) {
            StatusReader reader = new StatusReader(history.directory);
            List<String> seen = new ArrayList<>();
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
                try {
                    while (!ended.get()) {
                        reader.read().map(StatusFormat::write).ifPresent(seen::add);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            List<String> written;
            try {
                written = history.play(session).statuses();
            } finally {
                ended.set(true);
            }
            reading.join();
            assertThat(written).containsAll(seen);
        }
    }

    @Property(tries = TRIES)
    @Label("3. completed + failed + running + remaining = total_tasks in every status ever written")
    void countsAddUpInEveryStatus(@ForAll("histories") List<Session> sessions) throws Exception {
        try (RunHistory history = new RunHistory(4, 4)) {
            for (Session session : sessions) {
                Played played = history.play(session);

                long completedBefore = played.doneBefore();
                for (String text : played.statuses()) {
                    Map<String, Object> status = Json.parseObject(text);
                    long completed = (Long) status.get("completed");
                    long running = Json.asArray(status.get("running")).size();
                    assertThat(completed + (Long) status.get("failed") + running + (Long) status.get("remaining"))
                            .isEqualTo(16)
                            .isEqualTo(status.get("total_tasks"));
                    assertThat((Long) status.get("remaining")).isNotNegative();
                    assertThat(completed)
                            .as("work finished by earlier runs counts from the first status on")
                            .isGreaterThanOrEqualTo(completedBefore);
                    completedBefore = completed;
                }
            }
        }
    }

    @Property(tries = TRIES)
    @Label("3. … and its states change only in legal ways, to a final one")
    void statesChangeOnlyInLegalWays(@ForAll("sessions") Session session) throws Exception {
        try (RunHistory history = new RunHistory(4, 3)) {
            RunState before = RunState.STOPPED;
            for (String text : history.play(session).statuses()) {
                RunState state = RunState.ofWord((String) Json.parseObject(text).get("state"));
                assertThat(state == before && state == RunState.RUNNING || before.canBecome(state))
                        .as("from %s to %s", before, state)
                        .isTrue();
                before = state;
            }
            assertThat(before.isFinal()).isTrue();
        }
    }

    @Property(tries = TRIES)
    @Label("4. No calculation starts once STOP is seen; what is cancelled is not recorded as failed")
    void noCalculationStartsOnceStopIsSeen(@ForAll("sessions") Session session) throws Exception {
        try (RunHistory history = new RunHistory(6, 4)) {
            Played played = history.play(session);

            // The other workers may have looked just before the stop was there, each for one calculation.
            assertThat(played.begunAfterStop()).isLessThanOrEqualTo(session.parallel() - 1);
            long cancelled = history.records().stream()
                    .filter(record -> record.outcome().state() == CalculationState.CANCELLED)
                    .count();
            assertThat(played.outcome().results().status().progress().failed())
                    .isLessThanOrEqualTo((int) (history.records().size() - history.done.size() - cancelled));
        }
    }

    @Property(tries = TRIES)
    @Label("5. A STOP is cleared when a run starts, and removed when it has been obeyed")
    void stopIsClearedAtTheStartAndRemovedWhenObeyed(
            @ForAll("histories") List<Session> sessions, @ForAll boolean leftOver) throws Exception {
        try (RunHistory history = new RunHistory(2, 3)) {
            for (Session session : sessions) {
                if (leftOver) {
                    StopSignal.marker(RunFiles.stopMarker(history.directory)).set(StopRequest.NOW);
                }
                boolean wasDone = history.done.size() == history.matrix.size();

                RunOutcome outcome = history.play(session).outcome();

                assertThat(RunFiles.stopMarker(history.directory)).doesNotExist();
                assertThat(outcome.state() == RunState.STOPPED && session.stopping() == Stopping.NEVER)
                        .isFalse();
                if (wasDone) {
                    assertThat(outcome.isWhole())
                            .as("with nothing left, it is complete")
                            .isTrue();
                    assertThat(outcome.results().status().progress().completed())
                            .isEqualTo(history.matrix.size());
                }
            }
        }
    }

    @Property(tries = 10)
    @Label("6. One runner per run directory: a second one is told who the first is")
    void oneRunnerForEachDirectory(@ForAll("sessions") Session session) throws Exception {
        try (RunHistory history = new RunHistory(3, 4)) {
            List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
            history.play(session, () -> {
                try {
                    BenchmarkRunner.builder(history.path, history.matrix, (calculation, context) -> null)
                            .retryPolicy(RetryPolicy.never())
                            .build()
                            .run();
                } catch (RunDirectoryHeldException e) {
                    refusals.add(e);
                }
            });

            assertThat(refusals)
                    .hasSizeLessThanOrEqualTo(1)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .hasMessageContaining(
                                    "process " + ProcessHandle.current().pid()));
            assertThat(refusals.isEmpty())
                    .as("the session's number may be beyond its end")
                    .isEqualTo(history.records().size() < session.at());
        }
    }

    @Property(tries = 200)
    @Label("7. A status that says running while its runner is gone is shown as interrupted, never as running")
    void runningWithoutItsRunnerIsInterrupted(
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long secondsLater, @ForAll RunState state) {
        RunnerIdentity self = RunnerIdentity.ofThisProcess();
        RunnerIdentity gone = new RunnerIdentity(self.pid(), "not " + self.processStart(), self.host(), self.bootId());
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        RunStatus.Run run = RunStatus.Run.of("run", then, then, state, Optional.empty(), gone, Duration.ofSeconds(10));
        RunStatus status =
                RunStatus.of(run, RunStatus.Progress.of(1, 0, 0, 0, 0), List.of(), List.of(), TimeLeft.UNKNOWN);

        assertThat(status.isInterrupted(then.plusSeconds(secondsLater))).isEqualTo(!state.isFinal());
        assertThat(status.liveness(then.plusSeconds(secondsLater))).isEqualTo(Liveness.DEAD);
    }

    @Property(tries = TRIES)
    @Label("9. A result made with other settings is never mixed in")
    void resultsOfOtherSettingsAreNeverMixedIn(
            @ForAll @Size(max = 3) Map<@IntRange(max = 3) Integer, @IntRange(max = 2) Integer> first,
            @ForAll @Size(max = 3) Map<@IntRange(max = 3) Integer, @IntRange(max = 2) Integer> second)
            throws Exception {
        try (RunHistory history = new RunHistory(2, 1)) {
            BenchmarkRunner.builder(history.path, history.matrix, new Settings(first))
                    .retryPolicy(RetryPolicy.never())
                    .storage(new QuickStorage())
                    .build()
                    .run();
            byte[] journal = Files.readAllBytes(RunFiles.journal(history.directory));
            BenchmarkRunner next = BenchmarkRunner.builder(history.path, history.matrix, new Settings(second))
                    .retryPolicy(RetryPolicy.never())
                    .storage(new QuickStorage())
                    .build();

            Set<String> differences = new Settings(first).print().differences(new Settings(second).print());
            if (differences.isEmpty()) {
                assertThat(next.run().results().size()).isEqualTo(2);
            } else {
                assertThatThrownBy(next::run)
                        .isInstanceOf(StaleResultsException.class)
                        .hasMessageContaining(differences.iterator().next() + " was ");
            }
            assertThat(RunFiles.journal(history.directory)).hasBinaryContent(journal);
        }
    }

    /** A backend whose results depend on settings. */
    private record Settings(Map<Integer, Integer> values) implements CalculationBackend {
        Fingerprint print() {
            return Fingerprint.of(values.entrySet().stream()
                    .collect(Collectors.toMap(entry -> "setting" + entry.getKey(), entry -> "" + entry.getValue())));
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            return CalculationOutcome.complete(Map.of());
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return print();
        }
    }

    @Property(tries = 200)
    @Label("10. Bad input is refused before the first calculation starts, with the valid choices listed")
    void badInputIsRefusedWithTheValidChoices(@ForAll String word) {
        BackendOption<RunState> option =
                BackendOption.named("state").value("WORD").help("A choice").choice(RunState.class);
        Set<String> valid = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (RunState state : RunState.values()) {
            valid.add(state.word());
        }
        if (!valid.contains(word.trim())) {
            assertThatThrownBy(() -> BackendOptions.of(List.of(option), Map.of("state", List.of(word))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("state: ")
                    .hasMessageContainingAll(valid.toArray(String[]::new));
        }
    }

    @Property(tries = 10)
    @Label("11. What a calculation costs does not depend on how many came before")
    void costDoesNotDependOnHowManyCameBefore(@ForAll @IntRange(min = 20, max = 200) int subjects) throws Exception {
        try (RunHistory history = new RunHistory(subjects, 4)) {
            QuickStorage storage = new QuickStorage();
            BenchmarkRunner.builder(
                            history.path,
                            history.matrix,
                            (calculation, context) -> CalculationOutcome.complete(Map.of("value", 1.5)))
                    .retryPolicy(RetryPolicy.never())
                    .storage(storage)
                    .build()
                    .run();

            assertThat(Files.size(RunFiles.journal(history.directory))).isLessThan(800L * history.matrix.size());
            assertThat(storage.statuses())
                    .allSatisfy(status -> assertThat(status).hasSizeLessThan(2_000));
            assertThat(Files.size(RunFiles.attempts(history.directory))).isLessThan(2_000);
        }
    }
}
