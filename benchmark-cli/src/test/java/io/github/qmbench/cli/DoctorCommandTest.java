package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} where the program is missing. */
class DoctorCommandTest {

    @TempDir
    Path directory;

    @Test
    void saysOnceWhatTheBackendFoundUnusable() {
        Screen screen = new Screen(
                new Missing(List.of(
                        Finding.about("program").unusable("it is not there").withRemedy("install it"))),
                directory);

        assertThat(screen.run("doctor")).isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(screen.out().lines().filter(line -> line.startsWith("UNUSABLE")))
                .containsExactly("UNUSABLE  program: it is not there -> install it");
        assertThat(screen.out()).contains("good      run directory: ", "good      disk: ", " for 1 calculation\n");
        assertThat(screen.out()).endsWith("3 good, 1 unusable: not ready to run\n");
    }

    @Test
    void saysWhyTheRunWouldBeRefusedWhenTheBackendFoundNothing() {
        Screen screen = new Screen(new Missing(List.of()), directory);

        assertThat(screen.run("doctor")).isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(screen.out()).contains("UNUSABLE  missing: no program anywhere");
        assertThat(screen.run("run")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(screen.err()).isEqualTo("qmbench: no program anywhere.\n");
    }

    @Test
    void saysWhyTheRunWouldBeRefusedBeforeWhatTheBackendFoundGood() {
        Screen screen = new Screen(new Missing(List.of(Finding.about("program").good("1.0"))), directory);

        assertThat(screen.run("doctor")).isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(screen.out().lines().map(line -> line.replaceFirst(":.*", "")))
                .containsExactly(
                        "good      Java",
                        "UNUSABLE  missing",
                        "good      program",
                        "good      run directory",
                        "good      disk",
                        "4 good, 1 unusable");
    }

    @Test
    void asksForTheRoomOnTheDiskThatTheBackendSays() {
        Screen screen = new Screen(
                new Missing(List.of()) {
                    @Override
                    public PreparedBenchmark prepare(BackendOptions options, RunDirectory place) {
                        return PreparedBenchmark.builder(
                                        CalculationMatrix.builder()
                                                .subjects("m1", "m2", "m3")
                                                .axis("solvent", "CHCl3")
                                                .build(),
                                        (calculation, context) -> CalculationOutcome.complete(Map.of()))
                                .diskBytesEach(1_000_000_000_000_000L)
                                .build();
                    }
                },
                directory);

        assertThat(screen.run("doctor")).isZero();

        assertThat(screen.out()).containsPattern("doubtful  disk: .* about 3000000.5 GB for 3 calculations");
        assertThat(screen.out()).endsWith("2 good, 1 doubtful: ready to run\n");
    }

    private static class Missing implements CalculationBackendProvider {
        private final List<Finding> findings;

        Missing(List<Finding> findings) {
            this.findings = findings;
        }

        @Override
        public String name() {
            return "missing";
        }

        @Override
        public String summary() {
            return "has no program";
        }

        @Override
        public List<BackendOption<?>> options() {
            return List.of();
        }

        @Override
        public PreparedBenchmark prepare(BackendOptions options, RunDirectory place) throws BackendUnusableException {
            throw new BackendUnusableException("no program anywhere");
        }

        @Override
        public List<Finding> examine(BackendOptions options, int sideBySide) {
            return findings;
        }
    }
}
