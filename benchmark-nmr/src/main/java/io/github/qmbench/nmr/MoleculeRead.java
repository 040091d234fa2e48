package io.github.qmbench.nmr;

import java.util.List;
import java.util.Locale;

/**
 * A molecule as a file gives it, with the lines of its atoms, before it is checked.
 *
 * @param chargeLine the line that says charge and multiplicity, or could
 * @param remedy how to tell them in this format
 */
record MoleculeRead(
        String id,
        String name,
        List<Atom> atoms,
        List<Integer> atomLines,
        int charge,
        int multiplicity,
        int chargeLine,
        String remedy) {

    /** Nearer than this in angstrom two atoms are a slip of the file: H2 has 0.74. */
    private static final double CLOSEST = 0.4;

    /** Returns the molecule, unless atoms are too close or the electrons do not fit the multiplicity. */
    Molecule checked() throws LocatedProblem {
        checkDistances();
        Molecule molecule = new Molecule(id, name, atoms, charge, multiplicity);
        checkElectrons(molecule.electrons());
        return molecule;
    }

    private void checkDistances() throws LocatedProblem {
        for (int i = 1; i < atoms.size(); i++) {
            for (int j = 0; j < i; j++) {
                double distance = atoms.get(i).distanceTo(atoms.get(j));
                if (distance < CLOSEST) {
                    throw new LocatedProblem(
                            atomLines.get(i),
                            String.format(
                                    Locale.ROOT,
                                    "atoms %d and %d are %.3f angstrom apart, nearer than %.1f: one atom given twice?",
                                    j + 1,
                                    i + 1,
                                    distance,
                                    CLOSEST));
                }
            }
        }
    }

    private void checkElectrons(int electrons) throws LocatedProblem {
        int unpaired = multiplicity - 1;
        if (electrons < 1 || unpaired > electrons || (electrons - unpaired) % 2 != 0) {
            throw new LocatedProblem(
                    chargeLine,
                    "charge " + charge + " leaves " + electrons + " electrons, which cannot have multiplicity "
                            + multiplicity + ": " + remedy);
        }
    }
}
