package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.MoleculeOptions;
import io.github.qmbench.nmr.internal.ShellWord;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The options of NWChem, and what they select and set. */
final class NwchemOptions {

    static final BackendOption<List<String>> FUNCTIONALS = BackendOption.named("functionals")
            .value("NAME")
            .help("Functionals, or expressions 'xc=...' of NWChem; default: B3LYP WP04; see: list functionals")
            .texts();

    static final BackendOption<List<String>> SOLVENTS = BackendOption.named("solvents")
            .value("NAME")
            .help("Solvents, vacuum, or dielectric=X; default: CHCl3 DMSO; see: list solvents")
            .texts();

    static final BackendOption<List<String>> BASIS = BackendOption.named("basis")
            .value("NAME")
            .help(
                    "Basis sets, each with all functionals; default: the one that each functional comes with; see: list basis-sets")
            .texts();

    static final BackendOption<List<String>> METHODS = BackendOption.named("methods")
            .value("FUNCTIONAL/BASIS")
            .help("Pairs such as 'WP04/6-31G(d,p)', instead of --functionals and --basis")
            .texts();

    static final BackendOption<BasisSet.Type> BASIS_TYPE = BackendOption.named("basis-type")
            .value("TYPE")
            .help("Shape of d and higher functions, spherical or cartesian; default: as in Gaussian")
            .choice(BasisSet.Type.class);

    static final BackendOption<Boolean> PILOT = BackendOption.named("pilot")
            .help(
                    "A quick trial: the five smallest molecules, B3LYP and WP04, CHCl3, 6-31G(d,p); other options override it")
            .flag();

    static final BackendOption<Integer> PROCESSES = BackendOption.named("processes")
            .value("N")
            .help("MPI processes of each calculation")
            .integer(1)
            .withDefault("1");

    /** The old spelling, for each process; {@code --mem} of the command line is for each calculation. */
    static final BackendOption<Long> MEMORY = BackendOption.named("memory")
            .value("SIZE")
            .help("Memory of each process: 800M, 4G; default: a share of the machine's")
            .hidden()
            .bytes();

    static final BackendOption<Boolean> RECOVER = BackendOption.named("recover")
            .help("Try a calculation again that failed in a curable way, with the cure, and record that in the result;"
                    + " default: record the failure")
            .flag();

    static final BackendOption<String> GRID = BackendOption.named("grid")
            .value("WORD")
            .help("Integration grid: xcoarse, coarse, medium, fine, xfine, huge, or 'lebedev N M'; default: medium for"
                    + " shieldings, fine for optimisations")
            .text();

    static final BackendOption<ScfConvergence> SCF_CONVERGENCE = BackendOption.named("scf-convergence")
            .value("WORD")
            .help("When an SCF has converged: tight (default), or nwchem, the looser criteria of NWChem")
            .of(NwchemOptions::scfConvergence);

    static final BackendOption<Integer> SCF_ITERATIONS = BackendOption.named("scf-iterations")
            .value("N")
            .help("After how many iterations an SCF has failed; default: 100")
            .integer(1);

    static final BackendOption<Boolean> OPTIMIZE = BackendOption.named("optimize")
            .help("Optimise the geometry first; calculations that ask for the same one share it")
            .flag();

    static final BackendOption<Boolean> OPTIMIZE_ONLY = BackendOption.named("optimize-only")
            .help("Optimise the geometry, and calculate no shieldings")
            .flag();

    static final BackendOption<Functional> OPTIMIZE_FUNCTIONAL = BackendOption.named("optimize-functional")
            .value("NAME")
            .help(
                    "Functional of the optimisation; default: that of the shieldings, or B3LYP where its basis set or solvent is given")
            .of(Functional::parse);

    static final BackendOption<BasisSet> OPTIMIZE_BASIS = BackendOption.named("optimize-basis")
            .value("NAME")
            .help("Basis set of the optimisation; default: that of the shieldings, or 6-31G(d)")
            .of(BasisSet::of);

    static final BackendOption<Solvent> OPTIMIZE_SOLVENT = BackendOption.named("optimize-solvent")
            .value("NAME")
            .help("Solvent of the optimisation; default: that of the shieldings, or vacuum")
            .of(Solvent::parse);

    private static final List<String> DEFAULT_FUNCTIONALS = List.of("B3LYP", "WP04");
    private static final List<String> DEFAULT_SOLVENTS = List.of("CHCl3", "DMSO");
    private static final List<String> PILOT_SOLVENTS = List.of("CHCl3");
    private static final String PILOT_BASIS = "6-31G(d,p)";

    /** Of optimisations for which something else is set; the level at which the geometries of DELTA50 were made. */
    private static final Method OPTIMIZATION =
            new Method(Functional.parse("B3LYP"), BasisSet.of("6-31G(d)"), Solvent.VACUUM);

    private NwchemOptions() {}

    /** All of them, in the order of the help. */
    static List<BackendOption<?>> all() {
        List<BackendOption<?>> all = new ArrayList<>(List.of(MoleculeOptions.MOLECULES, FUNCTIONALS, SOLVENTS));
        all.addAll(List.of(BASIS, METHODS, BASIS_TYPE, MoleculeOptions.DATASET, PILOT));
        all.addAll(List.of(PROCESSES, MEMORY, RECOVER, GRID));
        all.addAll(List.of(SCF_CONVERGENCE, SCF_ITERATIONS, OPTIMIZE, OPTIMIZE_ONLY));
        all.addAll(List.of(OPTIMIZE_FUNCTIONAL, OPTIMIZE_BASIS, OPTIMIZE_SOLVENT));
        return List.copyOf(all);
    }

    /** Returns the selected molecules. */
    static DataSet molecules(BackendOptions options) throws IOException {
        boolean pilot =
                options.get(PILOT) && options.find(MoleculeOptions.MOLECULES).isEmpty();
        return pilot ? MoleculeOptions.dataSet(options).pilot() : MoleculeOptions.select(options);
    }

    /** Returns the calculations in a new directory, with the axes {@code functional} and {@code solvent}. */
    static CalculationMatrix matrix(BackendOptions options, DataSet molecules) {
        return methods(options, RecordedBasisSets.none()).matrix(molecules.ids(), solvents(options));
    }

    /** Returns the functionals with their basis sets in a directory with these calculations. */
    static MethodChoice methods(BackendOptions options, RecordedBasisSets recorded) {
        return MethodChoice.of(
                options,
                options.get(OPTIMIZE_ONLY) ? name -> Functional.parse(name).name() : NwchemOptions::withShieldings,
                DEFAULT_FUNCTIONALS,
                options.get(PILOT) ? Optional.of(PILOT_BASIS) : Optional.empty(),
                recorded);
    }

    /** Returns the names of the solvents. */
    static List<String> solvents(BackendOptions options) {
        List<String> solvents =
                options.list(SOLVENTS, name -> Solvent.parse(name).name());
        List<String> defaults = options.get(PILOT) ? PILOT_SOLVENTS : DEFAULT_SOLVENTS;
        return solvents.isEmpty() ? defaults : solvents;
    }

    private static String withShieldings(String name) {
        Functional functional = Functional.parse(name);
        functional.whyNoShieldings().ifPresent(why -> {
            List<String> others = Functional.all().stream()
                    .filter(Functional::shieldings)
                    .map(Functional::name)
                    .toList();
            throw new IllegalArgumentException(why + ". Choose another one of the " + others.size() + "; see: "
                    + ShellWord.command("list", "functionals"));
        });
        return functional.name();
    }

    /** Returns how NWChem is to be run. */
    static NwchemSettings settings(BackendOptions options) {
        NwchemSettings.Builder settings = NwchemSettings.builder()
                .ranks(options.get(PROCESSES))
                .recover(options.get(RECOVER))
                .task(task(options));
        basis(options).ifPresent(settings::basis);
        options.find(BASIS_TYPE).ifPresent(settings::basisType);
        set("--grid", options.find(GRID).map(word -> word.toLowerCase(Locale.ROOT)), settings::grid);
        options.find(SCF_CONVERGENCE).ifPresent(settings::scfConvergence);
        options.find(SCF_ITERATIONS).ifPresent(settings::scfIterations);
        options.find(MEMORY).ifPresent(bytes -> settings.memoryPerProcessMb(megabytes(bytes)));
        optimization(options).ifPresent(settings::optimization);
        return settings.build();
    }

    private static long megabytes(long bytes) {
        if (bytes < 1_000_000) {
            throw new IllegalArgumentException("--memory: '" + bytes + "' is not a valid size; use at least 1M");
        }
        return bytes / 1_000_000;
    }

    /** Returns the one basis set of the run; empty when it has several, or those that functionals come with. */
    private static Optional<String> basis(BackendOptions options) {
        List<BasisSet> sets = MethodChoice.basisSets(options);
        if (sets.size() == 1) {
            return Optional.of(sets.get(0).name());
        }
        boolean none = sets.isEmpty() && options.find(METHODS).isEmpty();
        return none && options.get(PILOT) ? Optional.of(PILOT_BASIS) : Optional.empty();
    }

    /** Sets what is checked when it is set. */
    private static <T> void set(String option, Optional<T> value, Function<T, NwchemSettings.Builder> setter) {
        try {
            if (value.isPresent()) {
                Objects.requireNonNull(setter.apply(value.get()), option);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    private static Task task(BackendOptions options) {
        if (options.get(OPTIMIZE_ONLY)) {
            return Task.OPTIMIZATION;
        }
        return options.get(OPTIMIZE) ? Task.OPTIMIZATION_AND_SHIELDING : Task.SHIELDING;
    }

    private static Optional<Method> optimization(BackendOptions options) {
        Optional<Functional> functional = options.find(OPTIMIZE_FUNCTIONAL);
        Optional<BasisSet> basis = options.find(OPTIMIZE_BASIS);
        Optional<Solvent> solvent = options.find(OPTIMIZE_SOLVENT);
        if (functional.isEmpty() && basis.isEmpty() && solvent.isEmpty()) {
            return Optional.empty();
        }
        if (!task(options).optimizes()) {
            throw new IllegalArgumentException("--optimize-functional, --optimize-basis and --optimize-solvent need"
                    + " --optimize or --optimize-only");
        }
        return Optional.of(new Method(
                functional.orElse(OPTIMIZATION.functional()),
                basis.orElse(OPTIMIZATION.basis()),
                solvent.orElse(OPTIMIZATION.solvent())));
    }

    private static ScfConvergence scfConvergence(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "tight" -> ScfConvergence.TIGHT;
            case "nwchem" -> ScfConvergence.NWCHEM;
            default -> throw new IllegalArgumentException("'" + word + "' is not a valid choice; use tight or nwchem");
        };
    }
}
