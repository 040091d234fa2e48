package io.github.qmbench.examples.hueckel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HueckelExampleTest {

    @TempDir
    Path directory;

    @Test
    void givesTheEnergiesThatTheClosedFormulaGives() throws Exception {
        Map<String, Double> energies = HueckelExample.run(directory);

        assertThat(energies).hasSize(12);
        for (int atoms = 4; atoms <= 14; atoms += 2) {
            double chain = 0;
            double ring = 0;
            for (int k = 1; k <= atoms; k++) {
                chain += Math.max(0, 2 * Math.cos(k * Math.PI / (atoms + 1)));
                ring += Math.max(0, 2 * Math.cos(2 * k * Math.PI / atoms));
            }
            assertThat(energies.get("C" + atoms + "/chain")).isCloseTo(2 * chain, within(1e-9));
            assertThat(energies.get("C" + atoms + "/ring")).isCloseTo(2 * ring, within(1e-9));
        }
        assertThat(energies.get("C6/ring")).as("benzene").isCloseTo(8, within(1e-9));
    }

    @Test
    void goesOnWhereItWasWithoutCalculatingAgain() throws Exception {
        HueckelExample.run(directory);
        long size = Files.size(directory.resolve("progress.jsonl"));

        assertThat(HueckelExample.run(directory)).hasSize(12);

        assertThat(directory.resolve("progress.jsonl")).hasSize(size);
        RunStatus status = new StatusReader(RunDirectory.of(directory)).read().orElseThrow();
        assertThat(status.state()).isEqualTo(RunState.COMPLETE);
        assertThat(status.progress().completed()).isEqualTo(12);
    }

    @Test
    void aFailedCalculationIsAValueAndTheRunGoesOn() throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("C5", "C6")
                .axis("shape", "chain")
                .build();

        RunOutcome outcome = BenchmarkRunner.builder(directory, matrix, new HueckelBackend())
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.isWhole()).isFalse();
        assertThat(outcome.results().size()).isEqualTo(1);
        assertThat(outcome.results().status().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo("odd-electrons"));
    }

    @Test
    void theBackendHasAtMostFortyLines() throws IOException {
        Path source = Path.of("src/main/java/io/github/qmbench/examples/hueckel/HueckelBackend.java");
        assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(40);
    }
}
