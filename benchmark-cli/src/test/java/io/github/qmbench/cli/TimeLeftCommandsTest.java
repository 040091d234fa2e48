package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CostHint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --order}, {@code --until} and {@code --deadline}. */
class TimeLeftCommandsTest {

    @TempDir
    Path directory;

    private final List<String> started = Collections.synchronizedList(new ArrayList<>());
    private final FakeBenchmarks benchmarks = new FakeBenchmarks(new Sized());
    private Screen screen;

    /** Whose time, as its result tells it, is the cube of the number in the molecule's name. */
    private final class Sized implements CalculationBackend, CostHint {
        private double size(Calculation calculation) {
            return Double.parseDouble(calculation.subject().substring(1));
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            started.add(calculation.subject());
            return CalculationOutcome.complete(Map.of("cpu_seconds", Math.pow(size(calculation), 3)));
        }

        @Override
        public Cost cost(Calculation calculation) {
            return new Cost(Math.pow(size(calculation), 2), Map.of("size", size(calculation)), Map.of());
        }
    }

    @BeforeEach
    void opensAScreen() {
        screen = new Screen(benchmarks, directory.resolve("run"));
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--molecules"));
        IntStream.rangeClosed(1, 20).forEach(i -> arguments.add("m" + i));
        arguments.addAll(List.of(more));
        return screen.run(arguments.toArray(String[]::new));
    }

    @Test
    void longestFirstBeginsWithTheLargest() {
        assertThat(run("--order", "longest-first")).isZero();
        assertThat(started.subList(0, 3)).as("before three times are known").containsExactly("m20", "m20", "m19");
    }

    /** Each calculation has all cores here, and one more runs at once than there are cores. */
    @ParameterizedTest
    @ValueSource(strings = {"plan", "run --dry-run"})
    void aPlanTellsHowManyRunAtOnce(String command) {
        int cores = Runtime.getRuntime().availableProcessors();
        run();
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--molecules", "m15", "m16", "m30", "--oversubscribe", "--parallel"));
        arguments.add(Integer.toString(cores + 1));

        assertThat(screen.run(arguments.toArray(String[]::new))).isZero();

        assertThat(screen.out())
                .containsPattern("expected: .* with " + (cores + 1)
                        + " at once.*, \\d\\.\\d\\d core-hours; too little is known of memory\n");
    }

    @Test
    void deadlineStopsTheRunWithItsReason() {
        assertThat(run("--deadline", "1h")).isZero();
        assertThat(started).hasSize(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--order sideways      | 'sideways' is no order; valid are file and longest-first",
                "--until 25:00         | --until: '25:00' is no time of the day; write 07:00 or 19:30",
                "--until soon          | --until: 'soon' is no time of the day",
                "--deadline 8          | '8' is no duration",
                "--until 7:00 --deadline 8h | --until and --deadline say the same thing; give one of them"
            })
    void badValuesAreRefusedBeforeAnythingStarts(String options, String message) {
        assertThat(run(options.trim().split(" +"))).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains(message.trim());
        assertThat(started).isEmpty();
        assertThat(directory.resolve("run")).doesNotExist();
    }
}
