package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.estimate.MemoryModel;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calculations that ask for the memory that completed ones needed, and the forecast of a plan. */
class LearntMemoryTest {

    private static final long GIVEN = 4L << 30;
    private static final long MOST = 16L << 30;
    private static final long USED = 700L << 20;

    @TempDir
    Path path;

    private final List<OptionalLong> asked = new ArrayList<>();
    private final List<OptionalLong> given = new ArrayList<>();

    /** A cluster whose programs all use as much, and take two hours of CPU time in one hour. */
    private record Cluster(List<OptionalLong> asked, long used) implements ProcessLauncher {
        @Override
        public ProcessResult launch(ProcessRequest request, LaunchControl control) {
            asked.add(request.memoryBytes());
            control.used(ResourceUsage.ofCpu(Duration.ofHours(2)).withPeakMemory(used));
            return ProcessResult.of(ProcessResult.Ending.EXITED, 0, Duration.ofHours(1), "somewhere");
        }

        @Override
        public boolean endLeftOver(LaunchedProcess process) {
            return false;
        }

        @Override
        public OptionalLong mostMemoryBytes() {
            return OptionalLong.of(MOST);
        }
    }

    private BenchmarkRunner.Builder runner(long used, String... subjects) {
        return BenchmarkRunner.builder(
                        path, CalculationMatrix.builder().subjects(subjects).build(), (calculation, context) -> {
                            given.add(context.givenMemoryBytes());
                            context.launch(ProcessRequest.builder(context.directory(), List.of("true"))
                                    .build());
                            return CalculationOutcome.complete(Map.of());
                        })
                .version("1")
                .launcher(new Cluster(asked, used))
                .memoryBytesEach(GIVEN);
    }

    @Test
    void afterThreeCalculationsTheOthersAskForWhatIsNeeded() throws Exception {
        runner(USED, "a", "b", "c", "d", "e").learnMemory(true).build().run();

        assertThat(asked.subList(0, 3)).as("as it was given").containsOnly(OptionalLong.empty());
        assertThat(asked.subList(3, 5)).containsOnly(OptionalLong.of(USED));
        assertThat(given).containsOnly(OptionalLong.of(GIVEN));
    }

    @Test
    void withoutBeingToldItAsksForWhatWasGiven() throws Exception {
        runner(USED, "a", "b", "c", "d", "e").build().run();

        assertThat(asked).hasSize(5).containsOnly(OptionalLong.empty());
    }

    @Test
    void nextRunKnowsWhatTheOneBeforeLearnt() throws Exception {
        runner(USED, "a", "b", "c").learnMemory(true).build().run();
        asked.clear();
        runner(USED, "a", "b", "c", "d").learnMemory(true).build().run();

        assertThat(asked).containsExactly(OptionalLong.of(USED));
    }

    @Test
    void neverAsksForMoreThanTheLauncherGives() throws Exception {
        runner(3 * MOST, "a", "b", "c", "d").learnMemory(true).build().run();

        assertThat(asked.get(3)).hasValue(MOST);
    }

    @Test
    void neverAsksForLessThanTheFloor() throws Exception {
        runner(1000, "a", "b", "c", "d").learnMemory(true).build().run();

        assertThat(asked.get(3)).hasValue(MemoryModel.LEAST_BYTES);
    }

    @Test
    void recordSaysWhatWasReserved() throws Exception {
        runner(USED, "a", "b", "c", "d").learnMemory(true).build().run();

        List<OptionalLong> reserved = new ArrayList<>();
        RecordedRun.open(RunDirectory.of(path))
                .forEachStanding((JournalRecord record) ->
                        reserved.add(record.attempt().usage().orElseThrow().reservedMemoryBytes()));
        assertThat(reserved)
                .containsExactly(
                        OptionalLong.of(GIVEN), OptionalLong.of(GIVEN), OptionalLong.of(GIVEN), OptionalLong.of(USED));
    }

    @Test
    void planTellsWhatTheRestWillTake() throws Exception {
        runner(USED, "a", "b", "c").build().run();

        RunPlan.Forecast forecast =
                runner(USED, "a", "b", "c", "d", "e").build().plan().forecast();

        assertThat(forecast.largestMemoryBytes()).hasValue(USED);
        assertThat(forecast.total()).isPresent();
        assertThat(forecast.time().remaining()).isEqualTo(forecast.total());
        assertThat(asked).as("nothing was started").hasSize(3);
    }

    @Test
    void planOfADoneRunNeedsNothing() throws Exception {
        runner(USED, "a").build().run();

        RunPlan.Forecast forecast = runner(USED, "a").build().plan().forecast();

        assertThat(forecast.total()).hasValue(Duration.ZERO);
        assertThat(forecast.largestMemoryBytes()).isEmpty();
    }

    @Test
    void planOfANewRunKnowsNothing() throws Exception {
        RunPlan.Forecast forecast = runner(USED, "a", "b").build().plan().forecast();

        assertThat(forecast.total()).isEmpty();
        assertThat(forecast.time().remaining()).isEmpty();
        assertThat(forecast.largestMemoryBytes()).isEmpty();
    }
}
