package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory NWChem is told to take. */
class MemoryShareTest {

    @TempDir
    Path path;

    @Property
    void whatRunsSideBySideSharesTheMachine(
            @ForAll @IntRange(min = 1000, max = 2_000_000) int totalMb,
            @ForAll @IntRange(min = 1, max = 64) int processes) {
        long each = MachineMemory.perProcessMb(totalMb, processes);

        assertThat(each).isBetween(MachineMemory.LEAST_MB, MachineMemory.MOST_MB);
        if (each > MachineMemory.LEAST_MB) {
            assertThat(each * processes).isLessThanOrEqualTo(totalMb * 3L / 4);
        }
        assertThat(MachineMemory.perProcessMb(totalMb, processes + 1)).isLessThanOrEqualTo(each);
    }

    /** A job of 2000 MB that may grow to 7000: twice and four times what was asked for, within three quarters of the job. */
    @ParameterizedTest
    @CsvSource({"300, 1, 300", "300, 2, 600", "300, 4, 1200", "1000, 2, 2000", "1500, 2, 3000", "1500, 4, 5250"})
    void inAJobThatGrowsNwchemsMemoryGrowsWithIt(long asked, int factor, long told) {
        ReplayingContext context = new ReplayingContext(Path.of("unused"));
        context.jobBytes = OptionalLong.of(2000L << 20);
        context.mostJobBytes = OptionalLong.of(7000L << 20);
        NwchemSettings settings =
                NwchemSettings.builder().memoryPerProcessMb(asked).build();

        assertThat(new MemoryShare(settings, context).perProcessMb(factor)).isEqualTo(told);
    }

    /** 4000 MB were given, 500 were learnt, and there are 16000: first what was given, and then twice that, and again. */
    @ParameterizedTest
    @CsvSource({"1, , 3000", "2, 4000, 3000", "4, 8000, 6000", "8, 16000, 12000"})
    void inAJobOfTheLearntSizeNwchemIsToldToTakeWhatItTookBefore(int factor, Long jobMb, long told) {
        ReplayingContext context = new ReplayingContext(Path.of("unused"));
        context.jobBytes = OptionalLong.of(500L << 20);
        context.givenBytes = OptionalLong.of(4000L << 20);
        context.mostJobBytes = OptionalLong.of(16000L << 20);
        MemoryShare share = new MemoryShare(NwchemSettings.defaults(), context);

        assertThat(share.perProcessMb(factor)).isEqualTo(told);
        assertThat(share.jobBytes(factor))
                .isEqualTo(jobMb == null ? OptionalLong.empty() : OptionalLong.of(jobMb << 20));
        assertThat(share.next(factor)).isEqualTo(factor == 8 ? OptionalInt.empty() : OptionalInt.of(2 * factor));
    }

    /** By hand: three quarters, shared, between 200 and 4000; nine tenths at most. */
    @ParameterizedTest
    @CsvSource({"8000, 2, 3000, 3600", "100000, 1, 4000, 90000", "1000, 8, 200, 200", "16000, 16, 750, 900"})
    void sharesTheMachine(long totalMb, int processes, long each, long most) {
        assertThat(MachineMemory.perProcessMb(totalMb, processes)).isEqualTo(each);
        assertThat(MachineMemory.mostPerProcessMb(totalMb, processes)).isEqualTo(most);
    }

    @Property
    void whateverAJobIsGivenItsProcessesFitIntoIt(
            @ForAll @IntRange(min = 1000, max = 2_000_000) int jobMb,
            @ForAll @IntRange(min = 1, max = 8) int most,
            @ForAll @IntRange(min = 1, max = 4) int ranks,
            @ForAll @IntRange(min = 0, max = 3000) int asked) {
        ReplayingContext context = new ReplayingContext(Path.of("unused"));
        context.jobBytes = OptionalLong.of((long) jobMb << 20);
        context.mostJobBytes = OptionalLong.of(((long) jobMb << 20) * most);
        NwchemSettings.Builder settings = NwchemSettings.builder().ranks(ranks);
        if (asked > 0) {
            settings.memoryPerProcessMb(asked);
        }
        MemoryShare share = new MemoryShare(settings.build(), context);

        int factor = 1;
        OptionalInt next;
        while ((next = share.next(factor)).isPresent()) {
            assertThat(next.getAsInt()).isBetween(factor + 1, 1 << 20);
            factor = next.getAsInt();
            long givenMb = share.jobBytes(factor).orElse((long) jobMb << 20) >> 20;
            assertThat(givenMb).isBetween((long) jobMb, (long) jobMb * most);
            assertThat(share.perProcessMb(factor) * ranks)
                    .isLessThanOrEqualTo(Math.max(givenMb * 3 / 4, MachineMemory.LEAST_MB * ranks));
        }
        assertThat(share.jobBytes(factor).orElse((long) jobMb << 20)).isEqualTo(((long) jobMb << 20) * most);
    }

    /** The memory in the input of a calculation, for a number of them side by side or a memory of its own. */
    private long toldMb(NwchemSettings settings, int sideBySide, OptionalLong own) throws Exception {
        CalculationContext context = new CalculationContext() {
            @Override
            public Path directory() {
                return path;
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public Cancellation cancellation() {
                return new Cancellation();
            }

            @Override
            public int sideBySide() {
                return sideBySide;
            }

            @Override
            public OptionalLong memoryBytes() {
                return own;
            }

            @Override
            public ProcessResult launch(ProcessRequest request) throws IOException {
                Files.writeString(request.output(), "");
                Files.writeString(request.error(), "");
                return ProcessResult.of(ProcessResult.Ending.EXITED, 1, Duration.ZERO, "here");
            }

            @Override
            public void remark(String text) {}
        };
        NwchemBackendTest.backend(settings)
                .build()
                .calculate(Calculation.of("ok", Map.of("functional", "HF", "solvent", "vacuum")), context);
        Matcher matcher = Pattern.compile("memory total (\\d+) mb").matcher(Files.readString(path.resolve("input.nw")));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void theMachineIsDividedByProcessesAndCalculations() throws Exception {
        NwchemSettings two = NwchemSettings.builder().ranks(2).build();
        long total = MachineMemory.totalMb();

        assertThat(toldMb(two, 3, OptionalLong.empty())).isEqualTo(MachineMemory.perProcessMb(total, 6));
    }

    @Test
    void inAJobTheMemoryOfTheJobIsDividedByItsProcesses() throws Exception {
        NwchemSettings two = NwchemSettings.builder().ranks(2).build();

        assertThat(toldMb(two, 100, OptionalLong.of(4L << 30))).isEqualTo(4096 * 3 / 4 / 2);
    }

    @Test
    void whatIsAskedForIsTaken() throws Exception {
        NwchemSettings asked = NwchemSettings.builder().memoryPerProcessMb(777).build();

        assertThat(toldMb(asked, 7, OptionalLong.empty())).isEqualTo(777);
        assertThat(toldMb(asked, 7, OptionalLong.of(4L << 30))).isEqualTo(777);
    }
}
