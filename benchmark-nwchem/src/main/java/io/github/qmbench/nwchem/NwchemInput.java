package io.github.qmbench.nwchem;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.util.Locale;

/**
 * Writes what NWChem reads. The text has no path in it, so that a person can repeat the calculation anywhere.
 *
 * <p>Always {@code noautosym}: symmetry saves nothing in a shielding run, and turns the molecule. A shielding run needs no
 * internal coordinates, which fail for linear molecules, and therefore has {@code noautoz}. {@code prop:nocheck} keeps the
 * property task from replacing the grid that was asked for by a finer one.
 */
final class NwchemInput {

    /** Where the density is taken for nothing; the same for all grids. */
    static final double TOL_RHO = 1e-11;

    private NwchemInput() {}

    /** Returns the input of a shielding calculation. */
    static String shielding(Molecule molecule, Method method, NwchemSettings settings, Tuning tuning, long memoryMb) {
        StringBuilder text = new StringBuilder();
        common(text, molecule, method, settings, tuning, memoryMb, Grid.ofShieldings(settings), false);
        text.append("set prop:nocheck .true.\n");
        text.append("property\n  shielding\n");
        settings.propertyDirectives()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("end\ntask dft property\n");
        return text.toString();
    }

    /** Returns the input of a geometry optimisation. */
    static String optimization(
            Molecule molecule, Method method, NwchemSettings settings, Tuning tuning, long memoryMb) {
        StringBuilder text = new StringBuilder();
        common(text, molecule, method, settings, tuning, memoryMb, Grid.ofOptimization(settings), !tuning.noAutoz());
        text.append("driver\n  maxiter ")
                .append(settings.optimizationSteps() * tuning.stepFactor())
                .append("\nend\ntask dft optimize\n");
        return text.toString();
    }

    private static void common(
            StringBuilder text,
            Molecule molecule,
            Method method,
            NwchemSettings settings,
            Tuning tuning,
            long memoryMb,
            String grid,
            boolean autoz) {
        text.append("start molecule\n");
        text.append("memory total ").append(memoryMb).append(" mb\n");
        if (molecule.charge() != 0) {
            text.append("charge ").append(molecule.charge()).append('\n');
        }
        text.append("geometry units angstrom noautosym").append(autoz ? "\n" : " noautoz\n");
        for (Atom atom : molecule.atoms()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-2s %18.10f %18.10f %18.10f\n",
                    atom.element().symbol(),
                    atom.x(),
                    atom.y(),
                    atom.z()));
        }
        text.append("end\n");
        text.append("basis ").append(method.basis().type().keyword()).append('\n');
        text.append("  * library \"").append(method.basis().library()).append('"');
        method.basis()
                .hydrogen()
                .ifPresent(set ->
                        text.append(" except H\n  H library \"").append(set).append('"'));
        text.append("\nend\n");
        text.append("dft\n");
        method.functional()
                .directives()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("  grid ").append(grid).append('\n');
        text.append("  tolerances tol_rho 1d-11\n");
        text.append("  ").append(settings.scfConvergence().directive()).append('\n');
        text.append("  iterations ")
                .append(settings.scfIterations() * tuning.iterationFactor())
                .append('\n');
        if (molecule.multiplicity() != 1) {
            text.append("  mult ").append(molecule.multiplicity()).append('\n');
        }
        if (settings.direct() || tuning.direct()) {
            text.append("  direct\n");
        }
        tuning.scfDirectives().forEach(line -> text.append("  ").append(line).append('\n'));
        settings.dftDirectives().forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("end\n");
        solvent(text, method.solvent());
    }

    private static void solvent(StringBuilder text, Solvent solvent) {
        if (solvent.isVacuum()) {
            return;
        }
        text.append("cosmo\n  do_gasphase False\n");
        if (solvent.keyword().isPresent()) {
            text.append("  solvent ").append(solvent.keyword().get()).append('\n');
        } else {
            text.append("  dielec ").append(solvent.dielectric()).append('\n');
        }
        text.append("end\n");
    }
}
