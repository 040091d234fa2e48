package io.github.qmbench.nwchem;

import io.github.qmbench.nwchem.output.GridSection;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the grid for the exchange and correlation, where the settings leave it open: the same for all molecules, because
 * results on different grids are not fitted together.
 */
final class Grid {

    /** The points of the angular grids that NWChem numbers from 1: Lebedev's, in the order of NWChem's manual. */
    private static final int[] ANGULAR = {
        38, 50, 74, 86, 110, 146, 170, 194, 230, 266, 302, 350, 434, 590, 770, 974, 1202, 1454, 1730, 2030, 2354, 2702,
        3074, 3470, 3890, 4334, 4802, 5294, 5810
    };

    private Grid() {}

    /** Whether an output has the grid of NWChem's word, or the points of {@code lebedev N M}. */
    static boolean isUsed(String grid, GridSection output) {
        String[] words = grid.split(" ");
        if (!output.word().equals(Optional.of(words[0]))) {
            return false;
        }
        if (words.length < 3) {
            return !output.sizes().isEmpty();
        }
        int angular = Integer.parseInt(words[2]);
        return angular <= ANGULAR.length
                && output.sizes().equals(Set.of(Integer.parseInt(words[1]) + " " + ANGULAR[angular - 1]));
    }

    /**
     * NWChem's word for the grid of a shielding run. On {@code medium}, shieldings of H are within 0.001 ppm and those of C,
     * N, O, F, S and Cl within 0.005 ppm of those on {@code fine}, by measurement.
     */
    static String ofShieldings(NwchemSettings settings) {
        return settings.grid().orElse("medium");
    }

    /** NWChem's word for the grid of an optimisation. */
    static String ofOptimization(NwchemSettings settings) {
        return settings.grid().orElse("fine");
    }
}
