package io.github.qmbench.core.harness;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * SIGKILLs a benchmark at random instants and starts it again until it is complete; then begins another one, until
 * enough kills are done. All the while a thread reads status and journal.
 */
public final class KillLoop {

    private KillLoop() {}

    public static String run(Path directory, int kills, Random random, PrintStream out) throws Exception {
        Files.createDirectories(directory);
        long start = System.nanoTime();
        Map<String, Map<String, Object>> expected = undisturbed(directory.resolve("undisturbed"));
        long undisturbedMillis = (System.nanoTime() - start) / 1_000_000;
        int killed = 0;
        int campaigns = 0;
        int interruptedAttempts = 0;
        long reads = 0;
        while (killed < kills) {
            Path campaign = directory.resolve("campaign-" + ++campaigns);
            Campaign one = new Campaign(campaign, random, expected);
            one.runUntilComplete(kills - killed);
            killed += one.killed;
            interruptedAttempts += one.interruptedAttempts;
            reads += one.watcher.reads;
            if (out != null) {
                out.println("  kill loop: " + killed + " kills, " + campaigns + " benchmarks");
                out.flush();
            }
            Torture.delete(campaign);
        }
        return killed + " kills over " + campaigns + " benchmarks of " + KillVictim.MATRIX.size() + " calculations ("
                + undisturbedMillis / 1000.0 + " s undisturbed), " + interruptedAttempts
                + " attempts interrupted, " + reads + " reads of status and journal";
    }

    private static Map<String, Map<String, Object>> undisturbed(Path directory) throws Exception {
        Process process = start(directory, "undisturbed", 4);
        Torture.check(process.waitFor(300, TimeUnit.SECONDS) && process.exitValue() == 0, "the undisturbed run failed");
        Map<String, Map<String, Object>> results = new HashMap<>();
        RunJournal.read(
                RunFiles.journal(RunDirectory.of(directory)),
                record -> results.put(
                        record.calculation().taskId(), record.outcome().results()));
        Torture.check(results.size() == KillVictim.MATRIX.size(), "the undisturbed run has " + results.size());
        return results;
    }

    private static Process start(Path directory, String campaign, int parallel) throws IOException {
        Path log = directory.resolveSibling(directory.getFileName() + ".out");
        return new ProcessBuilder(
                        Torture.java(KillVictim.class, directory.toString(), campaign, Integer.toString(parallel)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** One benchmark, from its first start to its end. */
    private static final class Campaign {
        private final RunDirectory directory;
        private final String name;
        private final Random random;
        private final Map<String, Map<String, Object>> expected;
        private final Watcher watcher;
        private int killed;
        private int interruptedAttempts;

        Campaign(Path directory, Random random, Map<String, Map<String, Object>> expected) {
            this.directory = RunDirectory.of(directory);
            this.name = directory.getFileName() + "-" + Long.toHexString(System.nanoTime());
            this.random = random;
            this.expected = expected;
            this.watcher = new Watcher(this.directory);
        }

        void runUntilComplete(int mostKills) throws Exception {
            watcher.start();
            try {
                int exit = -1;
                while (exit != 0) {
                    String before = runId();
                    Process victim = start(directory.path(), name, 1 + random.nextInt(16));
                    if (endsBeforeItsKill(victim, before, killed < mostKills)) {
                        exit = victim.exitValue();
                        Torture.check(
                                exit == 0,
                                "the victim ended with " + exit + "; see its .out file: "
                                        + Files.readString(directory
                                                .path()
                                                .resolveSibling(directory.path().getFileName() + ".out")));
                    } else {
                        Torture.check(killed < mostKills, "the victim hangs");
                        victim.destroyForcibly().waitFor();
                        killed++;
                        checkInterrupted();
                    }
                }
            } finally {
                watcher.end();
            }
            checkEnd();
        }

        /** Waits for a random instant: mostly one after the run has begun, sometimes one of the start. */
        private boolean endsBeforeItsKill(Process victim, String runBefore, boolean isToBeKilled) throws Exception {
            if (!isToBeKilled) {
                return victim.waitFor(600, TimeUnit.SECONDS);
            }
            if (random.nextInt(4) == 0) {
                return victim.waitFor(random.nextInt(800), TimeUnit.MILLISECONDS);
            }
            while (victim.isAlive() && runId().equals(runBefore)) {
                Thread.sleep(2);
            }
            return victim.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
        }

        private String runId() throws IOException {
            return new StatusReader(directory)
                    .read()
                    .map(status -> status.run().id())
                    .orElse("none");
        }

        private void checkInterrupted() throws IOException {
            Optional<RunStatus> status = new StatusReader(directory).read();
            long[] complete = new long[1];
            RunJournal.read(RunFiles.journal(directory), record -> complete[0] += record.isComplete() ? 1 : 0);
            status.ifPresent(last -> {
                Torture.check(
                        last.progress().completed() <= complete[0],
                        "status counted " + last.progress().completed() + " but the journal has " + complete[0]);
                Torture.check(
                        last.state().isFinal() || last.isInterrupted(Instant.now()),
                        "a dead runner's status is not shown as interrupted");
            });
        }

        private void checkEnd() throws IOException {
            Map<String, Integer> successes = new HashMap<>();
            RunJournal.read(RunFiles.journal(directory), record -> {
                Torture.check(record.outcome().state().failure().isEmpty(), "a kill became a failure: " + record);
                if (record.isComplete()) {
                    String task = record.calculation().taskId();
                    successes.merge(task, 1, Integer::sum);
                    Torture.check(
                            record.outcome().results().equals(expected.get(task)),
                            "another result than undisturbed: " + record);
                } else {
                    interruptedAttempts++;
                }
            });
            Torture.check(successes.keySet().equals(expected.keySet()), "lost or invented: " + successes.keySet());
            successes.forEach((task, count) -> Torture.check(count == 1, task + " has " + count + " successes"));
            RunStatus last = new StatusReader(directory).read().orElseThrow();
            Torture.check(
                    last.state() == RunState.COMPLETE && last.progress().completed() == expected.size(),
                    "the last status is " + last);
            List<ProcessTable.Entry> left = ProcessTable.find(
                    entry -> ProcessTable.environmentHolds(entry.pid(), KillVictim.CAMPAIGN_VARIABLE + "=" + name));
            Torture.check(left.isEmpty(), "processes left behind: " + left);
        }
    }

    /** Reads status and journal without a pause. */
    private static final class Watcher {
        private final RunDirectory directory;
        private final AtomicReference<Throwable> fault = new AtomicReference<>();
        private final Thread thread = new Thread(this::watch, "torture-watcher");
        private volatile boolean ended;
        private long reads;
        private int mostCompleted;

        Watcher(RunDirectory directory) {
            this.directory = directory;
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        void end() throws InterruptedException {
            ended = true;
            thread.join();
            if (fault.get() != null) {
                throw new AssertionError("a reader saw something wrong", fault.get());
            }
        }

        private void watch() {
            try {
                while (!ended) {
                    // Reading checks that the counts add up.
                    int completed = new StatusReader(directory)
                            .read()
                            .map(status -> status.progress().completed())
                            .orElse(mostCompleted);
                    Torture.check(
                            completed >= mostCompleted, "completed fell from " + mostCompleted + " to " + completed);
                    mostCompleted = completed;
                    RunJournal.read(RunFiles.journal(directory), record -> {});
                    reads++;
                    Thread.sleep(1); // leaves the processor to the victim
                }
            } catch (Throwable e) {
                fault.set(e);
            }
        }
    }
}
