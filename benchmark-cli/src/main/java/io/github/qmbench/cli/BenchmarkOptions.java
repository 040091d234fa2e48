package io.github.qmbench.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is to be calculated, and with what. */
final class BenchmarkOptions {

    @Option(
            names = "--molecules",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Molecules, by id or name; default: all of the data set. See: list molecules")
    List<String> molecules = new ArrayList<>();

    @Option(
            names = "--functionals",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Functionals, or expressions 'xc=...' of NWChem; default: B3LYP WP04. See: list functionals")
    List<String> functionals = new ArrayList<>();

    @Option(
            names = "--solvents",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Solvents, vacuum, or dielectric=X; default: CHCl3 DMSO. See: list solvents")
    List<String> solvents = new ArrayList<>();

    @Option(
            names = "--basis",
            paramLabel = "NAME",
            description = "Basis set for all functionals; default: the one each functional comes with."
                    + " See: list basis-sets")
    String basis;

    @Option(
            names = "--basis-type",
            paramLabel = "TYPE",
            description = "Shape of d and higher functions, spherical or cartesian; default: as Gaussian takes it")
    String basisType;

    @Option(
            names = "--dataset",
            paramLabel = "NAME|DIR",
            description = "DELTA50, or a directory of *.xyz files with an optional shifts.csv; default: DELTA50")
    String dataset;

    @Option(
            names = "--pilot",
            description = "A quick trial: the five smallest molecules, B3LYP and WP04, CHCl3, 6-31G(d,p);"
                    + " other options override it")
    boolean pilot;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "MPI processes of each calculation; default: ${DEFAULT-VALUE}",
            defaultValue = "1")
    int processes = 1;

    @Option(
            names = "--parallel",
            paramLabel = "N|auto",
            description = "How many calculations side by side; auto (default): as many as cores and memory allow",
            defaultValue = "auto")
    String parallel = "auto";

    @Option(names = "--oversubscribe", description = "Allow more processes than the machine has cores")
    boolean oversubscribe;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSizes.class,
            description = "Memory of each process: 800M, 4G; default: a share of the machine's")
    Long memory;

    @Option(
            names = "--recover",
            description = "Try a calculation that failed in a curable way again with the cure, and write so into the"
                    + " result; the default is to record the failure")
    boolean recover;

    @Option(
            names = "--grid",
            paramLabel = "WORD",
            description = "Integration grid of NWChem: xcoarse, coarse, medium (default), fine, xfine, huge")
    String grid;

    @Option(
            names = "--scf-convergence",
            paramLabel = "WORD",
            description = "When an SCF has converged: tight (default), or nwchem, its own looser criteria")
    String scfConvergence;

    @Option(
            names = "--scf-iterations",
            paramLabel = "N",
            description = "After how many iterations an SCF has failed; default: 100")
    Integer scfIterations;

    @Option(
            names = "--optimize",
            description = "Optimise the geometry first; calculations that ask for the same one share it")
    boolean optimize;

    @Option(names = "--optimize-only", description = "Optimise the geometry, and calculate no shieldings")
    boolean optimizeOnly;

    @Option(
            names = "--optimize-functional",
            paramLabel = "NAME",
            description =
                    "Functional of the optimisation; without any --optimize-... it is that of the shieldings, with"
                            + " others B3LYP")
    String optimizeFunctional;

    @Option(
            names = "--optimize-basis",
            paramLabel = "NAME",
            description = "Basis set of the optimisation; likewise, or 6-31G(d)")
    String optimizeBasis;

    @Option(
            names = "--optimize-solvent",
            paramLabel = "NAME",
            description = "Solvent of the optimisation; likewise, or vacuum")
    String optimizeSolvent;

    @Option(names = "--backend", paramLabel = "NAME", description = "What calculates; default: nwchem", hidden = true)
    String backend;
}
