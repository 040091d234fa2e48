package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.TestSeams;
import io.github.qmbench.core.harness.RecordingStorage.Event;
import io.github.qmbench.core.harness.RecordingStorage.Loss;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Records what runs write, and opens what a power cut at every moment would have left: nothing that was reported as
 * finished is missing, and nothing is there that was not written.
 */
public final class PowerCut {

    private static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects("a", "b", "c", "d", "e", "f")
            .axis("functional", "B3LYP", "WP04")
            .build();

    private final Path directory;
    private final Random random;
    private int opened;
    private int torn;
    private int refused;

    private PowerCut(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
    }

    /** Records runs until this many crashes have been opened for each way of losing data. */
    public static String run(Path directory, int crashes, Random random) throws Exception {
        PowerCut cut = new PowerCut(directory, random);
        int runs = 0;
        while (cut.opened < 10 * crashes) {
            cut.recordAndOpen(runs++);
        }
        return cut.opened + " crashes opened of " + runs + " recorded histories: nothing lost, nothing invented; "
                + cut.torn + " had a torn end, " + cut.refused
                + " (blocks lost out of order) were refused and right after a repair";
    }

    /** A history: a runner that is killed, one that takes up and is killed, too, and one that ends. */
    private void recordAndOpen(int number) throws Exception {
        Path place = directory.resolve("live-" + number);
        List<Event> events = List.of();
        for (int session = 0; session < 3; session++) {
            events = record(place, events);
            openEveryPrefix(events);
            // The runner is killed somewhere in this session, and the machine goes on.
            int killedAt = events.size() - random.nextInt(Math.min(events.size(), 60));
            events = events.subList(0, killedAt);
            RecordingStorage.materialise(RecordingStorage.afterPowerCut(events, Loss.NONE, random), place);
        }
        Torture.delete(place);
    }

    private List<Event> record(Path place, List<Event> before) throws IOException {
        RecordingStorage storage = new RecordingStorage(before);
        BenchmarkRunner.Builder builder = BenchmarkRunner.builder(
                        place, MATRIX, (calculation, context) -> outcomeOf(calculation))
                .retryPolicy(RetryPolicy.never())
                .parallel(1 + random.nextInt(4))
                .failurePolicy(FailurePolicy.never())
                .listener(new RunListener() {
                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        JournalRecord record = event.record();
                        if (record.isComplete()) {
                            storage.add(new RecordingStorage.Reported(
                                    record.calculation().taskId()));
                        }
                    }
                });
        TestSeams.onStorage(builder, storage).build().run();
        return storage.events();
    }

    private static CalculationOutcome outcomeOf(Calculation calculation) {
        return calculation.subject().equals("c")
                ? CalculationOutcome.failed("scf").because("does not converge")
                : CalculationOutcome.complete(Map.of(
                        "text",
                        calculation.taskId().repeat(calculation.subject().charAt(0))));
    }

    private void openEveryPrefix(List<Event> events) throws IOException {
        for (int length = 1; length <= events.size(); length++) {
            for (Loss loss : Loss.values()) {
                open(events.subList(0, length), loss);
            }
        }
    }

    private void open(List<Event> events, Loss loss) throws IOException {
        opened++;
        RunDirectory place = RunDirectory.of(directory.resolve("crashed"));
        RecordingStorage.materialise(RecordingStorage.afterPowerCut(events, loss, random), place.path());
        Set<String> reported = new HashSet<>();
        Set<String> lines = new HashSet<>();
        Set<String> statuses = new HashSet<>();
        for (Event event : events) {
            if (event instanceof RecordingStorage.Reported finished) {
                reported.add(finished.taskId());
            } else if (event instanceof RecordingStorage.Appended appended) {
                lines.add(new String(appended.bytes(), StandardCharsets.UTF_8));
            } else if (event instanceof RecordingStorage.Written written) {
                statuses.add(new String(written.content(), StandardCharsets.UTF_8));
            }
        }
        checkJournal(place, loss, reported, lines);
        if (Files.exists(RunFiles.status(place))) {
            new StatusReader(place).read();
            Torture.check(
                    statuses.contains(Files.readString(RunFiles.status(place))), "a status that was never written");
        }
    }

    private void checkJournal(RunDirectory place, Loss loss, Set<String> reported, Set<String> lines)
            throws IOException {
        Set<String> finished = new HashSet<>();
        try {
            torn += read(place, finished, lines).tornBytes() > 0 ? 1 : 0;
        } catch (JournalDamagedException e) {
            Torture.check(loss == Loss.IN_BLOCKS, "refused although nothing was lost out of order: " + e.getMessage());
            refused++;
            JournalRepair.repair(place);
            finished.clear();
            read(place, finished, lines);
        }
        Torture.check(finished.containsAll(reported), "reported as finished: " + reported + "; there: " + finished);
    }

    private static RunJournal.Extent read(RunDirectory place, Set<String> finished, Set<String> lines)
            throws IOException {
        return RunJournal.read(RunFiles.journal(place), record -> {
            Torture.check(
                    lines.contains(new String(JournalFormat.write(record), StandardCharsets.UTF_8)),
                    "a record that was never written: " + record);
            if (record.isComplete()) {
                Torture.check(finished.add(record.calculation().taskId()), "completed twice: " + record);
            }
        });
    }
}
