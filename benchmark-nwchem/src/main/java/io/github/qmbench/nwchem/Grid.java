package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;

/** Chooses the grid for the exchange and correlation of a molecule, where the settings leave it open. */
final class Grid {

    /** Exact enough for elements up to this one by measurement; the pruning of heavier ones was not measured. */
    private static final Element HEAVIEST_FOR_MEDIUM = Element.F;

    private Grid() {}

    /** NWChem's word for the grid of a shielding run. */
    static String ofShieldings(Molecule molecule, NwchemSettings settings) {
        boolean light =
                molecule.atoms().stream().allMatch(atom -> atom.element().compareTo(HEAVIEST_FOR_MEDIUM) <= 0);
        return settings.grid().orElse(light ? "medium" : "fine");
    }

    /** NWChem's word for the grid of an optimisation. */
    static String ofOptimization(NwchemSettings settings) {
        return settings.grid().orElse("fine");
    }
}
