package io.github.qmbench.nwchem;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.testkit.BackendContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NWChem itself, in an SCF that is given up after so few iterations that only hydrogen converges. */
class NwchemBackendContractIT extends BackendContract {

    private static final Molecule HYDROGEN = new Molecule(
            "hydrogen", "hydrogen", List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.7414)), 0, 1);
    private static final Molecule LARGE =
            DataSet.delta50().smallest(50).molecules().get(49);

    @Override
    protected CalculationBackend backend() throws BackendUnusableException, InterruptedException {
        return backend(NwchemSettings.builder().scfIterations(4));
    }

    @Override
    protected Optional<CalculationBackend> backendWithOtherSettings()
            throws BackendUnusableException, InterruptedException {
        return Optional.of(backend(NwchemSettings.builder().scfIterations(4).grid("fine")));
    }

    private static CalculationBackend backend(NwchemSettings.Builder settings)
            throws BackendUnusableException, InterruptedException {
        return NwchemBackend.builder(NwchemProgram.detect())
                .molecules(Map.of("hydrogen", HYDROGEN, "water", Samples.molecule("ok"), "large", LARGE))
                .settings(settings.build())
                .build();
    }

    @Override
    protected Calculation quickCalculation() {
        return calculation("hydrogen", "STO-3G");
    }

    @Override
    protected Optional<Calculation> failingCalculation() {
        return Optional.of(calculation("water", "STO-3G"));
    }

    @Override
    protected Optional<Calculation> slowCalculation() {
        return Optional.of(calculation("large", "6-311++G(2d,p)"));
    }

    @Override
    protected boolean launchesPrograms() {
        return true;
    }

    @Override
    protected Duration grace() {
        return Duration.ofSeconds(60);
    }

    private static Calculation calculation(String molecule, String basis) {
        return Calculation.of(molecule, Map.of("functional", "HF", "solvent", "vacuum", "basis", basis));
    }
}
