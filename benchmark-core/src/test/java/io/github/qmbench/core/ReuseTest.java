package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.RunPlan.Action;
import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.harness.GeneratedJournal;
import io.github.qmbench.core.harness.GeneratedJournal.End;
import io.github.qmbench.core.harness.GeneratedJournal.Event;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of other run directories. That shards give what one run gives is a property of its own: {@link ReuseLawTest}. */
class ReuseTest {

    static final CalculationMatrix MATRIX = GeneratedJournal.MATRIX;
    private static final Calculation FIRST = MATRIX.get(0);

    @TempDir
    Path temporary;

    private RunDirectory own;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void choosesADirectory() {
        own = RunDirectory.of(temporary.resolve("own"));
    }

    /** Gives each calculation a result of its own, the same in every process; notes what it was asked for. */
    record Numbers(String settings, List<Calculation> calculated) implements CalculationBackend {
        Numbers(String settings) {
            this(settings, Collections.synchronizedList(new ArrayList<>()));
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            calculated.add(calculation);
            return CalculationOutcome.complete(Map.of("value", calculation.taskId() + " with " + settings));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return GeneratedJournal.fingerprint(settings);
        }
    }

    static BenchmarkRunner.Builder runner(Path directory, CalculationMatrix matrix, CalculationBackend backend) {
        return BenchmarkRunner.builder(directory, matrix, backend)
                .retryPolicy(RetryPolicy.never())
                .failurePolicy(FailurePolicy.never())
                .storage(new QuickStorage());
    }

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return runner(own.path(), MATRIX, backend).listener(new RunListener() {
            @Override
            public void notice(Notice event) {
                notices.add(event.text());
            }
        });
    }

    private static Map<Calculation, JournalRecord> standing(RunDirectory directory) throws IOException {
        Map<Calculation, JournalRecord> standing = new LinkedHashMap<>();
        RecordedRun.open(directory).forEachStanding(record -> standing.put(record.calculation(), record));
        return standing;
    }

    private RunDirectory journal(Event... events) throws IOException {
        return GeneratedJournal.of(events).write(Files.createTempDirectory(temporary, "journal"));
    }

    @Test
    void recordTellsDirectoryRunAndAttemptOfTheOrigin() throws Exception {
        RunDirectory source = journal(
                new Event(0, "A", End.FAILED), new Event(0, "A", End.COMPLETE), new Event(2, "A", End.COMPLETE));
        Numbers backend = new Numbers("A");

        RunOutcome outcome = runner(backend).reuseFrom(source.path()).build().run();

        assertThat(backend.calculated()).hasSize(MATRIX.size() - 2).doesNotContain(FIRST, MATRIX.get(2));
        assertThat(outcome.results().status().progress().completed()).isEqualTo(MATRIX.size());
        JournalRecord there = standing(source).get(FIRST);
        JournalRecord here = standing(own).get(FIRST);
        assertThat(here.attempt().number()).isEqualTo(1);
        assertThat(here.attempt().runId())
                .isEqualTo(outcome.results().status().run().id());
        assertThat(here.attempt().origin())
                .contains(Attempt.Origin.of(2, "run-1").in(source.path().toString()));
        assertThat(here.attempt().startedAt()).isEqualTo(there.attempt().startedAt());
        assertThat(here.attempt().duration()).isEqualTo(there.attempt().duration());
        assertThat(here.outcome()).isEqualTo(there.outcome());
        assertThat(Files.readString(RunFiles.journal(own)))
                .contains("\"adopted_from\":{\"attempt\":2,\"run_id\":\"run-1\",\"directory\":\"" + source + "\"}");
        assertThat(notices)
                .containsOnlyOnce("adopted 2 results of " + source
                        + " with the present settings; nothing is calculated again for them");
        assertThat(own.calculation(FIRST.taskId())).doesNotExist();
    }

    @Test
    void ownResultsComeFirstAndThenTheFirstDirectoryThatHasOne() throws Exception {
        RunDirectory one = journal(new Event(0, "A", End.COMPLETE), new Event(1, "A", End.COMPLETE));
        RunDirectory other = journal(
                new Event(5, "A", End.COMPLETE), new Event(1, "A", End.COMPLETE), new Event(2, "A", End.COMPLETE));
        own = journal(new Event(3, "B", End.FAILED), new Event(0, "A", End.COMPLETE), new Event(0, "B", End.FAILED));

        runner(new Numbers("A")).reuseFrom(one.path(), other.path()).build().run();

        Map<Calculation, JournalRecord> standing = standing(own);
        assertThat(List.of(0, 1, 2, 3, 5))
                .extracting(place ->
                        standing.get(MATRIX.get(place)).attempt().origin().orElse(null))
                .containsExactly(
                        Attempt.Origin.of(1, "run-1"),
                        Attempt.Origin.of(1, "run-1").in(one.path().toString()),
                        Attempt.Origin.of(1, "run-2").in(other.path().toString()),
                        null,
                        Attempt.Origin.of(1, "run-0").in(other.path().toString()));
    }

    @Test
    void originStaysThatOfTheFirstDirectoryHoweverOftenItIsAdopted() throws Exception {
        RunDirectory first = journal(new Event(0, "A", End.COMPLETE));
        Path second = temporary.resolve("second");
        runner(second, MATRIX, new Numbers("A")).reuseFrom(first.path()).build().run();

        runner(new Numbers("A")).reuseFrom(second).build().run();

        assertThat(standing(own).get(FIRST).attempt().origin())
                .contains(Attempt.Origin.of(1, "run-0").in(first.path().toString()));
        assertThat(standing(own).get(MATRIX.get(1)).attempt().origin())
                .map(Attempt.Origin::directory)
                .contains(Optional.of(second.toString()));
    }

    @Test
    void failuresAndResultsOfOtherSettingsAreNotAdopted() throws Exception {
        RunDirectory source = journal(
                new Event(0, "A", End.FAILED),
                new Event(1, "B", End.COMPLETE),
                new Event(2, "A", End.CANCELLED),
                new Event(3, "B", End.COMPLETE));
        Numbers backend = new Numbers("A");
        BenchmarkRunner.Builder builder = runner(backend).reuseFrom(source.path());
        String left =
                "2 results in " + source + " were made with other settings than this run's and are not adopted; in "
                        + MATRIX.get(1) + " settings was B and is now A";

        RunPlan plan = builder.build().plan();
        assertThat(plan.count(Action.NEW)).isEqualTo(MATRIX.size());
        assertThat(plan.notices()).containsExactly(left);
        builder.build().run();

        assertThat(backend.calculated()).hasSize(MATRIX.size());
        assertThat(notices).containsOnlyOnce(left);
        assertThat(standing(own).values())
                .extracting(JournalRecord::fingerprint)
                .containsOnly(GeneratedJournal.fingerprint("A"));
    }

    @Test
    void sourceWithoutAnythingOfUseIsNamed() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.FAILED));

        runner(new Numbers("A")).reuseFrom(source.path()).build().run();

        assertThat(notices).containsOnlyOnce(source + " has no result that this run needs");
    }

    @Test
    void planTellsWhatWouldBeAdoptedAndFromWhere() throws Exception {
        RunDirectory source = journal(new Event(4, "A", End.COMPLETE));
        own = journal(new Event(0, "A", End.COMPLETE), new Event(0, "A", End.FAILED));
        byte[] before = Files.readAllBytes(RunFiles.journal(own));
        Map<Calculation, Optional<Path>> adopted = new LinkedHashMap<>();

        runner(new Numbers("A")).reuseFrom(source.path()).build().plan().forEach(entry -> {
            if (entry.action() == Action.ADOPT) {
                adopted.put(entry.calculation(), entry.adoptedFrom());
            }
        });

        assertThat(adopted)
                .containsExactly(
                        Map.entry(FIRST, Optional.empty()), Map.entry(MATRIX.get(4), Optional.of(source.path())));
        assertThat(RunFiles.journal(own)).hasBinaryContent(before);
    }

    @Test
    void ownResultOfOtherSettingsIsReplacedWithoutBeingCalculated() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE));
        own = journal(new Event(0, "B", End.COMPLETE));
        Numbers backend = new Numbers("A");

        assertThatThrownBy(() -> runner(backend).build().run()).isInstanceOf(StaleResultsException.class);
        runner(backend).reuseFrom(source.path()).build().run();

        assertThat(backend.calculated()).doesNotContain(FIRST);
        assertThat(standing(own).get(FIRST).attempt().number()).isEqualTo(2);
    }

    @Test
    void refusedRunAdoptsNothing() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE));
        own = journal(new Event(1, "B", End.COMPLETE));
        byte[] before = Files.readAllBytes(RunFiles.journal(own));

        assertThatThrownBy(() -> runner(new Numbers("A"))
                        .reuseFrom(source.path())
                        .build()
                        .run())
                .isInstanceOf(StaleResultsException.class);

        assertThat(RunFiles.journal(own)).hasBinaryContent(before);
    }

    @Test
    void estimatesLearnNothingFromAdoptedTimes() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE), new Event(1, "A", End.COMPLETE));
        List<Calculation> learnt = new ArrayList<>();
        EtaEstimator ears = new EtaEstimator() {
            @Override
            public void completed(Calculation calculation, Duration duration) {
                learnt.add(calculation);
            }

            @Override
            public TimeLeft estimate(Workload workload) {
                return TimeLeft.UNKNOWN;
            }
        };
        Numbers backend = new Numbers("A");

        runner(backend)
                .reuseFrom(source.path())
                .etaEstimator(() -> ears)
                .build()
                .run();
        assertThat(learnt).isEqualTo(backend.calculated()).hasSize(MATRIX.size() - 2);
        learnt.clear();
        runner(backend).etaEstimator(() -> ears).build().run();

        assertThat(learnt).isEqualTo(backend.calculated());
    }

    @Test
    void sourceOfARunningRunIsReadAsItIsNow() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE), new Event(1, "A", End.COMPLETE));
        byte[] whole = Files.readAllBytes(RunFiles.journal(source));
        byte[] torn = Arrays.copyOf(whole, whole.length - 7);
        Files.write(RunFiles.journal(source), torn);
        Numbers backend = new Numbers("A");

        runner(backend).reuseFrom(source.path()).build().run();

        assertThat(backend.calculated()).doesNotContain(FIRST).contains(MATRIX.get(1));
        assertThat(RunFiles.journal(source)).as("is not repaired").hasBinaryContent(torn);
        try (var files = Files.list(source.path())) {
            assertThat(files).as("nothing is written there").hasSize(1);
        }
    }

    @Test
    void damagedSourceIsRefusedWithFileAndLine() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE), new Event(1, "A", End.COMPLETE));
        String text = Files.readString(RunFiles.journal(source));
        Files.writeString(RunFiles.journal(source), text.replaceFirst("\"complete\"", "\"Complete\""));
        BenchmarkRunner.Builder builder = runner(new Numbers("A")).reuseFrom(source.path());

        assertThatThrownBy(() -> builder.build().plan())
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageStartingWith(RunFiles.journal(source) + ", line 1: its checksum is ");
        assertThatThrownBy(() -> builder.build().run()).isInstanceOf(JournalDamagedException.class);
        assertThat(RunFiles.journal(own)).doesNotExist();
    }

    @Test
    void sourceThatIsReplacedWhileItIsReadGivesNoWrongResult() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE));
        byte[] ofOtherSettings = Files.readAllBytes(RunFiles.journal(journal(new Event(0, "B", End.COMPLETE))));
        BenchmarkRunner.Builder builder = runner(new Numbers("A")).storage(new QuickStorage() {
            @Override
            public AppendFile open(Path file) throws IOException { // after the journals were looked through
                Files.write(RunFiles.journal(source), ofOtherSettings);
                return super.open(file);
            }
        });

        assertThatThrownBy(() -> builder.reuseFrom(source.path()).build().run())
                .isInstanceOf(IOException.class)
                .hasMessage("the journal in " + source + " was replaced while its results were read; run again");
        assertThat(standing(own)).isEmpty();
    }

    @Test
    void sourceThatIsGoneWhenTheRunStartsIsAnError() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE));
        BenchmarkRunner.Builder builder = runner(new Numbers("A")).reuseFrom(source.path());
        Files.delete(RunFiles.journal(source));

        assertThatThrownBy(() -> builder.build().run()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void placesThatAreNoSourceAreRefused() throws Exception {
        own = journal(new Event(0, "A", End.COMPLETE));
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        Path file = Files.createFile(temporary.resolve("file"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), own.path());
        BenchmarkRunner.Builder builder = runner(new Numbers("A"));

        assertRefused(builder, temporary.resolve("missing"), temporary.resolve("missing") + " does not exist");
        assertRefused(builder, empty, "no run in " + empty + ": it has no progress.jsonl");
        assertRefused(builder, file, file + " is not a directory");
        assertRefused(builder, own.path(), "is the run's own directory");
        assertRefused(builder, link, "is the run's own directory");
    }

    private static void assertRefused(BenchmarkRunner.Builder builder, Path source, String why) {
        assertThatThrownBy(() -> builder.reuseFrom(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void settingsThatDoNotGoTogetherAreRefused() throws Exception {
        Path source = journal(new Event(0, "A", End.COMPLETE)).path();
        CalculationBackend unknown = (calculation, context) -> CalculationOutcome.complete(Map.of());

        assertThatThrownBy(() -> runner(unknown).reuseFrom(source).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no fingerprint")
                .hasMessageContaining("declare a version(...)");
        assertThat(runner(unknown).version("1").reuseFrom(source).build()).isNotNull();
        assertThatThrownBy(() ->
                        runner(new Numbers("A")).reuseFrom(source).resume(false).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not resume");
    }

    /** A kill leaves a beginning of what would have been written: every one is tried, with every kind of torn line. */
    @Test
    void killAtAnyByteOfTheAdoptionLosesAndRepeatsNothing() throws Exception {
        RunDirectory one = journal(new Event(0, "A", End.COMPLETE), new Event(4, "A", End.COMPLETE));
        RunDirectory other = journal(new Event(2, "A", End.COMPLETE), new Event(4, "A", End.COMPLETE));
        runner(new Numbers("A"))
                .reuseFrom(one.path(), other.path())
                .stopSignal(() -> StopRequest.DRAIN)
                .build()
                .run();
        byte[] whole = Files.readAllBytes(RunFiles.journal(own));
        Random random = new Random(20261130);
        assertThat(standing(own)).hasSize(3);

        for (int length = 0; length <= whole.length; length += 1 + random.nextInt(40)) {
            RunDirectory killed = RunDirectory.of(Files.createTempDirectory(temporary, "killed"));
            Files.write(RunFiles.journal(killed), Arrays.copyOf(whole, length));
            Numbers backend = new Numbers("A");

            runner(killed.path(), MATRIX, backend)
                    .reuseFrom(one.path(), other.path())
                    .build()
                    .run();

            assertThat(backend.calculated())
                    .as("killed at byte " + length)
                    .containsExactly(MATRIX.get(1), MATRIX.get(3), MATRIX.get(5));
            List<JournalRecord> records = new ArrayList<>();
            RunJournal.read(killed, records::add);
            assertThat(records)
                    .as("killed at byte " + length)
                    .hasSize(MATRIX.size())
                    .allMatch(JournalRecord::isComplete)
                    .extracting(JournalRecord::calculation)
                    .doesNotHaveDuplicates();
            assertThat(standing(killed)
                            .get(MATRIX.get(4))
                            .attempt()
                            .origin()
                            .orElseThrow()
                            .directory())
                    .contains(one.path().toString());
        }
    }

    /** A run goes on in the source: what ends there later is for the next run to adopt. */
    @Test
    void campaignIsExtendedAsOftenAsOneLikes() throws Exception {
        RunDirectory source = journal(new Event(0, "A", End.COMPLETE));
        List<Integer> left = new ArrayList<>();
        byte[] later = Files.readAllBytes(RunFiles.journal(journal(new Event(1, "A", End.COMPLETE))));
        for (int turn = 0; turn < 2; turn++) {
            RunOutcome outcome = runner(new Numbers("A"))
                    .reuseFrom(source.path())
                    .stopSignal(() -> StopRequest.DRAIN)
                    .build()
                    .run();
            left.add(outcome.results().status().progress().remaining());
            append(source, later);
        }
        assertThat(left).containsExactly(MATRIX.size() - 1, MATRIX.size() - 2);
    }

    private static void append(RunDirectory directory, byte[] lines) {
        try {
            Files.write(RunFiles.journal(directory), lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
