package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run of many short calculations does, and does not do, for each of them. Times are for the bench. */
class ScaleTest {

    @TempDir
    Path path;

    private static CalculationMatrix matrix(int size) {
        return CalculationMatrix.builder()
                .subjects(
                        IntStream.range(0, size).mapToObj(i -> "compound_" + i).toList())
                .build();
    }

    /** Counts forces, and tells when one is under way. */
    private static class CountingStorage extends QuickStorage {
        private final AtomicInteger forces = new AtomicInteger();
        private final AtomicInteger appends = new AtomicInteger();

        @Override
        public AppendFile open(Path file) throws IOException {
            AppendFile disk = super.open(file);
            return new AppendFile() {
                @Override
                public long size() throws IOException {
                    return disk.size();
                }

                @Override
                public void append(byte[] bytes) throws IOException {
                    disk.append(bytes);
                    appends.incrementAndGet();
                }

                @Override
                public void force() throws IOException {
                    forces.incrementAndGet();
                    duringForce();
                }

                @Override
                public void truncate(long size) throws IOException {
                    disk.truncate(size);
                }

                @Override
                public void close() throws IOException {
                    disk.close();
                }
            };
        }

        void duringForce() {}
    }

    @Test
    void statusIsWrittenFiveTimesASecondHoweverManyCalculationsEnd() throws Exception {
        QuickStorage storage = new QuickStorage();
        AtomicLong nanos = new AtomicLong();

        BenchmarkRunner.builder(path, matrix(1000), (calculation, context) -> {
                    nanos.addAndGet(2_000_000); // two seconds in all
                    return CalculationOutcome.complete(Map.of());
                })
                .storage(storage)
                .clock(TestClock.timedBy(nanos::get))
                .build()
                .run();

        // The first, ten of the two seconds, the one that is due at once, and the last.
        assertThat(storage.statuses()).hasSizeBetween(10, 13);
        assertThat(StatusFormat.read(storage.statuses().get(0)).state()).isEqualTo(RunState.RUNNING);
        assertThat(StatusFormat.read(storage.statuses().get(storage.statuses().size() - 1))
                        .state())
                .isEqualTo(RunState.COMPLETE);
    }

    @Test
    void oneForceServesAllThatEndedMeanwhile() throws Exception {
        int sideBySide = 8;
        CountDownLatch allHaveBegun = new CountDownLatch(sideBySide);
        CountingStorage storage = new CountingStorage() {
            @Override
            void duringForce() {
                // The first force of a result goes on until the lines of all the others are written.
                if (super.appends.get() >= 1) {
                    while (super.appends.get() < sideBySide) {
                        Thread.onSpinWait();
                    }
                }
            }
        };

        BenchmarkRunner.builder(path, matrix(sideBySide), (calculation, context) -> {
                    allHaveBegun.countDown();
                    allHaveBegun.await();
                    return CalculationOutcome.complete(Map.of());
                })
                .parallel(sideBySide)
                .storage(storage)
                .build()
                .run();

        // On opening, the first line's, one for the other seven; at the end there is nothing left to force.
        assertThat(storage.forces).hasValueLessThanOrEqualTo(3);
        assertThat(storage.appends).hasValue(sideBySide);
    }

    @Test
    void periodicDurabilityForcesBySecondsAndBeforeTheLastStatus() throws Exception {
        CountingStorage storage = new CountingStorage();

        RunOutcome outcome = BenchmarkRunner.builder(
                        path, matrix(500), (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .durability(Durability.PERIODIC)
                .storage(storage)
                .clock(TestClock.timedBy(() -> 0))
                .build()
                .run();

        assertThat(storage.appends).hasValue(500);
        assertThat(storage.forces).as("on opening and at the end").hasValue(2);
        assertThat(outcome.results().size()).isEqualTo(500);
    }

    @Test
    void calculationThatNeedsNoDirectoryGetsNone() throws Exception {
        BenchmarkRunner.builder(path, matrix(20), (calculation, context) -> {
                    if (calculation.subject().equals("compound_7")) {
                        context.directory();
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .storage(new QuickStorage())
                .build()
                .run();

        try (var entries = Files.list(path)) {
            assertThat(entries.filter(Files::isDirectory)
                            .map(entry -> entry.getFileName().toString())
                            .toList())
                    .isEqualTo(List.of("compound_7"));
        }
    }

    @Test
    void attemptThatLeavesNothingBehindIsNotNoted() throws Exception {
        AtomicInteger noted = new AtomicInteger();
        RunDirectory directory = RunDirectory.of(path);
        BenchmarkRunner.builder(path, matrix(2), (calculation, context) -> {
                    if (calculation.subject().equals("compound_1")) {
                        context.directory();
                        noted.set(AttemptLog.left(directory, notice -> {}).size());
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .storage(new QuickStorage())
                .build()
                .run();

        assertThat(noted)
                .as("the one that has a directory, while it is under way")
                .hasValue(1);
        assertThat(Files.readString(RunFiles.attempts(directory))).doesNotContain("compound_0");
        assertThat(AttemptLog.left(directory, notice -> {})).isEmpty();
    }
}
