package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmSettingsTest {

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        SlurmSettings settings = SlurmSettings.builder().build();

        assertThat(settings.maxJobs()).isEqualTo(100);
        assertThat(settings.sbatchArguments()).isEmpty();
        assertThat(settings.partition()).isEmpty();
        assertThat(settings.shortestInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.longestInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.grace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.hopelessAfter()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void optionsBecomeArgumentsAndTheUsersOwnComeLast() {
        SlurmSettings settings = SlurmSettings.builder()
                .sbatchArgument("--constraint=icelake")
                .sbatchArgument("--exclude=n3,n4")
                .partition("cpu")
                .account("chem")
                .qos("long")
                .timeLimit("1-12")
                .memory("4G")
                .build();

        assertThat(settings.sbatchArguments())
                .containsExactly(
                        "--partition=cpu",
                        "--account=chem",
                        "--qos=long",
                        "--time=1-12",
                        "--mem=4G",
                        "--constraint=icelake");
        assertThat(settings.excludedNodes()).containsExactly("n3,n4");
    }

    /** Names, files, directory and number of a job, when it starts, and what sbatch answers: long and short, as in sbatch(1). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--job-name=x",
                "-J",
                "-Jx",
                "--output=a",
                "-o",
                "-oa",
                "--error=a",
                "-e",
                "-ea",
                "--input=a",
                "-i",
                "-ia",
                "--open-mode=truncate",
                "--chdir=/",
                "-D",
                "-D/",
                "--array=1-3",
                "-a",
                "-a1-3",
                "--requeue",
                "--no-requeue",
                "--parsable",
                "--test-only",
                "--wait",
                "-W",
                "--wrap=x",
                "--hold",
                "-H",
                "--dependency=afterok:1",
                "-d",
                "-dafterok:1",
                "--clusters=other",
                "-M",
                "-Mother",
                "-x",
                "-xn3"
            })
    void whatTheseJobsRelyOnCannotBeSet(String argument) {
        assertThatThrownBy(() -> SlurmSettings.builder().sbatchArgument(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(argument);
    }

    @Test
    void wrongValuesAreRefusedWithTheValue() {
        SlurmSettings.Builder builder = SlurmSettings.builder();
        assertThatThrownBy(() -> builder.sbatchArgument("gpu")).hasMessageContaining("'gpu'");
        assertThatThrownBy(() -> builder.timeLimit("8h"))
                .hasMessageContaining("'8h'")
                .hasMessageContaining("4:00:00");
        assertThatThrownBy(() -> builder.memory("lots")).hasMessageContaining("'lots'");
        assertThatThrownBy(() -> builder.maxJobs(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> builder.partition(" ")).hasMessageContaining("partition");
        assertThatThrownBy(() -> builder.pollInterval(Duration.ofSeconds(3), Duration.ofSeconds(2)))
                .hasMessageContaining("PT3S");
    }

    @ParameterizedTest
    @CsvSource({"90, PT1H30M", "5:30, PT5M30S", "4:00:00, PT4H", "1-12, PT36H", "1-12:30, PT36H30M", "2-0:0:5, PT48H5S"
    })
    void timesAreReadAsSlurmReadsThem(String text, Duration time) {
        assertThat(TimeLimit.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNLIMITED", "8h", "", "1-", ":5", "-1"})
    void otherTextsAreNoTimes(String text) {
        assertThat(TimeLimit.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "800M, , 838860800, 3355443200",
        "1024, , 1073741824, 4294967296",
        "2g, 3G, 2147483648, 3221225472",
        "1T, 1T, 1099511627776, 1099511627776",
        "2048K, 1G, 2097152, 1073741824",
    })
    void memoryGrowsUpToFourTimesUnlessSaidOtherwise(String memory, String max, long bytes, long most) {
        SlurmSettings.Builder builder = SlurmSettings.builder().memory(memory);
        if (max != null) {
            builder.memoryMax(max);
        }

        assertThat(builder.build().memoryBytes()).hasValue(bytes);
        assertThat(builder.build().mostMemoryBytes()).hasValue(most);
    }

    @Test
    void memoryThatIsNotKnownDoesNotGrow() {
        assertThat(SlurmSettings.builder().memoryMax("4G").build().mostMemoryBytes())
                .isEmpty();
        assertThat(SlurmSettings.builder().memory("0").build().mostMemoryBytes())
                .isEmpty();
        assertThat(SlurmSettings.builder()
                        .memory("1G")
                        .sbatchArgument("--mem-per-cpu=2G")
                        .build()
                        .mostMemoryBytes())
                .isEmpty();
    }

    @Test
    void theMostMemoryIsNotLessThanTheMemory() {
        assertThatThrownBy(() ->
                        SlurmSettings.builder().memory("4G").memoryMax("3G").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3G")
                .hasMessageContaining("4G");
        assertThatThrownBy(() -> SlurmSettings.builder().memoryMax("more")).hasMessageContaining("'more'");
    }
}
