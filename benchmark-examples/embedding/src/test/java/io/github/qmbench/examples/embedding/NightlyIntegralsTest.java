package io.github.qmbench.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyIntegralsTest {

    @TempDir
    Path directory;

    private final List<String> display = new ArrayList<>();

    @Test
    void integratesAndShowsEachStep() throws IOException {
        RunOutcome outcome = NightlyIntegrals.run(directory, new IntegralBackend(), display::add);

        assertThat(outcome.isWhole()).isTrue();
        Map<String, Double> integrals = new TreeMap<>();
        outcome.results()
                .forEach(record -> integrals.put(record.calculation().taskId(), (Double)
                        record.outcome().results().get("integral")));
        assertThat(integrals.get("exp/simpson")).isCloseTo(Math.E - 1, within(1e-12));
        assertThat(integrals.get("sqrt/midpoint")).isCloseTo(2.0 / 3, within(1e-5));
        assertThat(display).hasSize(6).last().asString().startsWith("6/6 ");
    }

    @Test
    void pausesWhenTheLicenceIsGoneAndGoesOnLater() throws IOException {
        CalculationBackend unlicensed = (calculation, context) ->
                CalculationOutcome.failed("no-licence").because("no answer from the licence server");

        RunOutcome paused = NightlyIntegrals.run(directory, unlicensed, display::add);

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.results().status().run().reason().orElseThrow()).startsWith("the licence server is gone");
        assertThat(NightlyIntegrals.run(directory, new IntegralBackend(), display::add)
                        .isWhole())
                .isTrue();
    }
}
