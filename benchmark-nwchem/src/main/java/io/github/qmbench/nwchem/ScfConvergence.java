package io.github.qmbench.nwchem;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * The criteria by which an SCF has converged. Immutable.
 *
 * <p>With NWChem's own criteria a shielding of oxygen may be off by 0.08 ppm, which another start or grid shows; see
 * {@code docs/notes/nwchem-speed-notes.md}.
 *
 * @param energy largest change of the energy in hartree
 * @param density largest root of the mean squared change of the density
 * @param gradient largest gradient of the orbitals
 */
public record ScfConvergence(double energy, double density, double gradient) {

    /** The default: shieldings repeat to 0.002 ppm whatever the start. */
    public static final ScfConvergence TIGHT = new ScfConvergence(1e-8, 1e-6, 1e-5);

    /** The criteria of NWChem itself. */
    public static final ScfConvergence NWCHEM = new ScfConvergence(1e-7, 1e-5, 5e-4);

    /**
     * Checks the components.
     *
     * @param energy largest change of the energy in hartree
     * @param density largest root of the mean squared change of the density
     * @param gradient largest gradient of the orbitals
     */
    public ScfConvergence {
        requireSmall(energy, "energy");
        requireSmall(density, "density");
        requireSmall(gradient, "gradient");
    }

    /** NWChem's directive. */
    String directive() {
        return "convergence " + criteria();
    }

    /** The criteria as NWChem takes them: {@code energy 1d-8 density 1d-6 gradient 1d-5}. */
    String criteria() {
        return "energy %s density %s gradient %s".formatted(fortran(energy), fortran(density), fortran(gradient));
    }

    private static String fortran(double value) {
        return new DecimalFormat("0.###############E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(value)
                .replace('E', 'd');
    }

    private static void requireSmall(double value, String what) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be between 0 and 1 but was " + value);
        }
    }
}
