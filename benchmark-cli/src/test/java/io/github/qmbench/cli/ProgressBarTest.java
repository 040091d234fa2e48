package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressBarTest {

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();

    @Test
    void showsCountsTimeLeftAndWhatIsUnderWay() throws Exception {
        runFour(bar(100));

        assertThat(lines.get(0)).isEqualTo("0/4 [------------------------]  a/x 0:00");
        assertThat(lines.get(1)).startsWith("1/4 [######------------------]  less than a minute left  b/x 0:00");
        assertThat(lines.get(2)).startsWith("2/4 [############------------]  1 failed  less than a minute left  c/x");
        assertThat(text()).contains("b/x FAILED after", "timeout: too long\n").doesNotContain("a/x complete");
    }

    @Test
    void isNeverWiderThanTheTerminal() throws Exception {
        runFour(bar(30));

        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).hasSizeLessThan(30));
    }

    @Test
    void ofTwoCalculationsWithLongNamesBothAreSeenAt80Columns() {
        ProgressBar bar = bar(80);
        bar.started(startedStatus());
        bar.begun(Calculation.of("2-methyl-2-nitropropane_conformer_17", Map.of("functional", "WP04")));
        bar.begun(Calculation.of("2-methyl-2-nitropropane_conformer_18", Map.of("functional", "WP04")));

        assertThat(bar.line())
                .matches(".*  2-methyl.*\\.\\..*WP04 0:00  2-methyl.*\\.\\..*WP04 0:00")
                .hasSizeLessThan(80);
    }

    @Test
    void timesGoOnWithoutEvents() {
        ProgressBar bar = bar(100);
        bar.started(startedStatus());
        bar.begun(Calculation.of("a", Map.of("functional", "x")));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3723));

        assertThat(bar.line()).endsWith("a/x 1:02:03");
    }

    @Test
    void showsNothingAfterItWasClosed() {
        ProgressBar bar = bar(100);
        bar.started(startedStatus());
        bar.draw();
        bar.close();
        int length = err.size();

        bar.draw();

        assertThat(err.size()).isEqualTo(length);
        assertThat(text()).endsWith("\r\u001b[K");
    }

    private static RunStatus status(int completed, int failed, Duration left) {
        Instant then = Instant.parse("2026-11-24T09:00:00Z");
        return RunStatus.of(
                RunStatus.Run.of(
                        "r-1",
                        then,
                        then,
                        RunState.RUNNING,
                        Optional.empty(),
                        RunnerIdentity.ofThisProcess(),
                        Duration.ofSeconds(10)),
                RunStatus.Progress.of(9, completed, failed, 0, failed),
                List.of(),
                List.of(),
                left == null ? TimeLeft.UNKNOWN : TimeLeft.of(left));
    }

    /** The time left goes down with the clock, but not below nothing, and is not shown when nothing is left. */
    @Test
    void theLineHasCountsTheTimeLeftAndTheTimesOfWhatIsRunning() {
        ProgressBar bar = bar(100);
        bar.started(status(2, 1, Duration.ofHours(3)));
        assertThat(bar.line()).isEqualTo("3/9 [########----------------]  1 failed  about 3 hours left");

        bar.begun(Calculation.of("a", Map.of("functional", "x")));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
        bar.begun(Calculation.of("b", Map.of("functional", "y")));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3540));
        assertThat(bar.line())
                .isEqualTo("3/9 [########----------------]  1 failed  about 2 hours left  a/x 59:59  b/y 59:00");

        nanos.addAndGet(TimeUnit.HOURS.toNanos(5) + TimeUnit.SECONDS.toNanos(1));
        assertThat(bar.line())
                .isEqualTo(
                        "3/9 [########----------------]  1 failed  less than a minute left  a/x 6:00:00  b/y 5:59:01");

        bar.started(status(8, 1, Duration.ofHours(3)));
        assertThat(bar.line()).startsWith("9/9 [########################]  1 failed  a/x");
        bar.started(status(0, 0, null));
        assertThat(bar.line()).startsWith("0/9 [------------------------]  a/x");
    }

    @Test
    void namesAreCutInTheMiddleToTheRoomThatThereIs() {
        ProgressBar bar = bar(60);
        bar.started(status(3, 0, null));
        bar.begun(Calculation.of("abcdefghijklmnopqrstuvwxyz", Map.of("functional", "WP04")));
        assertThat(bar.line()).isEqualTo("3/9 [#####----------]  abcdefghijklmnopqrstuvwxyz/WP04 0:00");

        bar = bar(60);
        bar.started(status(3, 0, null));
        bar.begun(Calculation.of("abcdefghijklmnopqrstuvwxyzA", Map.of("functional", "WP04")));
        assertThat(bar.line()).isEqualTo("3/9 [#####----------]  abcdefghijklmn..rstuvwxyzA/WP04 0:00");

        bar = bar(30);
        bar.started(status(3, 0, null));
        bar.begun(Calculation.of("abcdefghijklmnopqrstuvwxyz", Map.of("functional", "WP04")));
        bar.begun(Calculation.of("b", Map.of("functional", "WP04")));
        assertThat(bar.line()).as("too little room").isEqualTo("3/9 [##-----]  abcdefghijklmn");
    }

    @Test
    void everyEventIsDrawnOverTheLineBefore() {
        ProgressBar bar = bar(80);
        bar.started(status(1, 0, null));
        bar.begun(Calculation.of("a", Map.of("functional", "x")));
        bar.say("a note");
        bar.close();
        bar.close();

        assertThat(text())
                .isEqualTo("9 calculations, 1 of them done before\n"
                        + "\r1/9 [##------------------]  a/x 0:00\u001b[K"
                        + "\r\u001b[Ka note\n"
                        + "\r1/9 [##------------------]  a/x 0:00\u001b[K"
                        + "\r\u001b[K");
    }

    private ProgressBar bar(int columns) {
        LineStream stream = LineStream.checked(err);
        return new ProgressBar(new Console(stream, stream, true, true, false, columns), nanos::get);
    }

    private void runFour(ProgressBar bar) throws Exception {
        BenchmarkRunner.builder(
                        directory,
                        matrix("a", "b", "c", "d"),
                        (calculation, context) -> calculation.subject().equals("b")
                                ? CalculationOutcome.failed("timeout").because("too long")
                                : CalculationOutcome.complete(Map.of()))
                .listener(bar)
                .listener(new RunListener() {
                    @Override
                    public void calculationStarted(CalculationStarted event) {
                        lines.add(bar.line());
                    }
                })
                .build()
                .run();
    }

    private RunStatus startedStatus() {
        List<RunStatus> seen = new ArrayList<>();
        try {
            BenchmarkRunner.builder(
                            directory, matrix("a"), (calculation, context) -> CalculationOutcome.complete(Map.of()))
                    .listener(new RunListener() {
                        @Override
                        public void runStarted(RunStarted event) {
                            seen.add(event.status());
                        }

                        @Override
                        public void calculationEnded(CalculationEnded event) {
                            seen.add(event.status());
                        }
                    })
                    .build()
                    .run();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return seen.get(0);
    }

    private static CalculationMatrix matrix(String... subjects) {
        return CalculationMatrix.builder()
                .subjects(subjects)
                .axis("functional", "x")
                .build();
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
