package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Durability;
import io.github.qmbench.core.FailurePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionValuesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"90s,90", "15m,900", "8h,28800", "2d,172800", "1h30m,5400", "2H,7200", "' 15m ',900"})
    void readsDurations(String text, long seconds) {
        assertThat(new Durations().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "0s", "-1h", "1.5h", "h", "2 hours", "99999999999s", "999999999d", "36500d1s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "500M,500000000", "4G,4000000000", "1.5T,1500000000000", "10kB,10000", "12b,12"})
    void readsSizes(String text, long bytes) {
        assertThat(new ByteSizes().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "M", "4X", "a lot"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> new ByteSizes().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5,5", "10%,5", "7%,3", "1%,1", "100%,50", "2.5 %,1", "123456789,50"})
    void readsHowManyOfFiftyMoleculesMayFail(String text, int allowed) throws IOException {
        assertThat(failedWith(new FailureLimit().convert(text))).isEqualTo(Math.min(allowed + 1, 50));
    }

    @Test
    void neverIsNever() throws IOException {
        assertThat(failedWith(new FailureLimit().convert("Never"))).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "101%", "ten", "%", "1e3"})
    void refusesWhatIsNoLimit(String text) {
        assertThatThrownBy(() -> new FailureLimit().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    /** Returns how many of fifty molecules have failed when a run in which all of them fail has ended. */
    private int failedWith(FailurePolicy policy) throws IOException {
        String[] molecules = IntStream.rangeClosed(1, 50).mapToObj(i -> "m" + i).toArray(String[]::new);
        return BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects(molecules).build(),
                        (calculation, context) ->
                                CalculationOutcome.failed("input").because("no"))
                .durability(Durability.PERIODIC)
                .failurePolicy(policy)
                .build()
                .run()
                .results()
                .status()
                .progress()
                .failed();
    }
}
