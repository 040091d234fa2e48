package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What xTB is asked. The parameters are {@code method} (GFN1, GFN2) and {@code solvent} (vacuum, or one of the ALPB model).
 *
 * @param molecules the subjects
 */
record XtbInput(DataSet molecules) {

    /** The program and its arguments. */
    List<String> command(Calculation calculation) {
        Molecule molecule = molecule(calculation);
        List<String> command = new ArrayList<>(List.of("xtb", "molecule.xyz", "--json"));
        command.addAll(List.of("--gfn", calculation.parameter("method").substring("GFN".length())));
        command.addAll(List.of("--chrg", String.valueOf(molecule.charge())));
        command.addAll(List.of("--uhf", String.valueOf(molecule.multiplicity() - 1)));
        String solvent = calculation.parameter("solvent");
        if (!solvent.equals(XtbProvider.VACUUM)) {
            command.addAll(List.of("--alpb", solvent.toLowerCase(Locale.ROOT)));
        }
        return command;
    }

    private Molecule molecule(Calculation calculation) {
        return molecules.molecule(calculation.subject()).orElseThrow();
    }

    /** The geometry. */
    String xyz(Calculation calculation) {
        Molecule molecule = molecule(calculation);
        StringBuilder text = new StringBuilder(molecule.atoms().size() + "\n" + molecule.name() + "\n");
        for (Atom atom : molecule.atoms()) {
            text.append(String.format(
                    Locale.ROOT, "%-2s %14.8f %14.8f %14.8f%n", atom.element().symbol(), atom.x(), atom.y(), atom.z()));
        }
        return text.toString();
    }
}
