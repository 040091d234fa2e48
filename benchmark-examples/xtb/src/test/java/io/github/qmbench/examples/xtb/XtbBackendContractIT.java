package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.testkit.BackendContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** xTB itself, with a molecule, an element that it does not know, and a crystal that takes it a minute and more. */
class XtbBackendContractIT extends BackendContract {

    private static final Molecule HYDROGEN = new Molecule(
            "hydrogen", "hydrogen", List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.74)), 0, 1);
    private static final Molecule FRANCIUM =
            new Molecule("francium", "francium", List.of(new Atom(Element.Fr, 0, 0, 0)), 1, 1);

    @Override
    protected CalculationBackend backend() throws Exception {
        return new XtbBackend(
                new XtbInput(DataSet.of("made up", "", List.of(HYDROGEN, FRANCIUM, neon()), List.of())),
                XtbProgram.version());
    }

    @Override
    protected Calculation quickCalculation() {
        return calculation("hydrogen");
    }

    @Override
    protected Optional<Calculation> failingCalculation() {
        return Optional.of(calculation("francium"));
    }

    @Override
    protected Optional<Calculation> slowCalculation() {
        return Optional.of(calculation("neon"));
    }

    @Override
    protected boolean launchesPrograms() {
        return true;
    }

    private static Calculation calculation(String molecule) {
        return Calculation.of(molecule, Map.of("method", "GFN2", "solvent", "vacuum"));
    }

    private static Molecule neon() {
        List<Atom> atoms = new ArrayList<>();
        for (int place = 0; place < 512; place++) {
            atoms.add(new Atom(Element.Ne, 3 * (place % 8), 3 * (place / 8 % 8), 3 * (place / 64)));
        }
        return new Molecule("neon", "neon", atoms, 0, 1);
    }
}
