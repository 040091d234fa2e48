package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.store.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusReportTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final RunnerIdentity ELSEWHERE = new RunnerIdentity(41, "never", "node7", "another-boot");

    @TempDir
    Path path;

    @Test
    void ofNineRunningCalculationsEightAreShown() {
        assertThat(lines(RunStatus.Progress.of(30, 7, 2, 9, 2), 9))
                .containsExactly(
                        "run        run-1 in " + path,
                        "state      running, according to process 41 on node7",
                        "progress   7 of 30 done (23 %), 2 failed, 9 running, 12 left",
                        "current    m1 WP04, for 59 s",
                        "           m2 WP04, for 58 s, attempt 2: step 2",
                        "           m3 WP04, for 57 s, attempt 3: step 3",
                        "           m4 WP04, for 56 s, attempt 4: step 4",
                        "           m5 WP04, for 55 s, attempt 5: step 5",
                        "           m6 WP04, for 54 s, attempt 6: step 6",
                        "           m7 WP04, for 53 s, attempt 7: step 7",
                        "           m8 WP04, for 52 s, attempt 8: step 8",
                        "           and 1 more",
                        "time left  about 4 minutes, 8 times in 10 between 3 min and 7 min (12 s a calculation on average)",
                        "started    2026-03-01 08:00:00 UTC (1 min ago)",
                        "updated    2026-03-01 08:00:50 UTC (10 s ago)");
        assertThat(lines(RunStatus.Progress.of(30, 7, 2, 8, 2), 8))
                .noneMatch(line -> line.endsWith(" more"))
                .anyMatch(line -> line.contains("m8 WP04"));
    }

    @Test
    void theProgressInOneLine() {
        StatusReport report = report(RunStatus.Progress.of(30, 7, 2, 1, 2), 1);

        assertThat(report.brief()).isEqualTo("7 of 30 done, 2 failed, about 4 minutes left");
        assertThat(report.stopping(false))
                .isEqualTo(
                        "stopping when 1 running calculation has ended (m1/WP04); 20 calculations left for another time");
        assertThat(report.stopping(true))
                .isEqualTo("stopping now: 1 running calculation will be ended, and calculated again next time;"
                        + " 20 other calculations left");
    }

    private List<String> lines(RunStatus.Progress progress, int running) {
        return report(progress, running).lines();
    }

    private StatusReport report(RunStatus.Progress progress, int running) {
        RunStatus status = RunStatus.of(
                RunStatus.Run.of(
                        "run-1",
                        START,
                        START.plusSeconds(50),
                        RunState.RUNNING,
                        Optional.empty(),
                        ELSEWHERE,
                        Duration.ofSeconds(30)),
                progress,
                IntStream.rangeClosed(1, running)
                        .mapToObj(number -> RunStatus.TaskUnderWay.of(
                                Calculation.of("m" + number, Map.of("functional", "WP04")),
                                number,
                                START.plusSeconds(number),
                                number == 1 ? Optional.empty() : Optional.of("step " + number)))
                        .toList(),
                List.of(),
                TimeLeft.of(Duration.ofSeconds(250))
                        .withRange(TimeLeft.Range.from(Duration.ofMinutes(3)).to(Duration.ofMinutes(7)))
                        .withAverageCalculation(Duration.ofSeconds(12)));
        return new StatusReport(RunDirectory.of(path), status, START.plusSeconds(60));
    }

    @Test
    void theLastThreeFailuresAreShown() {
        RunStatus.Progress progress = RunStatus.Progress.of(9, 2, 4, 0, 4);
        assertThat(new StatusReport(RunDirectory.of(path), failed(progress, 4), START.plusSeconds(60)).lines())
                .endsWith(
                        "last failures:",
                        "  m2/WP04  scf: reason 2",
                        "  m3/WP04  scf: reason 3",
                        "  m4/WP04  scf: reason 4");
        assertThat(new StatusReport(
                                RunDirectory.of(path),
                                failed(RunStatus.Progress.of(9, 2, 3, 0, 3), 3),
                                START.plusSeconds(60))
                        .lines())
                .endsWith(
                        "failures:",
                        "  m1/WP04  scf: reason 1",
                        "  m2/WP04  scf: reason 2",
                        "  m3/WP04  scf: reason 3");
    }

    private static RunStatus failed(RunStatus.Progress progress, int failures) {
        return RunStatus.of(
                RunStatus.Run.of(
                        "run-1", START, START, RunState.RUNNING, Optional.empty(), ELSEWHERE, Duration.ofSeconds(30)),
                progress,
                List.of(),
                IntStream.rangeClosed(1, failures)
                        .mapToObj(number -> RunStatus.FailedTask.of(
                                Calculation.of("m" + number, Map.of("functional", "WP04")),
                                "scf",
                                "reason " + number,
                                START.plusSeconds(number)))
                        .toList(),
                TimeLeft.UNKNOWN);
    }
}
