package io.github.qmbench.testkit;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationFailure;
import java.util.Map;
import java.util.Optional;

/** The made-up backend keeps the contract itself. */
class FakeBackendContractTest extends BackendContract {

    @Override
    protected CalculationBackend backend() {
        return new FakeBackend()
                .results(calculation -> Map.of("energy_hartree", -1.5))
                .fail("bad", CalculationFailure.of("scf-not-converged").because("no convergence"))
                .hold("slow");
    }

    @Override
    protected Calculation quickCalculation() {
        return Calculation.of("quick", Map.of("solvent", "CHCl3"));
    }

    @Override
    protected Optional<Calculation> failingCalculation() {
        return Optional.of(Calculation.of("bad", Map.of()));
    }

    @Override
    protected Optional<Calculation> slowCalculation() {
        return Optional.of(Calculation.of("slow", Map.of()));
    }
}
