package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hostile or odd files, places and circumstances can do to the distribution: nothing but a sentence. */
@Timeout(120)
class OutsideTextIT {

    private static final String EVIL = "a\u001b[2K\u009b31m\nqmbench: all is well\u202e";

    @TempDir
    Path directory;

    private Distribution distribution;

    @BeforeEach
    void takesTheDistribution() throws IOException {
        distribution = new Distribution(directory);
    }

    @AfterEach
    void endsWhatIsLeft() {
        distribution.endAll();
    }

    private static void assertClean(Ended ended) {
        assertThat((ended.out() + ended.err()).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("\u001b", "\u009b", "\u202e")
                        .doesNotStartWith("qmbench: all is well"));
    }

    @Test
    void theHostOfALockIsShownAsText() throws Exception {
        distribution.withScript("sleep 60");
        Path results = Files.createDirectory(directory.resolve("results"));
        Path lock = Files.writeString(
                results.resolve("run.lock"),
                "{\"pid\": 1, \"host\": \"a\\u001b[2K\\u009b31m\\nqmbench: all is well\\u202e\", \"since\": \"now\"}");
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(held.tryLock()).isNotNull();

            Ended run = distribution.run("run", "--backend", "script");

            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.HELD);
            assertThat(run.err()).contains("qmbench: another run holds ");
            assertClean(run);
        }
    }

    @Test
    void namesAndCommentsOfADataSetAreShownAsText() throws Exception {
        Path set = Files.createDirectory(directory.resolve(EVIL));
        Files.writeString(set.resolve("ar.xyz"), "1\n" + EVIL.replace('\n', ' ') + "\nAr 0 0 0\n");
        Ended list = distribution.run("list", "molecules", "--dataset", set.toString());
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertClean(list);

        Files.writeString(set.resolve(EVIL + ".xyz"), "nonsense");
        Ended refused = distribution.run("list", "molecules", "--dataset", set.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertClean(refused);
    }

    @Test
    void aFileThatAnnouncesTooMuchOrNeverEndsIsRefused() throws Exception {
        Files.writeString(
                directory.resolve("lie.mol"),
                "\n\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\nM  V30 COUNTS 2000000000 0 0 0 0\n");
        Path set = Files.createDirectory(directory.resolve("set"));
        distribution.runOther("mkfifo", "set/fifo.xyz");
        Files.createSymbolicLink(set.resolve("zero.xyz"), Path.of("/dev/zero"));

        Ended lie = distribution.run("list", "molecules", "--dataset", "lie.mol");
        Ended notRegular = distribution.run("list", "molecules", "--dataset", "set");

        assertThat(lie.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(lie.err()).contains("lie.mol:6: says 2000000000 atoms").hasLineCount(1);
        assertThat(notRegular.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(notRegular.err())
                .contains("fifo.xyz: it is a device or a named pipe, not a regular file")
                .contains("zero.xyz: it is a device or a named pipe, not a regular file")
                .hasLineCount(2);
    }

    @Test
    void tooLittleMemoryIsOneSentence() throws Exception {
        distribution.runOther("truncate", "-s", "60M", "large.xyz");

        Ended ended =
                distribution.with("QMBENCH_JAVA_OPTS", "-Xmx24m").run("list", "molecules", "--dataset", "large.xyz");

        assertThat(ended.exitCode()).isEqualTo(ExitCode.SOFTWARE);
        assertThat(ended.err())
                .startsWith("qmbench: there is not enough memory")
                .contains("QMBENCH_JAVA_OPTS=-Xmx")
                .hasLineCount(1);
    }

    @Test
    void filesThatAreNamedAreWrittenWhereTheyLead() throws Exception {
        distribution.withScript("true").run("run", "--backend", "script");
        String summary = distribution.run("summary").out();
        Path target = Files.writeString(directory.resolve("target"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        distribution.runOther("mkfifo", "fifo");

        assertThat(distribution.run("summary", "-o", "link").exitCode()).isZero();
        Ended fifo = distribution.runIn("cat fifo & \"$@\" && wait", "summary", "-o", "fifo");
        Ended appended = distribution.runIn("echo before; \"$@\" >> log; cat log", "summary", "-o", "/dev/stdout");

        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent(summary);
        assertThat(fifo.out()).isEqualTo(summary);
        assertThat(Files.isRegularFile(directory.resolve("fifo"))).isFalse();
        assertThat(appended.out()).isEqualTo("before\n" + summary);
    }

    @Test
    void aLogThatIsALinkOrAPipeIsRefusedBeforeTheRunBegins() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "text");
        Path results = Files.createDirectory(directory.resolve("results"));
        Path log = Files.createSymbolicLink(results.resolve("benchmark.log"), precious);
        distribution.withScript("true");

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
    void aRunWhoseLastLinesAreLostIsRecordedAndItsHookRuns() throws Exception {
        Ended run = distribution
                .withScript("true")
                .runIn("\"$@\" > /dev/full", "run", "--backend", "script", "--on-end", "touch hooked");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(directory.resolve("hooked")).exists();
        assertThat(distribution.run("status").out()).contains("state      complete", "6 of 6 done");
    }

    /** The clock of the run itself is five seconds behind that of the command that starts it. */
    @Test
    void aDetachedRunIsFoundWhenTheClockWasSetBack() throws Exception {
        Path source = Files.writeString(directory.resolve("back.c"), """
                #define _GNU_SOURCE
                #include <dlfcn.h>
                #include <stdio.h>
                #include <string.h>
                #include <sys/time.h>
                #include <time.h>
                static int back = -1;
                static int seconds(void) {
                    if (back < 0) {
                        char text[65536];
                        FILE *file = fopen("/proc/self/cmdline", "r");
                        size_t length = file ? fread(text, 1, sizeof text, file) : 0;
                        if (file) fclose(file);
                        back = memmem(text, length, "--headless", 10) ? 5 : 0;
                    }
                    return back;
                }
                int clock_gettime(clockid_t clock, struct timespec *time) {
                    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
                    int result = real(clock, time);
                    if (clock == CLOCK_REALTIME) time->tv_sec -= seconds();
                    return result;
                }
                int gettimeofday(struct timeval *restrict time, void *restrict zone) {
                    int (*real)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
                    int result = real(time, zone);
                    time->tv_sec -= seconds();
                    return result;
                }
                """);
        assumeThat(Path.of("/usr/bin/cc")).isExecutable();
        distribution.runOther("cc", "-shared", "-fPIC", "-o", "back.so", source.toString(), "-ldl");

        Started started = distribution
                .withScript("sleep 1")
                .with("LD_PRELOAD", directory.resolve("back.so").toString())
                .start("run", "--backend", "script", "--detach");
        Ended ended = started.await();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("in the background as process ");
        distribution.with("LD_PRELOAD", "").run("stop", "--now", "--wait");
    }
}
