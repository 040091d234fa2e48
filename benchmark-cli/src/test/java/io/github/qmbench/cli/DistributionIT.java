package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution as users start it: real processes, signals, exit codes; calculations by a shell script. */
class DistributionIT {

    /** Says that it runs, then waits until the file {@code go} is there. */
    private static final String WAIT_FOR_GO = "echo $$ > pid; while [ ! -e \"$GO\" ]; do sleep 0.05; done";

    @TempDir
    Path temporary;

    private Path directory;
    private Path results;
    private Path go;
    private Distribution started;

    @BeforeEach
    void makesADirectoryWithAnUglyName() throws IOException {
        directory = Files.createDirectory(temporary.resolve("it's a \"test\"\nünder way"));
        results = directory.resolve("results");
        go = directory.resolve("go");
    }

    private Distribution distribution(String script) throws IOException {
        started = new Distribution(directory).withScript(script).with("GO", go.toString());
        return started;
    }

    @AfterEach
    void endsWhatIsLeft() {
        if (started != null) {
            started.endAll();
        }
    }

    @Test
    void answersWithoutARun() throws Exception {
        Distribution distribution = new Distribution(directory);

        Ended status = distribution.run("status");

        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).startsWith("no run in ");
        assertThat(status.err()).isEmpty();
        assertThat(distribution.run("stop").out()).startsWith("nothing to stop");
        assertThat(distribution.run("--version").out()).startsWith("qmbench ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx_XX.UTF-8", "C", "C.UTF-8"})
    void namesFilesWithAnyLettersInAnyLocale(String locale) throws Exception {
        Distribution distribution = new Distribution(directory).with("LC_ALL", locale);

        assertThat(distribution.run("status", "--results", "münden").out())
                .startsWith(
                        "no run in " + Phrases.clean(directory.resolve("münden").toString()));
    }

    @Test
    void runsResumesAndSummarises() throws Exception {
        Distribution distribution = distribution("[ \"$0\" != m2/WP04 ] || [ -e \"$GO\" ]");

        Ended first = distribution.run("run", "--backend", "script");

        assertThat(first.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(first.err()).contains("m2/WP04 FAILED after").doesNotContain("\r", "\u001b");
        assertThat(first.out()).contains("complete: 5 of 6 done, 1 failed");

        Files.createFile(go);
        Ended second = distribution.run("run", "--backend", "script");

        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).contains("6 calculations, 5 of them done before", "m2/WP04, attempt 2");
        assertThat(distribution.run("summary", "--format", "csv").out()).hasLineCount(7);
        assertThat(distribution.run("failures").out()).startsWith("nothing failed");
    }

    @Test
    void ctrlCLetsTheCalculationFinish() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script");
        awaitCalculation("m1/B3LYP");

        run.signal("INT");
        Distribution.await(() -> run.err().contains("Ctrl-C again ends"));
        Files.createFile(go);
        Ended ended = run.await();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("stopped: 1 of 6 done, 5 left");
        assertThat(status().state()).isEqualTo(RunState.STOPPED);
    }

    @Test
    void ctrlCTwiceEndsTheCalculationAndLeavesNoProcess() throws Exception {
        Started run = distribution(WAIT_FOR_GO).start("run", "--backend", "script");
        long child = awaitCalculation("m1/B3LYP");

        run.signal("INT");
        Distribution.await(() -> run.err().contains("Ctrl-C again ends"));
        run.signal("INT");

        assertThat(run.await().exitCode()).isEqualTo(130);
        assertStoppedWithoutTrace(child);
    }

    @Test
    void sigtermEndsTheCalculationAndLeavesNoProcess() throws Exception {
        Started run = distribution(WAIT_FOR_GO).start("run", "--backend", "script", "--headless");
        long child = awaitCalculation("m1/B3LYP");

        run.signal("TERM");

        assertThat(run.await().exitCode()).isEqualTo(143);
        assertStoppedWithoutTrace(child);
    }

    @Test
    void aLostTerminalDoesNotEndAHeadlessRun() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script", "--headless");
        awaitCalculation("m1/B3LYP");

        run.signal("HUP");
        Files.createFile(go);

        assertThat(run.await().exitCode()).isZero();
        assertThat(status().state()).isEqualTo(RunState.COMPLETE);
    }

    @Test
    void stopFromASecondTerminalWaitsForTheEnd() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script");
        long child = awaitCalculation("m1/B3LYP");

        Ended stop = distribution.run("stop", "--now", "--wait");

        assertThat(stop.exitCode()).isZero();
        assertThat(stop.out())
                .startsWith("stopping now: 1 calculation under way")
                .endsWith("has ended: stopped\n");
        assertThat(run.await().exitCode()).isZero();
        assertStoppedWithoutTrace(child);
    }

    @Test
    void aSecondRunnerIsRefusedWithoutTouchingTheFirstOnesStop() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script");
        awaitCalculation("m1/B3LYP");
        assertThat(distribution.run("stop").out()).startsWith("stopping when 1 calculation under way has ended");

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
    void aKilledRunnerIsShownAsInterruptedAndTheNextRunGoesOn() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script");
        long child = awaitCalculation("m1/B3LYP");

        run.signal("KILL");
        run.await();

        assertThat(distribution.run("status").out()).contains("state      interrupted", "m1 B3LYP");
        assertThat(Json.parseObject(distribution.run("status", "--json").out()))
                .containsEntry("state", "running")
                .containsEntry("liveness", "dead");
        Files.createFile(go);
        Ended next = distribution.run("run", "--backend", "script");
        assertThat(next.exitCode()).isZero();
        assertThat(next.err()).contains("m1/B3LYP was interrupted in attempt 1");
        Distribution.await(() -> ProcessHandle.of(child).isEmpty()); // whoever adopted it takes a moment to notice
    }

    @ParameterizedTest
    @CsvSource({"--timeout,timeout", "--stall,stalled"})
    void aCalculationThatTakesTooLongOrStallsIsAFailureOfItsOwnKind(String option, String kind) throws Exception {
        Distribution distribution = distribution("echo $$ > pid; [ \"$0\" = m1/WP04 ] || exec sleep 300");

        Ended run = distribution.run("run", "--backend", "script", "--molecules", "m1", option, "1s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(run.out()).contains("complete: 1 of 2 done, 1 failed").containsPattern(kind + " +1 +m1/B3LYP");
        assertThat(ProcessHandle.of(awaitCalculation("m1/B3LYP"))).isEmpty();
    }

    @Test
    void aDetachedRunGoesOnByItself() throws Exception {
        Distribution distribution = distribution(WAIT_FOR_GO);

        Ended started = distribution.run("run", "--backend", "script", "--detach");

        assertThat(started.exitCode()).isZero();
        assertThat(started.out())
                .contains(
                        "process " + status().run().runner().pid(),
                        "log:   "
                                + Phrases.clean(results.resolve("benchmark.log").toString()))
                .contains("watch: qmbench watch", "stop:  qmbench stop");
        awaitCalculation("m1/B3LYP");
        assertThat(distribution.run("run", "--backend", "script", "--detach").exitCode())
                .isEqualTo(ExitCode.HELD);
        Files.createFile(go);
        assertThat(distribution.run("watch").out()).contains("state      complete");
        assertThat(Files.readString(results.resolve("benchmark.log"))).contains("6 completed, 0 failed of 6");
    }

    @Test
    void badInputIsRefusedBeforeADetachedRunBegins() throws Exception {
        Ended refused = new Distribution(directory).run("run", "--molecules", "compund_05", "--detach");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("did you mean compound_05?");
        assertThat(results).doesNotExist();
    }

    @Test
    void needsNoSourceTreeAndHasTheLicence() throws Exception {
        Distribution distribution = new Distribution(directory);
        Path copy = directory.resolve("copy");
        new ProcessBuilder("cp", "-R", distribution.home().toString(), copy.toString())
                .start()
                .waitFor();
        Path link = Files.createSymbolicLink(directory.resolve("qmbench"), copy.resolve("bin/qmbench"));

        Process process = new ProcessBuilder(link.toString(), "list", "molecules").start();
        List<String> lines = process.inputReader().lines().toList();

        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSize(51).element(1).asString().startsWith("compound_01");
        assertThat(copy.resolve("LICENSE")).exists();
    }

    @Test
    void findsJarsInItsPluginsAndOnTheVariable() throws Exception {
        Distribution distribution = new Distribution(directory);
        Path copy = directory.resolve("copy");
        new ProcessBuilder("cp", "-R", distribution.home().toString(), copy.toString())
                .start()
                .waitFor();
        Path inside = PluginJar.make(copy.resolve("plugins/inside.jar"), "Inside", "inside");
        Path outside = PluginJar.make(directory.resolve("outside.jar"), "Outside", "outside");
        ProcessBuilder list = new ProcessBuilder(copy.resolve("bin/qmbench").toString(), "list", "backends");
        list.environment().put("QMBENCH_PLUGINS", outside.toString());

        List<String> lines = list.start().inputReader().lines().toList();

        assertThat(lines)
                .hasSize(4)
                .anyMatch(line -> line.endsWith(Phrases.clean(inside.toString())))
                .anyMatch(line -> line.endsWith(Phrases.clean(outside.toString())));
    }

    @Test
    void refusesAPluginThatIsNotThere() throws Exception {
        Ended ended = new Distribution(directory)
                .with("QMBENCH_PLUGINS", "/nowhere/x.jar")
                .run("list", "backends");

        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("QMBENCH_PLUGINS names /nowhere/x.jar");
    }

    @Test
    void saysWhichJavaItNeeds() throws Exception {
        Path fake = Files.createDirectories(directory.resolve("jdk/bin"));
        Files.writeString(fake.resolveSibling("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.writeString(fake.resolve("java"), "#!/bin/sh\n");
        assertThat(fake.resolve("java").toFile().setExecutable(true)).isTrue();

        Ended ended = new Distribution(directory)
                .with("JAVA_HOME", fake.getParent().toString())
                .run("status");

        assertThat(ended.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(ended.err()).contains("needs Java 17 or newer").contains("11.0.2");
    }

    private long awaitCalculation(String task) throws InterruptedException, IOException {
        Path pid = RunDirectory.of(results).calculation(task).resolve("pid");
        Distribution.await(() -> {
            try {
                return Files.exists(pid) && Files.readString(pid).endsWith("\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Long.parseLong(Files.readString(pid).strip());
    }

    private void assertStoppedWithoutTrace(long child) throws IOException {
        RunStatus status = status();
        assertThat(status.state()).isEqualTo(RunState.STOPPED);
        assertThat(status.progress().failed()).isZero();
        assertThat(status.running()).isEmpty();
        assertThat(ProcessHandle.of(child)).isEmpty();
        assertThat(results.resolve("STOP")).doesNotExist();
    }

    private RunStatus status() throws IOException {
        return new StatusReader(RunDirectory.of(results)).read().orElseThrow();
    }

    @Test
    void backendThatEndsTheProcessIsNoSuccessAndTheRunWasInterrupted() throws Exception {
        Distribution distribution = distribution("EXIT 0");

        Ended ended = distribution.run("run", "--backend", "script");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.SOFTWARE);
        assertThat(ended.err()).contains("ended the whole process from inside");
        assertThat(distribution.run("status").out()).contains("interrupted");
        assertThat(distribution
                        .with("TEST_SCRIPT", "true")
                        .run("run", "--backend", "script")
                        .exitCode())
                .isZero();
    }
}
