package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.Finding.Verdict;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessResult.Ending;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of a machine, which need no NWChem on it. */
class NwchemDoctorTest {

    @TempDir
    Path directory;

    private Finding finding(String subject, NwchemSettings settings, int sideBySide) throws InterruptedException {
        NwchemDoctor doctor = new NwchemDoctor(
                request -> {
                    throw new AssertionError("a program was started");
                },
                directory,
                settings,
                sideBySide);
        return doctor.quick().stream()
                .filter(check -> check.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    /** Each process may take two thirds of the memory of this machine: one fits, two do not. */
    @ParameterizedTest
    @CsvSource({"1, 1, GOOD", "2, 1, UNUSABLE", "1, 2, UNUSABLE"})
    void allProcessesTogetherMustFitIntoTheMemory(int ranks, int sideBySide, Verdict verdict) throws Exception {
        NwchemSettings settings = NwchemSettings.builder()
                .ranks(ranks)
                .memoryPerProcessMb(MachineMemory.totalMb() * 2 / 3)
                .build();

        assertThat(finding("memory", settings, sideBySide).verdict()).isEqualTo(verdict);
    }

    @Test
    void theRanksOfAllCalculationsShareTheCores() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        NwchemSettings two = NwchemSettings.builder().ranks(2).build();

        assertThat(finding("cores", NwchemSettings.defaults(), cores).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(finding("cores", two, cores).verdict()).isEqualTo(Verdict.DOUBTFUL);
    }

    @Test
    void theFindingsAreInOneOrder() throws Exception {
        assertThat(new NwchemDoctor(request -> null, directory, NwchemSettings.defaults(), 1).quick())
                .extracting(Finding::subject)
                .containsExactly("nwchem", "BLAS", "cores", "memory", "other NWChem runs");
    }

    @Test
    void coresAndMemoryAreSaidInNumbers() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        long total = MachineMemory.totalMb();
        NwchemSettings small = NwchemSettings.builder().memoryPerProcessMb(1).build();
        NwchemSettings large =
                NwchemSettings.builder().ranks(3).memoryPerProcessMb(total).build();

        assertThat(finding("cores", small, 1))
                .isEqualTo(Finding.about("cores").good("1 of " + cores + " cores needed (1 for each of 1)"));
        assertThat(finding("cores", large, cores))
                .isEqualTo(Finding.about("cores")
                        .doubtful(3 * cores + " of " + cores + " cores needed (3 for each of " + cores + ")")
                        .withRemedy("run fewer in parallel: ranks that share a core wait for each other"));
        assertThat(finding("memory", small, 1))
                .isEqualTo(Finding.about("memory").good("1 MB for each of 1 process, " + total + " MB in all"));
        assertThat(finding("memory", large, 2))
                .isEqualTo(Finding.about("memory")
                        .unusable(total + " MB for each of 6 processes, " + total + " MB in all")
                        .withRemedy("ask for less memory, or run fewer in parallel"));
    }

    @ParameterizedTest
    @CsvSource({
        "disk-full, 'free some space, or choose another directory with --results'",
        "mpi-refused, ask for fewer processes",
        "launch-failed, install it with: sudo apt-get install nwchem libopenblas0-serial",
        "functional-unknown, choose another functional; see: qmbench list functionals",
        "basis-missing, choose another basis set; see: qmbench list basis-sets",
        "input, correct the name",
        "out-of-memory, give more memory",
        "scf-not-converged, run it by hand: nwchem input.nw",
        "of another version, run it by hand: nwchem input.nw",
    })
    void eachFailureHasItsRemedy(String kind, String remedy) {
        assertThat(NwchemDoctor.remedy(kind)).isEqualTo(remedy);
    }

    private static final NwchemProgram PROGRAM = new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2");

    private NwchemDoctor doctor(NwchemDoctor.Starter starter) {
        return new NwchemDoctor(starter, directory, NwchemSettings.defaults(), 1);
    }

    private Finding mpirun(String output, int exitCode) throws Exception {
        return doctor(request -> {
                    assertThat(request.command()).containsExactly("mpirun", "--version");
                    assertThat(request.timeout()).contains(Duration.ofMinutes(2));
                    Files.writeString(request.output(), output);
                    return ReplayingContext.ended(Ending.EXITED, exitCode);
                })
                .mpirun(PROGRAM);
    }

    @Test
    void mpirunSaysItsVersionOrHowItEnded() throws Exception {
        String install = "install it with: sudo apt-get install nwchem libopenblas0-serial";

        assertThat(mpirun("mpirun (Open MPI) 4.1.4\nReport bugs\n", 0))
                .isEqualTo(Finding.about("mpirun").good("mpirun (Open MPI) 4.1.4"));
        assertThat(mpirun("", 0)).isEqualTo(Finding.about("mpirun").good("said nothing"));
        assertThat(mpirun("x", 3))
                .isEqualTo(Finding.about("mpirun").unusable("exit code 3").withRemedy(install));
        assertThat(doctor(request -> {
                            throw new LaunchFailedException(request.command(), "no such file", null);
                        })
                        .mpirun(PROGRAM))
                .isEqualTo(Finding.about("mpirun")
                        .unusable("cannot start mpirun: no such file")
                        .withRemedy(install));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aCalculationThatFailsIsSaidWithItsRemedy() throws Exception {
        Method method = new Method(Functional.parse("WP04"), BasisSet.of("6-31G(d,p)"), Solvent.parse("DMSO"));

        Finding finding = doctor(request -> {
                    assertThat(request.timeout()).contains(Duration.ofMinutes(2));
                    assertThat(Files.readString(directory.resolve("check/input.nw")))
                            .contains("H        0.0000000000       0.0000000000       0.7414000000\n")
                            .contains("basis cartesian\n  * library \"6-31G**\"\n")
                            .contains("xc HFexch 0.1189 slater")
                            .contains("solvent dmso\n");
                    Files.writeString(request.output(), "There are not enough slots available\n");
                    return ReplayingContext.ended(Ending.EXITED, 1);
                })
                .run("the method", PROGRAM, NwchemSettings.defaults(), method);

        assertThat(finding)
                .isEqualTo(Finding.about("the method")
                        .unusable(
                                "mpi-refused: MPI refused to start the processes: There are not enough slots available"
                                        + " (exit code 1)")
                        .withRemedy("ask for fewer processes"));
        assertThat(directory).isEmptyDirectory();
    }

    /** Processes by the name of NWChem: one that this process has started, and one that it has not. */
    @Test
    void onlyProcessesOfOthersAreOtherRuns() throws Exception {
        String nwchem = Files.copy(Path.of("/bin/sh").toRealPath(), directory.resolve("nwchem-test"))
                .toString();
        Process own = new ProcessBuilder(nwchem, "-c", "read line").start();
        String waits = "exec 3<>'" + directory.resolve("pipe") + "'; read line <&3";
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "mkfifo '" + directory.resolve("pipe") + "'; \"$0\" -c \"$1\" >/dev/null & echo $!",
                        nwchem,
                        waits)
                .start();
        String other = parent.inputReader(StandardCharsets.UTF_8).readLine();
        try {
            parent.waitFor();

            Finding finding = finding("other NWChem runs", NwchemSettings.defaults(), 1);

            assertThat(finding.verdict()).isEqualTo(Verdict.DOUBTFUL);
            assertThat(finding.finding()).matches("[1-9]\\d* on this machine: pid \\d+(, \\d+)*");
            assertThat(finding.finding().replaceAll(".*pid ", "").split(", "))
                    .contains(other)
                    .doesNotContain(Long.toString(own.pid()));
            assertThat(finding.remedy()).isEqualTo("wait for them, or run fewer in parallel");
        } finally {
            own.destroy();
            ProcessHandle.of(Long.parseLong(other)).ifPresent(ProcessHandle::destroy);
        }
    }

    @Test
    void atLeastOneCalculationIsMade() {
        assertThatThrownBy(() -> new NwchemDoctor(request -> null, directory, NwchemSettings.defaults(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sideBySide must be at least 1 but was 0");
    }
}
