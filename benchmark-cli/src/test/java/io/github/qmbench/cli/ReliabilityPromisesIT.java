package io.github.qmbench.cli;

import static io.github.qmbench.cli.Promise.Page.RELIABILITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.LockHolder;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promises of {@code docs/reliability.md}, in its order, each tried from outside: on the packaged program, in processes of
 * its own, by signals, files that are deleted or copied, disks that are full or fail, and clocks that are set back.
 */
@Timeout(300)
class ReliabilityPromisesIT extends PromiseRun {

    private static final String RESULTS = "Results and status";
    private static final String RUNNER = "One runner for each directory";
    private static final String JOURNAL = "The journal";
    private static final String END = "The end of a run";
    private static final String LIMITS = "Limits, and faults of the machine";
    private static final String COMMANDS = "Commands";
    private static final String[] RUN = {"run", "--backend", "script"};
    private static final int EIO = 5;

    /** The first calculation is over at once, the second one waits. */
    private static final String SECOND_WAITS = "[ \"$0\" = m1/B3LYP ] && exit; " + WAIT_FOR_GO;

    @BeforeEach
    void needsProcesses() {
        assumeThat(Path.of("/proc/self/stat")).as("there is a /proc").exists();
    }

    private static String[] runIn(Path place, String... more) {
        return Stream.concat(Stream.of("run", "--backend", "script", "--results", place.toString()), Stream.of(more))
                .toArray(String[]::new);
    }

    private static String[] manyMolecules(int count) {
        return Stream.concat(
                        Stream.of("run", "--backend", "script", "--molecules"),
                        IntStream.rangeClosed(1, count).mapToObj(number -> "m" + number))
                .toArray(String[]::new);
    }

    private static void copyAll(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void assertOneSentence(Ended refused) {
        assertThat(refused.err()).startsWith("qmbench: ").doesNotContain("Exception", "\tat ");
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RESULTS,
            value = {"Finished calculations are safe.", "Then it is never lost, repeated or counted twice"})
    void finishedWorkIsNeverLostDoneAgainOrCountedTwiceWheneverTheRunnerIsKilled() throws Exception {
        Path runs = directory.resolve("runs");
        Distribution distribution = distribution("echo \"$0\" >> \"$RUNS\"").with("RUNS", runs.toString());
        Map<String, Long> startsOfFinished = new LinkedHashMap<>();
        for (int lines : new int[] {1, 9, 17, 18, 30}) {
            Started killed = distribution.start(manyMolecules(20));
            awaitLines(lines);
            killed.signal("KILL");
            killed.await();
            List<String> starts = text(runs).lines().toList();
            for (String task : completed(results)) {
                startsOfFinished.putIfAbsent(
                        task, starts.stream().filter(task::equals).count());
            }
        }

        Ended last = distribution.run(manyMolecules(20));

        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.out()).contains("complete: 40 of 40 done");
        assertThat(completed(results)).hasSize(40).doesNotHaveDuplicates();
        List<String> starts = text(runs).lines().toList();
        assertThat(startsOfFinished)
                .hasSizeGreaterThanOrEqualTo(20)
                .allSatisfy((task, count) -> assertThat(
                                starts.stream().filter(task::equals).count())
                        .as(task)
                        .isEqualTo(count));
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RESULTS,
            value = "A calculation counts when its journal line is complete and flushed")
    void aCalculationDoesNotCountBeforeItsLineIsForcedToTheDisk() throws Exception {
        Distribution distribution =
                distribution("[ \"$0\" != m1/B3LYP ] || touch \"$FAULT_WHEN\"", "hold", "/progress.jsonl", EIO);
        Started run = distribution.start(RUN);
        awaitLines(1);

        assertThat(distribution.run("status").out()).contains("0 of 6 done");
        assertThat(run.err()).doesNotContain("[1/6]");

        Files.delete(when());
        assertThat(run.await().exitCode()).isZero();
        assertThat(status().progress().completed()).isEqualTo(6);
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RESULTS,
            value = {
                "A status that says running is believed only while its runner lives",
                "Otherwise it is shown as interrupted",
                "The next `run` resumes"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "status",
            value = "A run whose process is gone is shown as interrupted")
    void aStatusThatSaysRunningIsBelievedOnlyWhileItsRunnerLives() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        long child = killedRun(distribution);

        assertThat(distribution.run("status").out()).contains("state      interrupted after ", "m1 B3LYP, since ");
        assertThat(liveness(distribution)).isEqualTo("running, dead");
        Path file = results.resolve("status.json");
        String status = Files.readString(file);
        Files.writeString(
                file,
                status.replaceFirst(
                        "(\"pid\": *)\\d+", "$1" + ProcessHandle.current().pid()));
        assertThat(liveness(distribution)).as("another process has its number").isEqualTo("running, dead");

        Files.createFile(go);
        Ended next = distribution.run(RUN);
        assertThat(next.exitCode()).isZero();
        assertThat(next.err()).contains("m1/B3LYP was interrupted in attempt 1");
        awaitGone(child);
    }

    private String liveness(Distribution distribution) throws Exception {
        Map<String, Object> json =
                Json.parseObject(distribution.run("status", "--json").out());
        return json.get("state") + ", " + json.get("liveness");
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RESULTS,
            value = {
                "Readers need no lock and no permission to write.",
                "`status`, `watch`, `summary`, `plan` and `show` see a complete old"
            })
    void readersTakeNoLockWriteNothingAndSeeWholeStatuses() throws Exception {
        Path disk = smallDisk("6m");
        Distribution distribution = distribution(WAIT_FOR_GO);
        Path place = disk.resolve("results");
        String[] first = runIn(place, "--min-free", "1k");
        Started run = distribution.start(first);
        awaitCalculation(place, "m1/B3LYP");
        Started watch = distribution.start("watch", "--results", place.toString());
        Distribution.await(() -> !watch.out().isEmpty());
        watch.signal("STOP");
        Files.createFile(go);
        int statuses = 0;
        while (run.isAlive()) {
            Map<String, Object> status = Json.parseObject(Files.readString(place.resolve("status.json")));
            assertThat((Long) status.get("completed")
                            + (Long) status.get("failed")
                            + Json.asArray(status.get("running")).size()
                            + (Long) status.get("remaining"))
                    .isEqualTo(6);
            statuses++;
        }
        assertThat(statuses).isPositive();
        assertThat(run.await().exitCode()).isZero();

        assertThat(distribution.run(first).exitCode())
                .as("a reader that waits holds no lock")
                .isZero();
        watch.signal("CONT");
        assertThat(watch.await().exitCode()).isZero();
        distribution.runOther("mount", "-o", "remount,ro", disk.toString());
        for (String command : List.of("status", "watch", "summary", "plan --backend script", "show m1")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.addAll(List.of("--results", place.toString()));
            Ended reader = distribution.run(words.toArray(String[]::new));
            assertThat(reader.exitCode()).as(command + reader.err()).isZero();
        }
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RUNNER,
            value = {
                "A second runner is refused with exit code 75.",
                "It names the first one and changes nothing",
                "The operating system's locks ensure this"
            })
    void aSecondRunnerIsRefusedNamesTheFirstAndChangesNothingNotEvenItsStop() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start(RUN);
        awaitCalculation("m1/B3LYP");
        assertThat(distribution.run("stop").out()).startsWith("stopping when 1 running calculation");

        Ended second = distribution.run("run", "--backend", "script", "--headless");

        assertThat(second.exitCode()).isEqualTo(ExitCode.HELD);
        assertThat(second.err()).contains("process " + run.pid());
        assertThat(results.resolve("STOP")).exists();
        assertThat(results.resolve("benchmark.log")).doesNotExist();
        Files.createFile(go);
        assertThat(run.await().exitCode()).isZero();
        assertThat(results.resolve("STOP")).doesNotExist();
    }

    @Test
    @Promise(page = RELIABILITY, section = RUNNER, value = "Whichever single file you delete, replace or copy")
    void whicheverSingleFileIsDeletedOrReplacedTheSecondRunnerIsRefused() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start(RUN);
        awaitCalculation("m1/B3LYP");
        Path copy = directory.resolve("a copy");
        for (String name :
                List.of("run.lock", ".run.lock", "attempts.jsonl", "status.json", "benchmark.json", ".reserve")) {
            Path file = results.resolve(name);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(file);
            assertSecondIsRefused(distribution, run, name + " deleted");
            if (name.endsWith(".lock")) {
                Distribution.await(() -> Files.exists(file));
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
                assertSecondIsRefused(distribution, run, name + " replaced");
                Distribution.await(() -> isLockedBy(file, run.pid()));
            }
        }
        Files.createFile(go);
        assertThat(run.await().exitCode()).isZero();
    }

    private static void assertSecondIsRefused(Distribution distribution, Started first, String after) throws Exception {
        Ended second = distribution.run(RUN);
        assertThat(second.exitCode()).as(after + second.err()).isEqualTo(ExitCode.HELD);
        assertThat(second.err()).as(after).contains("process " + first.pid());
    }

    /** Whether the system's list of locks has this file and this process. */
    private static boolean isLockedBy(Path file, long pid) {
        try {
            String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
            return Files.readAllLines(Path.of("/proc/locks")).stream()
                    .anyMatch(line -> line.contains(inode) && line.contains(" " + pid + " "));
        } catch (IOException goneAgain) {
            return false;
        }
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RUNNER,
            value = {"If everything is deleted, or the directory is moved", "It writes nothing more at the old path"})
    void ifTheDirectoryIsEmptiedOrMovedTheRunnerEndsAndWritesNothingMoreThere() throws Exception {
        Distribution waiting = distribution(WAIT_FOR_GO);
        Path other = directory.resolve("other");
        Started emptied = waiting.start(RUN);
        Started moved = waiting.start(runIn(other));
        long child = awaitCalculation("m1/B3LYP");
        long childOfMoved = awaitCalculation(other, "m1/B3LYP");
        long began = System.nanoTime();
        deleteAll(results);
        Files.move(other, directory.resolve("moved"));
        Distribution quick = distribution("true");
        Ended next = quick.run(runIn(other));
        byte[] status = Files.readAllBytes(other.resolve("status.json"));
        Files.createFile(other.resolve("STOP"));

        Ended ended = emptied.await();
        Ended endedOfMoved = moved.await();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(ended.out()).contains("failed: 0 of 6 done").containsAnyOf("deleted, moved or replaced", "removed");
        assertThat(endedOfMoved.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(endedOfMoved.out()).contains("failed: 0 of 6 done");
        awaitGone(child);
        awaitGone(childOfMoved);
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(other.resolve("status.json")).hasBinaryContent(status);
        assertThat(other.resolve("STOP")).exists();
    }

    private static void deleteAll(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!one.equals(place)) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = RUNNER,
            value = {
                "A copy of a run directory is an independent directory",
                "A run in it starts nothing and ends nothing of the original.",
                "A moved directory is the same directory"
            })
    void aRunInACopyTouchesNothingOfTheOriginalAndAMovedDirectoryIsTheSameOne() throws Exception {
        Distribution waiting = distribution(WAIT_FOR_GO);
        Distribution quick = distribution("true");
        Path copy = directory.resolve("copy");
        Started run = waiting.start(RUN);
        long child = awaitCalculation("m1/B3LYP");
        copyAll(results, copy);

        Ended inCopy = quick.run(runIn(copy));

        assertThat(inCopy.exitCode()).as(inCopy.err()).isZero();
        assertThat(inCopy.err()).contains("is a copy of ");
        assertThat(isThere(child)).isTrue();
        run.signal("KILL");
        run.await();
        copyAll(results, directory.resolve("later copy"));
        assertThat(quick.run(runIn(directory.resolve("later copy"))).exitCode()).isZero();
        assertThat(isThere(child))
                .as("its runner is dead, but it is not of the copy")
                .isTrue();
        Path moved = Files.move(results, directory.resolve("moved"));
        Ended inMoved = quick.run(runIn(moved));
        assertThat(inMoved.exitCode()).isZero();
        assertThat(inMoved.err()).contains("ended programs that a dead runner had left running for m1/B3LYP");
        awaitGone(child);
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = JOURNAL,
            value = {
                "A journal that somebody empties, replaces, deletes or writes into ends the run as failed",
                "Nothing is counted that is not in the journal"
            })
    void aJournalThatSomebodyChangesEndsTheRunAsFailed() throws Exception {
        Distribution distribution = distribution(SECOND_WAITS);
        Map<String, Started> runs = new LinkedHashMap<>();
        for (String attack : List.of("cut it", "was replaced", "was removed", "wrote into it")) {
            runs.put(attack, distribution.start(runIn(directory.resolve(attack))));
        }
        for (String attack : runs.keySet()) {
            awaitCalculation(directory.resolve(attack), "m1/WP04");
            Path journal = directory.resolve(attack).resolve("progress.jsonl");
            switch (attack) {
                case "cut it" -> Files.write(journal, new byte[0]);
                case "was removed" -> Files.delete(journal);
                case "was replaced" -> {
                    Path copy = Files.copy(journal, directory.resolve("copy of a journal"));
                    Files.move(copy, journal, StandardCopyOption.ATOMIC_MOVE);
                }
                default -> Files.writeString(journal, "a line\n", StandardOpenOption.APPEND);
            }
        }
        for (Map.Entry<String, Started> run : runs.entrySet()) {
            Ended ended = run.getValue().await();
            assertThat(ended.exitCode()).as(run.getKey()).isEqualTo(ExitCode.FAILURES);
            assertThat(ended.out()).contains("failed: 1 of 6 done", run.getKey());
        }
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = JOURNAL,
            value = {
                "A flush that fails leaves a note.",
                "The next run writes the journal again, to another place on the disk"
            })
    void aFlushThatFailsLeavesANoteAndTheNextRunWritesTheJournalAgain() throws Exception {
        Ended failed = distribution("[ \"$0\" != m2/B3LYP ] || touch \"$FAULT_WHEN\"", "fsync", "/progress.jsonl", EIO)
                .run(RUN);
        Path note = results.resolve(".progress.jsonl.unsafe");
        Object place = LockHolder.keyOf(results.resolve("progress.jsonl"));
        assertThat(failed.exitCode()).as(failed.out()).isEqualTo(ExitCode.FAILURES);
        assertThat(note).exists();

        Ended next = distribution("true").run(RUN);

        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(note).doesNotExist();
        assertThat(LockHolder.keyOf(results.resolve("progress.jsonl"))).isNotEqualTo(place);
        assertThat(completed(results)).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = JOURNAL,
            value = {
                "An attempt whose runner dies is recorded as interrupted",
                "Its calculation runs again, as the next attempt.",
                "The recorded end is when the runner last wrote its status"
            })
    void anAttemptThatRanWhenTheRunnerDiedIsInterruptedAndNotFailed() throws Exception {
        killedRun(distribution(WAIT_FOR_GO));
        RunStatus last = status();

        Distribution distribution = distribution("true");
        Ended next = distribution.run("run", "--backend", "script", "--max-failed", "0");

        assertThat(next.exitCode()).as(next.out()).isZero();
        List<JournalRecord> records = journal(results);
        assertThat(records.subList(0, 2))
                .extracting(
                        record -> record.calculation() + " " + record.attempt().number() + " "
                                + record.outcome().state().word())
                .containsExactly("m1/B3LYP 1 interrupted", "m1/B3LYP 2 complete");
        assertThat(records.get(0).attempt().finishedAt())
                .isEqualTo(last.run().updatedAt().truncatedTo(ChronoUnit.MILLIS));
        assertThat(distribution.run("failures").out()).startsWith("nothing failed");
    }

    @Test
    @Promise(page = RELIABILITY, section = JOURNAL, value = "A torn last line is dropped with a warning")
    void aTornLastLineIsDroppedAndTheNextRecordHasItsOwnLine() throws Exception {
        Distribution distribution = distribution("true");
        distribution.run("run", "--backend", "script", "--molecules", "m1");
        Path journal = results.resolve("progress.jsonl");
        Files.writeString(journal, "{\"task_id\":\"m2/B3LYP\",\"status\":\"comp", StandardOpenOption.APPEND);

        Ended next = distribution.run(RUN);

        assertThat(next.exitCode()).isZero();
        assertThat(next.err()).contains("dropped a torn last line of ", "6 calculations, 2 of them done before");
        assertThat(completed(results)).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    @Promise(page = RELIABILITY, section = JOURNAL, value = "Any other damage is refused with file and line")
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "repair",
            value = {
                "A run refuses a journal that is damaged before its last line",
                "`repair` keeps every intact record"
            })
    void anyOtherDamageIsRefusedWithFileAndLineUntilRepairHasKeptWhatIsWhole() throws Exception {
        Distribution distribution = distribution("true");
        distribution.run(RUN);
        Path journal = results.resolve("progress.jsonl");
        byte[] damaged = Files.readAllBytes(journal);
        damaged[20] ^= 1;
        Files.write(journal, damaged);

        Ended refused = distribution.run(RUN);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.IO_ERROR);
        assertThat(refused.err()).contains("progress.jsonl, line 1: ", "repair");
        assertThat(journal).hasBinaryContent(damaged);

        Ended repair = distribution.run("repair");
        assertThat(repair.exitCode()).isZero();
        assertThat(repair.out()).contains("line 1, byte 0, ", "kept 5 records in ", "the damaged journal: ");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.equals(journal)))
                    .as("the damaged file is kept")
                    .anySatisfy(file -> assertThat(file).hasBinaryContent(damaged));
        }
        assertThat(distribution.run(RUN).err()).contains("6 calculations, 5 of them done before");
        assertThat(completed(results)).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = JOURNAL,
            value = {
                "Results with other settings are never mixed in.",
                "Each record has a fingerprint",
                "`plan` says what is stale and why; `run` refuses (64)"
            })
    void resultsOfOtherSettingsAreNeverMixedIn() throws Exception {
        Distribution distribution = distribution("true").with("TEST_VERSION", "1");
        distribution.run(RUN);
        byte[] journal = Files.readAllBytes(results.resolve("progress.jsonl"));
        assertThat(journal(results))
                .allSatisfy(record -> assertThat(record.fingerprint().fields()).containsEntry("version", "1"));
        distribution.with("TEST_VERSION", "2");

        Ended plan = distribution.run("plan", "--backend", "script");
        Ended refused = distribution.run(RUN);

        assertThat(plan.out()).contains("stale  m1/B3LYP  version: 1 -> 2", "6 stale");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("--rerun-stale", "--results OTHER");
        assertThat(results.resolve("progress.jsonl")).hasBinaryContent(journal);
    }

    @Test
    @Promise(page = RELIABILITY, section = END, value = "Stopping loses nothing.")
    @Promise(page = Promise.Page.COMMAND_LINE, section = "Signals", value = "first Ctrl-C (INT)")
    void ctrlCLetsTheCalculationFinish() throws Exception {
        Started run = distribution(WAIT_FOR_GO).start(RUN);
        awaitCalculation("m1/B3LYP");

        run.signal("INT");
        Distribution.await(() -> run.err().contains("Ctrl-C again ends"));
        Files.createFile(go);
        Ended ended = run.await();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("stopped: 1 of 6 done, 5 left");
        assertThat(status().state()).isEqualTo(RunState.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({"130, INT INT", "143, TERM", "0, stop --now --wait"})
    @Promise(
            page = RELIABILITY,
            section = END,
            value = {
                "A calculation that is ended early does not count as failed.",
                "The run writes its last status and leaves no process"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Signals",
            value = {"second Ctrl-C, TERM", "In each case the run writes its last status"})
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "stop",
            value = {"`--now` ends the running calculations.", "`--wait` returns when the run has ended."})
    void endNowEndsTheCalculationDoesNotCallItFailedAndLeavesNoProcess(int exitCode, String how) throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start(RUN);
        long child = awaitCalculation("m1/B3LYP");

        if (how.startsWith("stop")) {
            Ended stop = distribution.run(how.split(" ", -1));
            assertThat(stop.exitCode()).isZero();
            assertThat(stop.out())
                    .startsWith("stopping now: 1 running calculation")
                    .endsWith("has ended: stopped\n");
        } else {
            String[] signals = how.split(" ", -1);
            run.signal(signals[0]);
            if (signals.length > 1) {
                Distribution.await(() -> run.err().contains("Ctrl-C again ends"));
                run.signal(signals[1]);
            }
        }

        assertThat(run.await().exitCode()).isEqualTo(exitCode);
        assertStoppedWithoutTrace(child);
    }

    /** The terminal is a real one, which goes away with the process that shows it. */
    @ParameterizedTest
    @CsvSource({"false, STOPPED", "true, COMPLETE"})
    @Promise(page = Promise.Page.COMMAND_LINE, section = "Signals", value = "HUP (the terminal is gone)")
    void aLostTerminalEndsARunButNotAHeadlessOne(boolean headless, RunState end) throws Exception {
        assumeThat(Path.of("/usr/bin/script"))
                .as("script(1), which has a terminal")
                .isExecutable();
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started terminal = distribution.startIn(
                "exec script -qec \"$(printf '%q ' \"$@\")\" /dev/null",
                headless ? new String[] {"run", "--backend", "script", "--headless"} : RUN);
        long child = awaitCalculation("m1/B3LYP");
        long runner = status().run().runner().pid();

        terminal.signal("KILL");

        if (headless) {
            Files.createFile(go);
        }
        awaitGone(runner);
        awaitGone(child);
        assertThat(status().state()).isEqualTo(end);
        assertThat(status().progress().failed()).isZero();
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = END,
            value = {
                "At most ten seconds pass from \"end now\" to the end of the run",
                "A command given by `--on-end` may take ten more"
            })
    void atMostTenSecondsUntilTheEndAndTenForACommand() throws Exception {
        Path other = directory.resolve("other");
        Started hook = distribution("true").start(runIn(other, "--on-end", "echo $$ > \"$GO-hook\"; exec sleep 300"));
        Started run = distribution("trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done")
                .start(RUN);
        long child = awaitCalculation("m1/B3LYP");
        long began = System.nanoTime();
        run.signal("TERM");

        assertThat(run.await().exitCode()).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
        assertStoppedWithoutTrace(child);
        Ended hooked = hook.await();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
        assertThat(hooked.exitCode()).isZero();
        assertThat(hooked.err()).contains("--on-end: the command is still running after 10 s");
        signal("KILL", Long.parseLong(text(directory.resolve("go-hook")).strip()));
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = END,
            value = {
                "No process is left behind.",
                "The processes of a calculation have their own session and a mark in their environment.",
                "The next run first ends what a dead runner left"
            })
    void whatADeadRunnerLeftIsEndedBeforeAnythingStartsAndALookAlikeSurvives() throws Exception {
        Distribution distribution = distribution("setsid sh -c 'echo $$ > escaped; exec sleep 300' & " + WAIT_FOR_GO);
        Path place = results.resolve("m1/B3LYP");
        Process lookAlike =
                new ProcessBuilder("sleep", "300").directory(directory.toFile()).start();
        try {
            long child = killedRun(distribution);
            Distribution.await(() -> text(place.resolve("escaped")).endsWith("\n"));
            long escaped = Long.parseLong(text(place.resolve("escaped")).strip());
            for (long process : new long[] {child, escaped}) {
                String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
                assertThat(stat.split(" ", -1)[5]).as("its session").isEqualTo(String.valueOf(process));
                assertThat(Files.readString(Path.of("/proc", String.valueOf(process), "environ")))
                        .contains("QMBENCH_MARK=");
            }

            Started next = distribution.start(RUN);
            Distribution.await(() -> next.err().contains("started m1/B3LYP"));

            awaitGone(child);
            awaitGone(escaped);
            assertThat(next.err().indexOf("ended programs that a dead runner had left running for m1/B3LYP"))
                    .isBetween(0, next.err().indexOf("started m1/B3LYP"));
            assertThat(lookAlike.isAlive()).isTrue();
            next.signal("TERM");
            next.await();
        } finally {
            lookAlike.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"--timeout, timeout", "--stall, stalled"})
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = {
                "`--timeout` and `--stall` end a calculation and its processes",
                "A program that exceeds its own limit of time or memory is a failure of its molecule"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "run",
            value = {"`--timeout TIME`", "`--stall TIME`"})
    void aLimitEndsACalculationAsItsOwnFailureWithItsProcessesAndIsNamed(String option, String kind) throws Exception {
        Distribution distribution = distribution("echo $$ > pid; [ \"$0\" = m1/WP04 ] || exec sleep 300");

        Ended run = distribution.run("run", "--backend", "script", "--molecules", "m1", option, "1s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(run.out()).contains("complete: 1 of 2 done, 1 failed").containsPattern(kind + " +1 +m1/B3LYP");
        assertThat(ProcessHandle.of(awaitCalculation("m1/B3LYP"))).isEmpty();
        assertThat(status().progress().failedSubjects()).isEqualTo(1);
        assertThat(journal(results)
                        .get(0)
                        .outcome()
                        .state()
                        .failure()
                        .orElseThrow()
                        .message())
                .contains("1 s");
    }

    /** The suspension itself is what takes the time. */
    @Test
    @Promise(page = RELIABILITY, section = LIMITS, value = "Time in which the runner or its job was suspended")
    void timeInWhichEverythingWasSuspendedDoesNotCount() throws Exception {
        Started run = distribution(WAIT_FOR_GO).start("run", "--backend", "script", "--timeout", "4s", "--stall", "4s");
        long child = awaitCalculation("m1/B3LYP");
        for (String name : List.of("STOP", "CONT")) {
            signal(name, run.pid());
            signal(name, child);
            if (name.equals("STOP")) {
                TimeUnit.SECONDS.sleep(6);
            }
        }
        Files.createFile(go);

        Ended ended = run.await();

        assertThat(ended.exitCode()).as(ended.out()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "open, 5, true",
        "open, 30, true",
        "open, 24, true",
        "open, 116, true",
        "spawn, 11, true",
        "spawn, 12, true",
        "none, 0, kill -9 $$"
    })
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = {"A fault of the machine never counts against a molecule", "Three in a row pause the run."})
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "run",
            value = "Machine failures (disk, MPI, a signal from outside)")
    void aFaultOfTheMachineCountsAgainstNoMoleculeAndThreeInARowPause(String call, int errno, String script)
            throws Exception {
        Distribution distribution = distribution(script, call, "/stdout", errno);
        Files.createFile(when());

        Ended run = distribution.run("run", "--backend", "script", "--max-failed", "0", "--no-canary");

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.PAUSED);
        assertThat(run.out()).contains("3 calculations in a row failed through the machine's fault");
        assertThat(status().progress().failedSubjects()).isZero();
        assertThat(status().progress().failed()).isEqualTo(3);
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = {
                "Links, pipes and devices in a run directory are not followed and do not block a command.",
                "A run writes only into its own directory"
            })
    void linksPipesAndDevicesAreNotFollowedAndMakeNoCommandWait() throws Exception {
        Distribution distribution = distribution("true");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path victim = Files.writeString(directory.resolve("victim"), "mine");
        Files.createDirectories(results);
        Files.createSymbolicLink(results.resolve("m1"), elsewhere);
        Files.createSymbolicLink(results.resolve("status.json"), victim);
        Files.createSymbolicLink(results.resolve("benchmark.json"), victim);
        Ended run = distribution.run("run", "--backend", "script", "--molecules", "m1", "m2");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FAILURES);
        assertThat(run.out()).contains("complete: 2 of 4 done, 2 failed", "m1 is a symbolic link");
        assertThat(status().progress().failedSubjects()).isZero();
        assertThat(victim).hasContent("mine");
        assertThat(elsewhere).isEmptyDirectory();

        Path other = Files.createDirectory(directory.resolve("other"));
        distribution.runOther("mkfifo", other.resolve("status.json").toString());
        Files.createSymbolicLink(other.resolve("progress.jsonl"), Path.of("/dev/zero"));
        for (String command : List.of("status", "watch", "stop", "summary", "failures", "run --backend script")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.addAll(List.of("--results", other.toString()));
            Ended refused = distribution.run(words.toArray(String[]::new));
            assertThat(refused.exitCode()).as(command + refused.err()).isIn(ExitCode.IO_ERROR, ExitCode.CANNOT_CREATE);
            assertOneSentence(refused);
        }
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = "Links, pipes and devices in a run directory are not followed and do not block a command.")
    void aLogThatIsALinkOrAPipeIsRefusedBeforeTheRunBegins() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "text");
        Files.createDirectories(results);
        Path log = Files.createSymbolicLink(results.resolve("benchmark.log"), precious);
        Distribution distribution = distribution("true");

        Ended link = distribution.run("run", "--backend", "script", "--headless");
        Files.delete(log);
        distribution.runOther("mkfifo", log.toString());
        Ended pipe = distribution.run("run", "--backend", "script", "--detach");

        assertThat(link.exitCode()).as(link.err()).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(link.err()).contains("benchmark.log: it is a symbolic link").hasLineCount(1);
        assertThat(precious).hasContent("text");
        assertThat(pipe.exitCode()).as(pipe.err()).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(pipe.err())
                .contains("benchmark.log: it is a device or a named pipe")
                .hasLineCount(1);
        assertThat(results.resolve("progress.jsonl")).doesNotExist();
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = "A damaged line of `attempts.jsonl` is skipped with a warning")
    void aDamagedLineOfTheAttemptsIsSkippedWithAWarning() throws Exception {
        killedRun(distribution(WAIT_FOR_GO));
        Files.writeString(results.resolve("attempts.jsonl"), "{ torn\n", StandardOpenOption.APPEND);

        Ended next = distribution("true").run(RUN);

        assertThat(next.exitCode()).isZero();
        assertThat(next.err()).contains("skipped 1 of the lines of ", "m1/B3LYP was interrupted in attempt 1");
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = "A backend that calls `System.exit` does not look like a success")
    void aBackendThatCallsSystemExitIsNoSuccessAndTheRunWasInterrupted() throws Exception {
        Distribution distribution = distribution("EXIT 0");

        Ended ended = distribution.run(RUN);

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.SOFTWARE);
        assertThat(ended.err()).contains("ended the whole process from inside");
        assertThat(distribution.run("status").out()).contains("interrupted");
        assertThat(distribution.with("TEST_SCRIPT", "true").run(RUN).exitCode()).isZero();
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = {
                "A full disk pauses the run with the reason and does not count against a molecule.",
                "256 kB are reserved for the last record and the last status.",
                "With space again, the run resumes and has lost nothing"
            })
    void aFullDiskPausesTheRunKeepsTheLastRecordAndCountsAgainstNoMolecule() throws Exception {
        Path disk = smallDisk("3m");
        Path place = disk.resolve("results");
        Started run = distribution(WAIT_FOR_GO).start(runIn(place, "--min-free", "1k"));
        awaitCalculation(place, "m1/B3LYP");
        assertThat(place.resolve(".reserve")).hasSize(256 << 10);
        Path filler = disk.resolve("filler");
        fill(filler);
        Files.createFile(go);

        Ended full = run.await();

        assertThat(full.exitCode()).as(full.out() + full.err()).isEqualTo(ExitCode.PAUSED);
        assertThat(full.out()).contains("paused: 1 of 6 done, 5 left", "disk");
        assertThat(status(place).state()).isEqualTo(RunState.PAUSED);
        assertThat(completed(place)).containsExactly("m1/B3LYP");
        Files.delete(filler);
        Ended fills = distribution("head -c 900000 /dev/urandom > big").run(runIn(place, "--min-free", "1k"));
        assertThat(fills.exitCode()).as(fills.out()).isEqualTo(ExitCode.PAUSED);
        assertThat(fills.out()).contains("reason: ", "disk");
        assertThat(status(place).progress().failedSubjects()).isZero();
        distribution("true").runOther("find", place.toString(), "-name", "big", "-delete");

        Ended last = distribution("true").run(runIn(place, "--min-free", "1k"));

        assertThat(last.exitCode()).as(last.out()).isZero();
        assertThat(completed(place)).hasSize(6).doesNotHaveDuplicates();
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int size = 1 << 16; size > 0; size /= 2) {
                try {
                    while (true) {
                        out.write(new byte[size]);
                    }
                } catch (IOException full) {
                    continue; // with smaller pieces until not a byte is left
                }
            }
        }
    }

    @Test
    @Promise(page = RELIABILITY, section = LIMITS, value = "A directory that is removed during a run ends it as failed")
    void aDirectoryThatIsRemovedEndsTheRunAndNothingMoreIsCounted() throws Exception {
        Started run = distribution(SECOND_WAITS).start(RUN);
        long child = awaitCalculation("m1/WP04");
        deleteAll(results);
        Files.deleteIfExists(results);

        Ended ended = run.await();

        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(ended.out()).contains("failed: 1 of 6 done");
        awaitGone(child);
        assertThat(results).doesNotExist();
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = LIMITS,
            value = "A clock that is set back changes no duration and ends nothing")
    void aClockThatIsSetBackChangesNoDurationAndEndsNothing() throws Exception {
        Started run = distribution(WAIT_FOR_GO, "clock", "script", 0).start(RUN);
        awaitCalculation("m1/B3LYP");
        Files.createFile(when());
        Files.createFile(go);

        Ended ended = run.await();

        assertThat(ended.exitCode()).as(ended.out()).isZero();
        assertThat(status().run().updatedAt())
                .as("the clock was set back")
                .isBefore(status().run().startedAt());
        assertThat(journal(results))
                .hasSize(6)
                .allSatisfy(record ->
                        assertThat(record.attempt().duration()).isBetween(Duration.ZERO, Duration.ofMinutes(5)));
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "run", value = "`--on-end COMMAND`")
    void onEndIsRunOnceInWhateverStateAndNeverForARefusedRun() throws Exception {
        Path hooks = directory.resolve("hooks");
        String hook = "echo $QMBENCH_STATE >> \"$GO-hooks\"; exit 3";
        Distribution fails = distribution("exit 1");
        assertThat(fails.run("run", "--backend", "script", "--on-end", hook).exitCode())
                .isEqualTo(ExitCode.PAUSED);
        Distribution good = distribution("true");
        Ended complete = good.run("run", "--backend", "script", "--on-end", hook);
        Ended refused = good.run("run", "--backend", "script", "--on-end", hook, "--parallel", "0");

        assertThat(complete.exitCode()).isZero();
        assertThat(complete.err()).contains("--on-end: the command ended with exit code 3");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(hooks.resolveSibling("go-hooks")).hasContent("paused\ncomplete\n");
    }

    @Test
    @Promise(page = RELIABILITY, section = COMMANDS, value = "A refused command says why, without a stack trace")
    void refusalsAreOneSentenceBeforeAnythingIsChanged() throws Exception {
        Distribution distribution = distribution("true");
        Path file = Files.writeString(directory.resolve("file"), "");
        Path damaged = Files.createDirectory(directory.resolve("damaged"));
        Files.writeString(damaged.resolve("progress.jsonl"), "no record\nno record\n");
        Map<Integer, String[]> refusals = new LinkedHashMap<>();
        refusals.put(ExitCode.USAGE, new String[] {"run", "--backend", "script", "--parallel", "many"});
        refusals.put(ExitCode.CANNOT_CREATE, runIn(file.resolve("results")));
        refusals.put(ExitCode.IO_ERROR, runIn(damaged));
        for (Map.Entry<Integer, String[]> refusal : refusals.entrySet()) {
            Ended ended = distribution.run(refusal.getValue());
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(refusal.getKey());
            assertOneSentence(ended);
            assertThat(ended.err().lines().filter(line -> !line.startsWith("See: ")))
                    .hasSize(1);
            assertThat(ended.out()).isEmpty();
        }
        assertThat(results).doesNotExist();
        assertThat(damaged.resolve("progress.jsonl")).hasContent("no record\nno record\n");
        assertThat(damaged).isDirectoryNotContaining("glob:**status.json");
    }

    @Test
    @Promise(
            page = RELIABILITY,
            section = COMMANDS,
            value = {"No molecule's name leads out of the run directory.", "Names with blanks, quotes, newlines"})
    void noMoleculesNameLeadsOutOfTheRunDirectoryAndAnyNameWorks() throws Exception {
        Distribution distribution = distribution("pwd > where");
        List<String> before = namesIn(directory);
        String[] names = {"../../evil", "/etc", "two words", "it's \"one\"", "a\nb", "grün", ".."};

        Ended run =
                distribution.run(Stream.concat(Stream.of("run", "--backend", "script", "--molecules"), Stream.of(names))
                        .toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("complete: 14 of 14 done");
        List<String> after = namesIn(directory);
        after.removeAll(before);
        assertThat(after).filteredOn(name -> !name.matches("(out|err).*\\.txt")).containsExactly("results");
        try (Stream<Path> files = Files.walk(results)) {
            assertThat(files.filter(file -> file.endsWith("where")))
                    .hasSize(14)
                    .allSatisfy(file -> assertThat(text(file).strip())
                            .isEqualTo(file.getParent().toRealPath().toString()));
        }
    }

    private static List<String> namesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Input and output",
            value = {"It writes through a symbolic link", "Input files must be regular files", "In CSV, an apostrophe"})
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Exit codes",
            value = "An output that cannot be written is an error.")
    void outputThatDoesNotArriveIsAnErrorAndTextFromFilesIsHarmless() throws Exception {
        Distribution distribution = distribution("echo '\033[2Kfine' >&2; exit 1");
        Ended run = distribution.run("run", "--backend", "script", "--molecules", "=1+1\u001b[2K");
        assertThat(run.out() + run.err()).contains("=1+1").doesNotContain("\u001b");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        Files.createDirectory(directory.resolve("set"));
        distribution.runOther("mkfifo", "set/fifo.mol");

        assertThat(distribution.runIn("\"$@\" > /dev/full", "summary").exitCode())
                .isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(distribution.runIn("\"$@\" | :", "summary").exitCode()).isEqualTo(ExitCode.CLOSED_PIPE);
        assertThat(distribution.run("summary", "--format", "csv", "-o", "link").exitCode())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(new String(Files.readAllBytes(directory.resolve("target")), StandardCharsets.UTF_8))
                .contains("'=1+1")
                .doesNotContain("\u001b");
        Ended fifo = distribution.run("list", "molecules", "--dataset", "set");
        assertThat(fifo.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(fifo.err()).contains("it is a device or a named pipe");
    }

    @Test
    @Promise(page = RELIABILITY, section = "Other systems", value = "macOS")
    void onASystemWithoutProcessesTheRunEndsItsOwnProgramsAndThoseOfADeadRunnerByTheirNumber() throws Exception {
        Distribution distribution = onSystem("Mac OS X", distribution(WAIT_FOR_GO));
        Started run = distribution.start(RUN);
        long child = awaitCalculation("m1/B3LYP");
        assertThat(distribution.run("stop", "--now", "--wait").exitCode()).isZero();
        assertThat(run.await().exitCode()).isZero();
        assertStoppedWithoutTrace(child);
        Files.delete(results.resolve("m1/B3LYP/pid"));

        long left = killedRun(distribution);
        Files.createFile(go);
        Ended next = distribution.run(RUN);

        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(next.err()).contains("m1/B3LYP was interrupted in attempt 2");
        awaitGone(left);
        assertThat(journal(results))
                .filteredOn(record -> record.outcome().state() == CalculationState.INTERRUPTED)
                .hasSize(1);
    }

    @Test
    @Promise(page = RELIABILITY, section = "Other systems", value = "Windows")
    void onWindowsARunIsRefusedAndTheDirectoryCanBeRead() throws Exception {
        Distribution distribution = distribution("true");
        distribution.run(RUN);
        onSystem("Windows 11", distribution);

        Ended run = distribution.run(runIn(directory.resolve("other")));

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err()).contains("qmbench: calculations cannot be run on Windows 11: ", "WSL 2");
        assertThat(distribution.run("status").out()).contains("state      complete");
    }

    private static Distribution onSystem(String name, Distribution distribution) {
        return distribution.with("JAVA_TOOL_OPTIONS", "\"-Dos.name=" + name + "\"");
    }
}
