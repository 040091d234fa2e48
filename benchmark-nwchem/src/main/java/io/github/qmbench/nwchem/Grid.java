package io.github.qmbench.nwchem;

/**
 * Chooses the grid for the exchange and correlation, where the settings leave it open: the same for all molecules, because
 * results on different grids are not fitted together.
 */
final class Grid {

    private Grid() {}

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
