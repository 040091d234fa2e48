package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredFingerprintTest {

    @TempDir
    Path directory;

    private final List<String> notices = new ArrayList<>();

    private BenchmarkRunner.Builder lambda() {
        return runner((calculation, context) -> CalculationOutcome.complete(Map.of("x", 1)));
    }

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("a", "b").build(),
                        backend)
                .listener(new RunListener() {
                    @Override
                    public void notice(Notice event) {
                        notices.add(event.text());
                    }
                });
    }

    @Test
    void resultsOfAnotherVersionAreStale() throws Exception {
        lambda().version("1").build().run();

        assertThat(lambda().version("1").build().plan().count(RunPlan.Action.DONE))
                .isEqualTo(2);
        assertThatThrownBy(() -> lambda().version("2").build().run())
                .isInstanceOf(StaleResultsException.class)
                .hasMessageContaining("version");
        assertThat(lambda().version("2").rerunStale(true).build().run().isWhole())
                .isTrue();
        assertThat(notices).isEmpty();
    }

    @Test
    void aFieldOfTheFingerprintIsOneLine() throws Exception {
        lambda().fingerprint(Map.of("step", "0.1")).build().run();

        assertThat(lambda().fingerprint(Map.of("step", "0.2")).build().plan().count(RunPlan.Action.STALE))
                .isEqualTo(2);
    }

    @Test
    void reuseWithoutAnyFingerprintIsSaidOnce() throws Exception {
        lambda().build().run();
        assertThat(notices).isEmpty();

        lambda().build().run();

        assertThat(notices)
                .singleElement()
                .asString()
                .contains("reusing 2 results of backend 'custom', which has no fingerprint", "version(...)");
    }

    @Test
    void aDeclaredFieldThatTheBackendHasIsRefusedWhenTheRunnerIsBuilt() {
        CalculationBackend own = new CalculationBackend() {
            @Override
            public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                return CalculationOutcome.cancelled();
            }

            @Override
            public Fingerprint fingerprint(Calculation calculation) {
                return Fingerprint.of(Map.of("version", "7.2"));
            }

            @Override
            public String name() {
                return "own";
            }
        };

        assertThatThrownBy(() -> runner(own).version("2").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("backend 'own' has a field 'version' already");
        assertThatThrownBy(() -> lambda().version(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version must not be blank but was ' '");
    }
}
