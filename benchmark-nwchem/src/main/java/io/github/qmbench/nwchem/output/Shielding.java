package io.github.qmbench.nwchem.output;

import java.util.List;

/**
 * The shielding of one nucleus, all in ppm. Immutable.
 *
 * @param index number of the atom as NWChem counts, from 1
 * @param tag the atom's name in NWChem's geometry: its element
 * @param diamagnetic tensor, three rows of three
 * @param paramagnetic tensor, three rows of three
 * @param total their sum
 * @param isotropic a third of the trace of {@code total}
 * @param anisotropy the largest principal component less the mean of the two others, never negative; as Gaussian prints it
 * @param principal the three principal components of the symmetric part of {@code total}, largest first: s33, s22, s11
 *     in the notation of J. Mason, Solid State Nucl. Magn. Reson. 1993, 2, 285
 */
public record Shielding(
        int index,
        String tag,
        List<List<Double>> diamagnetic,
        List<List<Double>> paramagnetic,
        List<List<Double>> total,
        double isotropic,
        double anisotropy,
        List<Double> principal) {}
