package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Molecule;
import java.util.List;

/** Refuses molecules that cannot be, before NWChem makes something of them. */
final class MoleculeCheck {

    /** Of two atoms nearer to each other than this NWChem drops one, or the SCF goes astray; in angstrom. */
    static final double LEAST_DISTANCE = 0.2;

    private MoleculeCheck() {}

    /**
     * Checks that charge and multiplicity fit the electrons, and that no two atoms are in one place.
     *
     * @throws IllegalArgumentException when they do not, or are; names the molecule and the values
     */
    static void check(Molecule molecule) {
        int electrons = molecule.electrons();
        int unpaired = molecule.multiplicity() - 1;
        if (electrons < 1 || unpaired > electrons || (electrons - unpaired) % 2 != 0) {
            throw new IllegalArgumentException(
                    "molecule " + molecule.id() + " with charge " + molecule.charge() + " has " + electrons
                            + " electrons, which do not make a multiplicity of " + molecule.multiplicity());
        }
        List<Atom> atoms = molecule.atoms();
        for (int i = 1; i < atoms.size(); i++) {
            for (int j = 0; j < i; j++) {
                double distance = atoms.get(i).distanceTo(atoms.get(j));
                if (distance < LEAST_DISTANCE) {
                    throw new IllegalArgumentException("atoms " + (j + 1) + " and " + (i + 1) + " of molecule "
                            + molecule.id() + " are only " + distance + " angstrom apart");
                }
            }
        }
    }
}
