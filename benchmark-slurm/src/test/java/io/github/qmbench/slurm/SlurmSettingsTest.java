package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
        assertThat(settings.fence()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.windowGrows()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.timeLimit()).isEmpty();
        assertThat(settings.hasTimeLimit()).isFalse();
        assertThat(settings.memoryBytes()).isEmpty();
        assertThat(settings.excludedNodes()).isEmpty();
        assertThat(settings.environment()).isEmpty();
    }

    @Test
    void everySettingIsKeptAsItIsWhatBecomesOfTheBuilder() {
        SlurmSettings.Builder builder = SlurmSettings.builder()
                .partition("cpu")
                .timeLimit("4:00:00")
                .memory("3G")
                .memoryMax("5G")
                .maxJobs(7)
                .pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(11))
                .grace(Duration.ofSeconds(12))
                .commandTimeout(Duration.ofSeconds(13))
                .fence(Duration.ofSeconds(14))
                .hopelessAfter(Duration.ofSeconds(16))
                .windowGrows(Duration.ofSeconds(17))
                .environment("SLURM_CONF", "/etc/other.conf");

        SlurmSettings settings = builder.build();
        builder.environment("PATH", "/bin").sbatchArgument("--nice").sbatchArgument("--exclude=n9");

        assertThat(settings.partition()).contains("cpu");
        assertThat(settings.timeLimit()).contains("4:00:00");
        assertThat(settings.memoryBytes()).hasValue(3L << 30);
        assertThat(settings.mostMemoryBytes()).hasValue(5L << 30);
        assertThat(settings.maxJobs()).isEqualTo(7);
        assertThat(settings.shortestInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.longestInterval()).isEqualTo(Duration.ofSeconds(11));
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofSeconds(13));
        assertThat(settings.fence()).isEqualTo(Duration.ofSeconds(14));
        assertThat(settings.hopelessAfter()).isEqualTo(Duration.ofSeconds(16));
        assertThat(settings.windowGrows()).isEqualTo(Duration.ofSeconds(17));
        assertThat(settings.environment()).isEqualTo(Map.of("SLURM_CONF", "/etc/other.conf"));
        assertThat(settings.excludedNodes()).isEmpty();
        assertThat(settings.sbatchArguments()).containsExactly("--partition=cpu", "--time=4:00:00", "--mem=3G");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--time=90", "--time", "-t90", "-t"})
    void aTimeLimitAmongTheUsersArgumentsIsOne(String argument) {
        assertThat(SlurmSettings.builder().sbatchArgument(argument).build().hasTimeLimit())
                .isTrue();
        assertThat(SlurmSettings.builder().timeLimit("90").build().hasTimeLimit())
                .isTrue();
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
    void wrongValuesAreRefusedWithTheValueAndWhatToUse() {
        SlurmSettings.Builder builder = SlurmSettings.builder();
        assertRefused(
                () -> builder.sbatchArgument("gpu"),
                "--sbatch-arg: 'gpu' is not a valid argument of sbatch; use one word such as --constraint=icelake");
        assertRefused(
                () -> builder.sbatchArgument("--hold"),
                "--sbatch-arg: '--hold' is not a valid argument: qmbench sets --hold itself");
        assertRefused(
                () -> builder.sbatchArgument("--job-name=x"),
                "--sbatch-arg: '--job-name=x' is not a valid argument: qmbench sets --job-name itself");
        assertRefused(
                () -> builder.sbatchArgument("-xn3"),
                "--sbatch-arg: '-xn3' is not a valid argument: qmbench sets -xn3 itself; use --exclude=NODES");
        assertRefused(() -> builder.sbatchArgument("--exclude="), "--exclude must not be empty");
        assertRefused(() -> builder.sbatchArgument(""), "sbatchArgument must not be empty");
        assertRefused(
                () -> builder.timeLimit("8h"),
                "--time: '8h' is not a valid time limit; use 90 (minutes), 4:00:00 or 1-12 (days and hours)");
        assertRefused(() -> builder.memory("lots"), "--mem: 'lots' is not a valid amount of memory; use 800M or 4G");
        assertRefused(
                () -> builder.memoryMax("more"), "--mem-max: 'more' is not a valid amount of memory; use 800M or 4G");
        assertRefused(
                () -> builder.maxJobs(0), "--max-jobs: '0' is not a valid number; use a whole number of at least 1");
        assertRefused(() -> builder.partition(" "), "partition must not be empty");
        assertRefused(() -> builder.account(""), "account must not be empty");
        assertRefused(() -> builder.qos(""), "qos must not be empty");
        assertRefused(
                () -> builder.pollInterval(Duration.ofSeconds(3), Duration.ofSeconds(2)),
                "the shortest interval must not be longer than the longest but they were PT3S and PT2S");
        assertRefused(
                () -> builder.pollInterval(Duration.ZERO, Duration.ofSeconds(2)),
                "shortest must be positive but was PT0S");
        assertRefused(
                () -> builder.pollInterval(Duration.ofSeconds(2), Duration.ZERO),
                "longest must be positive but was PT0S");
        assertRefused(() -> builder.grace(Duration.ZERO), "grace must be positive but was PT0S");
        assertRefused(() -> builder.commandTimeout(Duration.ZERO), "commandTimeout must be positive but was PT0S");
        assertRefused(() -> builder.hopelessAfter(Duration.ZERO), "hopelessAfter must be positive but was PT0S");
        assertThat(builder.maxJobs(1)
                        .pollInterval(Duration.ofSeconds(2), Duration.ofSeconds(2))
                        .build()
                        .maxJobs())
                .isEqualTo(1);
    }

    private static void assertRefused(ThrowingCallable setting, String message) {
        assertThatThrownBy(setting).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "90, PT1H30M",
        "5:30, PT5M30S",
        "4:00:00, PT4H",
        "1-12, PT36H",
        "1-12:30, PT36H30M",
        "1-2:3:4, PT26H3M4S",
        "2:3:4, PT2H3M4S",
        "2-0:0:5, PT48H5S"
    })
    void timesAreReadAsSlurmReadsThem(String text, Duration time) {
        assertThat(TimeLimit.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNLIMITED", "8h", "", "1-", ":5", "-1", "12345678", "1:2:3:4", "1-2-3"})
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
        "2097151T, , 2305841909702066176, 9223367638808264704",
        "999999999G, , 1073741822926258176, 4294967291705032704",
    })
    void memoryGrowsUpToFourTimesUnlessSaidOtherwise(String memory, String max, long bytes, long most) {
        SlurmSettings.Builder builder = SlurmSettings.builder().memory(memory);
        if (max != null) {
            builder.memoryMax(max);
        }

        assertThat(builder.build().memoryBytes()).hasValue(bytes);
        assertThat(builder.build().mostMemoryBytes()).hasValue(most);
    }

    /** Four times the amount must be a number of bytes that Java can count. */
    @ParameterizedTest
    @ValueSource(strings = {"2097152T", "8388608T", "16777217T", "999999999t"})
    void memoryBeyondWhatCanBeCountedIsRefused(String amount) {
        assertRefused(
                () -> SlurmSettings.builder().memory(amount),
                "--mem: '" + amount + "' is not a valid amount of memory; use 800M or 4G");
        assertRefused(
                () -> SlurmSettings.builder().memoryMax(amount),
                "--mem-max: '" + amount + "' is not a valid amount of memory; use 800M or 4G");
    }

    @Test
    void memoryThatIsNotKnownDoesNotGrow() {
        assertThat(SlurmSettings.builder()
                        .memory("1G")
                        .sbatchArgument("--nice")
                        .build()
                        .mostMemoryBytes())
                .as("it is known beside another argument")
                .hasValue(4L << 30);
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
        assertRefused(
                () -> SlurmSettings.builder().memory("4G").memoryMax("3G").build(),
                "--mem-max: '3G' is less than the memory of each job; use at least 4G");
    }
}
