package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.MoleculeOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Energies and HOMO-LUMO gaps by the extended tight-binding methods of xTB, by the name {@code xtb}. */
public final class XtbProvider implements CalculationBackendProvider {

    static final String VACUUM = "vacuum";

    private static final Element HEAVIEST = Element.Rn;

    /** The solvents that the ALPB model of xTB 6.5.1 has parameters for with GFN1 and GFN2. */
    private static final List<String> SOLVENTS = List.of(
            VACUUM,
            "acetone",
            "acetonitrile",
            "benzene",
            "CH2Cl2",
            "CHCl3",
            "CS2",
            "DMSO",
            "ether",
            "methanol",
            "THF",
            "toluene",
            "water");

    private static final BackendOption<List<String>> METHODS = BackendOption.named("methods")
            .value("NAME")
            .help("GFN1, GFN2; default: GFN2")
            .texts();

    private static final BackendOption<List<String>> SOLVENT_OPTION = BackendOption.named("solvents")
            .value("NAME")
            .help("Solvents of the ALPB model: " + String.join(", ", SOLVENTS) + "; default: " + VACUUM)
            .texts();

    @Override
    public String name() {
        return "xtb";
    }

    @Override
    public String summary() {
        return "energies and HOMO-LUMO gaps by extended tight binding with xTB";
    }

    @Override
    public List<BackendOption<?>> options() {
        List<BackendOption<?>> options = new ArrayList<>(MoleculeOptions.all());
        options.add(METHODS);
        options.add(SOLVENT_OPTION);
        return options;
    }

    @Override
    public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory)
            throws BackendUnusableException, IOException, InterruptedException {
        DataSet molecules = MoleculeOptions.select(options);
        molecules.molecules().forEach(XtbProvider::check);
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(molecules.ids())
                .axis("method", chosen(options, METHODS, List.of("GFN1", "GFN2"), "GFN2"))
                .axis("solvent", chosen(options, SOLVENT_OPTION, SOLVENTS, VACUUM))
                .build();
        String version = XtbProgram.version();
        return PreparedBenchmark.builder(matrix, new XtbBackend(new XtbInput(molecules), version))
                .description(MoleculeOptions.description(options, molecules))
                .remarks(sideBySide -> List.of("xTB " + version + ", " + sideBySide + " at a time"))
                .build();
    }

    @Override
    public List<Finding> examine(BackendOptions options, int sideBySide) throws InterruptedException {
        try {
            return List.of(Finding.about("xtb").good(XtbProgram.version()));
        } catch (BackendUnusableException e) {
            return List.of(Finding.about("xtb")
                    .unusable(String.valueOf(e.getMessage()))
                    .withRemedy("sudo apt-get install xtb"));
        }
    }

    private static void check(Molecule molecule) {
        for (Atom atom : molecule.atoms()) {
            if (atom.element().atomicNumber() > HEAVIEST.atomicNumber()) {
                throw new IllegalArgumentException("--molecules: xTB has no parameters for "
                        + atom.element().symbol() + " in " + molecule.id() + "; it has them up to "
                        + HEAVIEST.symbol());
            }
        }
    }

    private static List<String> chosen(
            BackendOptions options, BackendOption<List<String>> option, List<String> valid, String otherwise) {
        List<String> names = options.list(
                option,
                text -> valid.stream()
                        .filter(text.trim()::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + text + "' is not a valid choice; use one of " + String.join(", ", valid))));
        return names.isEmpty() ? List.of(otherwise) : names;
    }
}
