package io.github.qmbench.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as a made-up {@code /proc} shows them: a hundred ticks a second, pages of 1000 bytes. */
class UsageWatchTest {

    private static final long RUNNER = 10;
    private static final long LEADER = 100;

    @TempDir
    Path proc;

    @TempDir
    Path cgroups;

    private final AtomicLong nanos = new AtomicLong();
    private UsageWatch watch;

    @BeforeEach
    void runnerWithoutChildren() throws IOException {
        runnerHasInherited(0);
        watch = new UsageWatch(proc, cgroups, nanos::get, new ProcUnits(100, 1000));
    }

    private void process(long pid, long parent, long session, long ticks, long reapedTicks, long pages)
            throws IOException {
        write(Long.toString(pid), pid, parent, session, ticks, reapedTicks, pages);
    }

    private void runnerHasInherited(long ticks) throws IOException {
        write("self", RUNNER, 1, RUNNER, 0, ticks, 1);
    }

    private void write(String name, long pid, long parent, long session, long ticks, long reaped, long pages)
            throws IOException {
        Path directory = Files.createDirectories(proc.resolve(name));
        Files.writeString(
                directory.resolve("stat"),
                pid + " (a (odd) name) S " + parent + " " + session + " " + session + " 0 -1 0 0 0 0 0 " + ticks + " 0 "
                        + reaped + " 0 20 0 1 0 " + (1000 + pid) + " 0 " + pages + " 0\n");
        Files.writeString(directory.resolve("status"), "Name:\tx\nVmHWM:\t       0 kB\n");
    }

    private void io(long pid, long read, long written) throws IOException {
        Files.writeString(
                proc.resolve(pid + "/io"), "rchar: 1\nread_bytes: " + read + "\nwrite_bytes: " + written + "\n");
    }

    private void gone(long pid) throws IOException {
        try (Stream<Path> files = Files.list(proc.resolve(Long.toString(pid)))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(proc.resolve(Long.toString(pid)));
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Ends a program of which nothing is left and that the runner has inherited so much of. */
    private ResourceUsage end(UsageWatch.Session session, long inherited) throws IOException {
        runnerHasInherited(inherited);
        session.lookAtTheRest();
        return session.end();
    }

    private static Duration ticks(long number) {
        return Duration.ofMillis(10 * number);
    }

    @Test
    void programThatEndedBeforeAnyLookHasTheTimeThatTheRunnerInherited() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 1);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofMillis(300));
        gone(LEADER);

        assertThat(end(session, 25).cpu()).isEqualTo(ticks(25));
    }

    @Test
    void timeOfAChildThatItsParentWaitedForCountsOnceAndWhole() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        process(101, LEADER, LEADER, 100, 0, 1);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();

        process(LEADER, RUNNER, LEADER, 6, 140, 1); // the child used 40 more, and a short one nobody saw may be in it
        gone(101);
        after(Duration.ofSeconds(2));
        session.look();
        gone(LEADER);

        assertThat(end(session, 146).cpu()).isEqualTo(ticks(146));
    }

    @Test
    void childrenAndTheirParentThatEndBetweenTwoLooksCountOnceAndWhole() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        process(101, LEADER, LEADER, 1000, 0, 1);
        process(102, LEADER, LEADER, 1000, 0, 1);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();

        gone(101);
        gone(102);
        gone(LEADER);
        after(Duration.ofMillis(100));

        assertThat(end(session, 2015).cpu()).isEqualTo(ticks(2015));
    }

    @Test
    void timeOfAProcessWhoseParentIsGoneIsKeptAsItWasSeenLast() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        process(101, 1, LEADER, 70, 0, 1); // found by its session
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();
        gone(101);
        after(Duration.ofSeconds(2));
        session.look();
        gone(LEADER);

        assertThat(end(session, 5).cpu()).isEqualTo(ticks(75));
    }

    @Test
    void childInASessionOfItsOwnBelongsToItsParent() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        process(101, LEADER, 101, 70, 0, 50);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();

        assertThat(session.end().peakMemoryBytes()).hasValue(51_000);
    }

    @Test
    void childrenAreFoundBeforeTheNextSearch() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        process(101, LEADER, LEADER, 70, 0, 50);
        Path task = Files.createDirectories(proc.resolve(LEADER + "/task/" + LEADER));
        Files.writeString(task.resolve("children"), "101 ");
        after(Duration.ofMillis(30));
        session.look();

        assertThat(session.end().peakMemoryBytes()).hasValue(51_000);
    }

    @Test
    void processOfAnotherSessionDoesNotCount() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        process(300, 1, 300, 7000, 7000, 7000);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();
        gone(LEADER);

        ResourceUsage usage = end(session, 5);
        assertThat(usage.cpu()).isEqualTo(ticks(5));
        assertThat(usage.peakMemoryBytes()).hasValue(1000);
    }

    @Test
    void ofProgramsThatEndTogetherEachHasItsOwnTime() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 1);
        process(200, RUNNER, 200, 0, 0, 1);
        UsageWatch.Session one = watch.begin(LEADER, () -> true);
        UsageWatch.Session other = watch.begin(200, () -> true);
        process(LEADER, RUNNER, LEADER, 1000, 0, 1);
        process(200, RUNNER, 200, 40, 0, 1);
        after(Duration.ofSeconds(60));
        one.look();
        other.look();
        gone(LEADER);
        gone(200);
        runnerHasInherited(1040);

        assertThat(other.end().cpu()).as("not the time of the other one").isBetween(ticks(40), ticks(80));
        assertThat(one.end().cpu()).isBetween(ticks(1000), ticks(1040));
    }

    @Test
    void whatAnotherChildOfTheRunnerUsedIsNoPartOfIt() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 1);
        UsageWatch.Session first = watch.begin(LEADER, () -> true);
        gone(LEADER);
        end(first, 5);
        runnerHasInherited(500); // of a program that nobody measures
        process(200, RUNNER, 200, 0, 0, 1);
        UsageWatch.Session second = watch.begin(200, () -> true);
        after(Duration.ofSeconds(20));
        gone(200);

        assertThat(end(second, 507).cpu()).isEqualTo(ticks(7));
    }

    @Test
    void peakIsThatOfAllProcessesTogetherAndNotLessThanThatOfOne() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 10);
        process(101, LEADER, LEADER, 0, 0, 200);
        process(102, LEADER, LEADER, 0, 0, 300);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();
        gone(102);
        process(101, LEADER, LEADER, 0, 0, 400);
        after(Duration.ofSeconds(2));
        session.look();
        assertThat(session.end().peakMemoryBytes()).hasValue(510_000);
    }

    @Test
    void peakBetweenTwoLooksIsThatOfTheProcessThatHadIt() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 10);
        Files.writeString(proc.resolve(LEADER + "/status"), "VmPeak:\t 9000 kB\nVmHWM:\t 700 kB\nVmRSS:\t 10 kB\n");
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();

        assertThat(session.end().peakMemoryBytes()).hasValue(700 * 1024);
    }

    @Test
    void bytesOfThoseThatHaveEndedAreNotLost() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 10);
        io(LEADER, 0, 7);
        process(101, 1, LEADER, 0, 0, 10);
        io(101, 4096, 512);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();
        gone(101);
        gone(LEADER);

        ResourceUsage usage = end(session, 0);
        assertThat(usage.readBytes()).hasValue(4096);
        assertThat(usage.writtenBytes()).hasValue(519);
    }

    @Test
    void memoryAndTransferThatNobodySawAreUnknownAndNotZero() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 10);
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        gone(LEADER);

        ResourceUsage usage = end(session, 0);
        assertThat(usage.peakMemoryBytes()).isEmpty();
        assertThat(usage.readBytes()).isEmpty();
    }

    @Test
    void programWithAControlGroupOfItsOwnIsMeasuredByIt() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        Files.writeString(proc.resolve("self/cgroup"), "0::/user/runner\n");
        Files.writeString(proc.resolve(LEADER + "/cgroup"), "1:cpu:/other\n0::/user/run-17.scope\n");
        Path group = Files.createDirectories(cgroups.resolve("user/run-17.scope"));
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 7654321\nuser_usec 7000000\n");
        Files.writeString(group.resolve("memory.stat"), "anon 5000000\nfile 900000000\nshmem 200000\nfile_mapped 7\n");
        Files.writeString(
                group.resolve("io.stat"),
                "8:0 rbytes=100 wbytes=200 rios=1\n8:16 rbytes=11 wbytes=22 rios=1 dbytes=5\n");
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();
        gone(LEADER);
        for (String file : List.of("cpu.stat", "memory.stat", "io.stat")) {
            Files.delete(group.resolve(file)); // the group ends with its program
        }

        assertThat(end(session, 5))
                .isEqualTo(ResourceUsage.ofCpu(Duration.ofMillis(7654))
                        .withPeakMemory(5_200_000)
                        .withTransfer(111, 222));
    }

    @Test
    void controlGroupThatTheRunnerSharesTellsNothingOfAProgram() throws IOException {
        process(LEADER, RUNNER, LEADER, 5, 0, 1);
        Files.writeString(proc.resolve("self/cgroup"), "0::/user/runner\n");
        Files.writeString(proc.resolve(LEADER + "/cgroup"), "0::/user/runner\n");
        Path group = Files.createDirectories(cgroups.resolve("user/runner"));
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 7654321\n");
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(2));
        session.look();
        gone(LEADER);

        assertThat(end(session, 5).cpu()).isEqualTo(ticks(5));
    }

    @Test
    void looksGetRarerWithTheNumberOfProcesses() throws IOException {
        process(LEADER, RUNNER, LEADER, 0, 0, 1);
        for (int i = 1; i <= 99; i++) {
            process(LEADER + i, LEADER, LEADER, 0, 0, 1);
        }
        UsageWatch.Session session = watch.begin(LEADER, () -> true);
        after(Duration.ofSeconds(60));
        session.look(); // finds the others, so that the next look is due in 40 s
        process(LEADER, RUNNER, LEADER, 0, 0, 1000);

        after(Duration.ofMillis(29_000));
        session.look();
        process(LEADER, RUNNER, LEADER, 0, 0, 1);

        assertThat(session.end().peakMemoryBytes()).hasValue(100_000);
    }
}
