package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.slurm.SlurmSettings;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ParallelismTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static PreparedBenchmark benchmark(int tasks, int coresEach, long memoryEach) {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(IntStream.range(0, tasks).mapToObj(i -> "m" + i).toList())
                .build();
        return PreparedBenchmark.builder(matrix, (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .coresEach(coresEach)
                .memoryBytesEach(memoryEach)
                .build();
    }

    private static int sideBySide(PreparedBenchmark benchmark, String... options) throws Refusal {
        return CommandLine.populateCommand(new Parallelism(), options).sideBySide(benchmark);
    }

    @Test
    void autoTakesWhatCoresMemoryAndCalculationsAllow() throws Refusal {
        assertThat(sideBySide(benchmark(100_000, 1, 0))).isEqualTo(CORES);
        assertThat(sideBySide(benchmark(100_000, CORES, 0))).isEqualTo(1);
        assertThat(sideBySide(benchmark(1, 1, 0))).isEqualTo(1);
        assertThat(sideBySide(benchmark(100_000, 1, Long.MAX_VALUE)))
                .as("one is tried even with too little memory")
                .isEqualTo(1);
        assertThat(sideBySide(benchmark(100_000, 1, 1_000_000), "--parallel", "AUTO"))
                .isEqualTo(CORES);
    }

    /** Memory for nine, and cores for the calculations of 1, 2, 3 and 4 cores; in a Java that is told how many there are. */
    @ParameterizedTest
    @CsvSource({"8, 8 4 2 2", "24, 9 9 8 6"})
    void neitherCoresNorMemoryAreGivenTwice(int cores, String expected) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=" + cores,
                        "-cp",
                        Stream.of(
                                        "target/classes",
                                        "target/test-classes",
                                        System.getProperty("java.class.path", ""),
                                        System.getProperty("jdk.module.path", ""))
                                .filter(path -> !path.isEmpty())
                                .collect(Collectors.joining(File.pathSeparator)),
                        AutoElsewhere.class.getName(),
                        "1",
                        "2",
                        "3",
                        "4")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToNormalizingWhitespace(expected);
    }

    /** Prints how many calculations are done at once that have a tenth of the memory each, and a little more. */
    static final class AutoElsewhere {
        public static void main(String[] coresEach) throws Refusal {
            long memory = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getTotalMemorySize();
            for (String cores : coresEach) {
                System.out.println(sideBySide(benchmark(100, Integer.parseInt(cores), memory / 10 + (1 << 20))));
            }
        }
    }

    @Test
    void moreProcessesThanCoresNeedConsent() throws Refusal {
        assertThatThrownBy(() -> sideBySide(benchmark(100, CORES, 0), "--parallel", "2"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is more than the")
                .hasMessageContaining("to allow it, add --oversubscribe");
        assertThatThrownBy(() -> sideBySide(benchmark(100, CORES + 1, 0)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--oversubscribe");
        assertThat(sideBySide(benchmark(100, CORES, 0), "--parallel", "2", "--oversubscribe"))
                .isEqualTo(2);
        assertThat(sideBySide(benchmark(100, CORES + 1, 0), "--oversubscribe")).isEqualTo(1);
    }

    private static void checkSlurm(String... options) throws Refusal {
        SlurmOptions slurm = new SlurmOptions();
        Parallelism parallelism = new Parallelism();
        CommandLine command = new CommandLine(CommandLine.Model.CommandSpec.create());
        command.addMixin("slurm", slurm).addMixin("parallelism", parallelism);
        command.parseArgs(options);
        slurm.check(parallelism);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--partition=a",
                "--account=a",
                "--qos=a",
                "--time=4",
                "--mem-max=4G",
                "--max-jobs=3",
                "--sbatch-arg=-x"
            })
    void optionsOfJobsNeedSlurm(String option) {
        assertThatThrownBy(() -> checkSlurm(option)).hasMessageContaining("need --slurm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--parallel=2|--parallel and --oversubscribe cannot be combined with --slurm; use --max-jobs",
                "--oversubscribe|--parallel and --oversubscribe cannot be combined with --slurm; use --max-jobs",
                "--max-jobs=0|--max-jobs: '0' is not a valid number; use a whole number of at least 1",
                "--time=8h|--time: '8h' is not a valid time limit; use 90 (minutes)",
                "--mem=lots|--mem: 'lots' is not a valid amount of memory; use 800M, 4G, auto, or auto:4G",
                "--mem=|--mem: '' is not a valid amount of memory",
                "--mem=8388608T|--mem: '8388608T' is not a valid amount of memory",
                "--mem=auto:|--mem: 'auto:' is not a valid amount of memory",
                "--mem=auto:lots|--mem: 'auto:lots' is not a valid amount of memory",
                "--mem=autos|--mem: 'autos' is not a valid amount of memory",
                "--sbatch-arg=gpu|'gpu'",
                "--partition=|partition must not be empty",
                "--account=|account must not be empty",
                "--qos=|qos must not be empty",
                "--mem-max=lots|--mem-max: 'lots' is not a valid amount of memory",
                "--sbatch-arg=--job-name=x|--job-name=x",
            })
    void wrongOptionsOfJobsAreRefused(String option, String message) {
        assertThatThrownBy(() -> checkSlurm("--slurm", option))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message);
    }

    @Test
    void memoryThatIsLearntAndMemoryOfSbatchContradictEachOther() {
        assertThatThrownBy(() -> checkSlurm("--slurm", "--mem=auto", "--sbatch-arg=--mem-per-cpu=2G"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("give one of them");
    }

    @Test
    void memoryNeedsNoSlurm() throws Refusal {
        checkSlurm("--mem=4G");
        checkSlurm("--mem=auto");
    }

    @ParameterizedTest
    @CsvSource({", false,", "4G, false, 4294967296", "auto, true,", "AUTO, true,", "auto:800M, true, 838860800"})
    void memoryIsASizeOrLearnt(String mem, boolean isAuto, Long bytes) throws Refusal {
        String[] arguments = mem == null ? new String[0] : new String[] {"--mem", mem};
        MemoryOption memory = CommandLine.populateCommand(new MemoryOption(), arguments);

        memory.check();
        assertThat(memory.isAuto()).isEqualTo(isAuto);
        assertThat(memory.bytes()).isEqualTo(bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    @Test
    void aJobAsksForAThirdMoreThanTheCalculationTakes() throws Refusal {
        SlurmOptions slurm = CommandLine.populateCommand(new SlurmOptions(), "--slurm", "--partition", "cpu");
        PreparedBenchmark benchmark = benchmark(200, 2, 3L << 30);

        assertThat(slurm.memoryBytes(benchmark)).isEqualTo(4L << 30);
        assertThat(slurm.jobsAtOnce(benchmark)).isEqualTo(100);
        SlurmOptions given =
                CommandLine.populateCommand(new SlurmOptions(), "--slurm", "--mem", "2G", "--max-jobs", "500");
        assertThat(given.memoryBytes(benchmark)).isEqualTo(2L << 30);
        assertThat(given.jobsAtOnce(benchmark)).isEqualTo(200);
    }

    @Test
    void settingsOfJobsAreThoseOfTheOptions() throws Refusal {
        SlurmSettings given = CommandLine.populateCommand(
                        new SlurmOptions(), "--slurm", "--partition", "cpu", "--mem", "2G", "--mem-max", "3G")
                .settings(7L << 30);
        assertThat(given.partition()).contains("cpu");
        assertThat(given.memoryBytes()).hasValue(2L << 30);
        assertThat(given.mostMemoryBytes()).hasValue(3L << 30);

        SlurmSettings none =
                CommandLine.populateCommand(new SlurmOptions(), "--slurm").settings(0);
        assertThat(none.partition()).isEmpty();
        assertThat(none.memoryBytes()).isEmpty();
        assertThat(none.maxJobs()).isEqualTo(100);

        SlurmSettings ownMemory = CommandLine.populateCommand(
                        new SlurmOptions(), "--slurm", "--sbatch-arg=--mem-per-cpu=2G", "--max-jobs=7")
                .settings(3L << 30);
        assertThat(ownMemory.memoryBytes()).as("left to the argument").isEmpty();
        assertThat(ownMemory.maxJobs()).isEqualTo(7);
    }
}
