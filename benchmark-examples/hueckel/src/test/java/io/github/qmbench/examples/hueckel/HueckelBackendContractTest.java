package io.github.qmbench.examples.hueckel;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.testkit.BackendContract;
import java.util.Map;
import java.util.Optional;

class HueckelBackendContractTest extends BackendContract {

    @Override
    protected CalculationBackend backend() {
        return new HueckelBackend();
    }

    @Override
    protected Calculation quickCalculation() {
        return Calculation.of("C6", Map.of("shape", "ring"));
    }

    @Override
    protected Optional<Calculation> failingCalculation() {
        return Optional.of(Calculation.of("C5", Map.of("shape", "ring")));
    }
}
