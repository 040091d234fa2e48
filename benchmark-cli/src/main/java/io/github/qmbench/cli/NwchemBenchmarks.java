package io.github.qmbench.cli;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.LaunchControl;
import io.github.qmbench.core.LaunchedProcess;
import io.github.qmbench.core.ProcessLauncher;
import io.github.qmbench.core.ProcessRequest;
import io.github.qmbench.core.ProcessResult;
import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.InvalidDataSetException;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import io.github.qmbench.nwchem.BasisSet;
import io.github.qmbench.nwchem.Check;
import io.github.qmbench.nwchem.Functional;
import io.github.qmbench.nwchem.Method;
import io.github.qmbench.nwchem.NwchemBackend;
import io.github.qmbench.nwchem.NwchemDoctor;
import io.github.qmbench.nwchem.NwchemProgram;
import io.github.qmbench.nwchem.NwchemSettings;
import io.github.qmbench.nwchem.ScfConvergence;
import io.github.qmbench.nwchem.ShiftScale;
import io.github.qmbench.nwchem.Solvent;
import io.github.qmbench.nwchem.Task;
import io.github.qmbench.nwchem.UnknownNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** NMR shieldings with NWChem. */
final class NwchemBenchmarks implements BenchmarkFactory {

    private static final List<String> DEFAULT_FUNCTIONALS = List.of("B3LYP", "WP04");
    private static final List<String> DEFAULT_SOLVENTS = List.of("CHCl3", "DMSO");
    private static final List<String> PILOT_SOLVENTS = List.of("CHCl3");
    private static final String PILOT_BASIS = "6-31G(d,p)";

    /** Of optimisations for which something else is set; the level at which the geometries of DELTA50 were made. */
    private static final String OPTIMIZATION_FUNCTIONAL = "B3LYP";

    private static final String OPTIMIZATION_BASIS = "6-31G(d)";

    /** Beside the calculations in the run directory; no molecule can have a name that begins with a dot. */
    private static final String GEOMETRIES = ".geometries";

    /** What one NWChem process of a small molecule should have, for the choice of how many run side by side. */
    private static final long WANTED_MEMORY_BYTES = 1_500_000_000L;

    private final Map<String, String> environment;

    NwchemBenchmarks(Map<String, String> environment) {
        this.environment = Objects.requireNonNull(environment, "environment");
    }

    @Override
    public String name() {
        return "nwchem";
    }

    @Override
    public Benchmark prepare(BenchmarkOptions options, RunDirectory directory) throws Refusal, InterruptedException {
        Selection selection = select(options);
        NwchemSettings settings = settings(options);
        int parallel = parallel(options, selection.matrix().size());
        NwchemProgram program = program(options);
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(selection.molecules())
                .settings(settings)
                .scale(publishedFactors())
                .geometries(directory.path().resolve(GEOMETRIES))
                .build();
        check(backend, selection.matrix());
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("data_set", selection.dataSet().name());
        if (!isDelta50(options.dataset)) {
            description.put(
                    "data_set_directory",
                    Path.of(options.dataset).toAbsolutePath().normalize().toString());
        }
        description.put("citation", selection.dataSet().citation());
        settings.basis().ifPresent(basis -> description.put("basis", basis));
        description.put("qmbench_version", Version.number());
        List<String> remarks = new ArrayList<>(List.of(opening(program, options, parallel)));
        remarks.addAll(doubts(settings, parallel));
        return new Benchmark(selection.matrix(), backend, parallel, description, remarks);
    }

    /** Looks whether NWChem will do what these options ask for; calculates a hydrogen molecule by each method. */
    static List<Check> examine(BenchmarkOptions options) throws Refusal, IOException, InterruptedException {
        Selection selection = select(options);
        NwchemSettings settings = settings(options);
        int parallel = parallel(options, selection.matrix().size());
        Set<Method> methods = new LinkedHashSet<>();
        for (String functional : selection.matrix().axes().get("functional")) {
            for (String solvent : selection.matrix().axes().get("solvent")) {
                methods.add(method(functional, solvent, settings));
            }
        }
        Path own = Files.createTempDirectory("qmbench-doctor");
        try {
            return new NwchemDoctor(NwchemBenchmarks::start, own, settings, parallel).thorough(methods);
        } finally {
            Files.delete(own);
        }
    }

    private static Method method(String functional, String solvent, NwchemSettings settings) {
        Functional parsed = Functional.parse(functional);
        BasisSet basis = BasisSet.of(settings.basis().orElse(parsed.basis()));
        return new Method(parsed, settings.basisType().map(basis::withType).orElse(basis), Solvent.parse(solvent));
    }

    /** Starts a program that belongs to no run. */
    private static ProcessResult start(ProcessRequest request) throws IOException, InterruptedException {
        Cancellation never = new Cancellation();
        String mark = "doctor-" + ProcessHandle.current().pid();
        return ProcessLauncher.local().launch(request, new LaunchControl() {
            @Override
            public Cancellation cancellation() {
                return never;
            }

            @Override
            public boolean isDraining() {
                return false;
            }

            @Override
            public String mark() {
                return mark;
            }

            @Override
            public Optional<LaunchedProcess> earlier() {
                return Optional.empty();
            }

            @Override
            public void launched(LaunchedProcess process) {
                // nobody has to find it again
            }

            @Override
            public void remark(String text) {
                // nobody looks on
            }
        });
    }

    /** Checks each molecule with each functional and the basis set; the solvents have been checked by their names. */
    private static void check(NwchemBackend backend, CalculationMatrix matrix) throws Refusal {
        int solvents = matrix.axes().get("solvent").size();
        try {
            for (int index = 0; index < matrix.size(); index += solvents) {
                backend.check(matrix.get(index));
            }
        } catch (UnknownNameException e) {
            throw e.what().equals("basis set")
                    ? Refusal.badInput("--basis: " + e.getMessage() + "; all of them: qmbench list basis-sets")
                    : Refusal.badInput(e);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        } catch (IOException e) {
            throw new Refusal(
                    ExitCode.IO_ERROR, "cannot read the library of basis sets of NWChem: " + e.getMessage(), e);
        }
    }

    /** What the quick part of {@code doctor} has to say against a run; everything that makes it impossible is known. */
    private static List<String> doubts(NwchemSettings settings, int parallel) throws InterruptedException {
        Path nowhere = Path.of(System.getProperty("java.io.tmpdir"));
        return new NwchemDoctor(NwchemBenchmarks::start, nowhere, settings, parallel)
                .quick().stream()
                        .filter(check -> check.verdict() != Check.Verdict.GOOD)
                        .map(check -> "warning: " + check.subject() + ": " + check.finding()
                                + (check.remedy().isEmpty() ? "" : " -> " + check.remedy()))
                        .toList();
    }

    private static String opening(NwchemProgram program, BenchmarkOptions options, int parallel) {
        return program.version() + ", "
                + (parallel == 1 ? "one calculation at a time" : parallel + " calculations side by side") + ", "
                + (options.processes == 1 ? "1 process" : options.processes + " processes") + " each";
    }

    /**
     * What is to be calculated.
     *
     * @param dataSet the selected molecules
     * @param matrix with the axes {@code functional} and {@code solvent}
     */
    record Selection(DataSet dataSet, CalculationMatrix matrix) {

        Map<String, Molecule> molecules() {
            Map<String, Molecule> byId = new LinkedHashMap<>();
            dataSet.molecules().forEach(molecule -> byId.put(molecule.id(), molecule));
            return byId;
        }
    }

    /** Finds what was asked for; starts no program. */
    static Selection select(BenchmarkOptions options) throws Refusal {
        DataSet whole = dataSet(options.dataset);
        DataSet selected = whole;
        if (!options.molecules.isEmpty()) {
            List<String> ids = NameList.parse(
                    options.molecules,
                    "--molecules",
                    name -> whole.select(List.of(name)).ids().get(0));
            selected = whole.select(ids);
        } else if (options.pilot) {
            selected = whole.pilot();
        }
        List<String> functionals = NameList.parse(
                options.functionals.isEmpty() ? DEFAULT_FUNCTIONALS : options.functionals,
                "--functionals",
                options.optimizeOnly ? name -> Functional.parse(name).name() : NwchemBenchmarks::functional);
        List<String> defaultSolvents = options.pilot ? PILOT_SOLVENTS : DEFAULT_SOLVENTS;
        List<String> solvents = NameList.parse(
                options.solvents.isEmpty() ? defaultSolvents : options.solvents,
                "--solvents",
                name -> Solvent.parse(name).name());
        return new Selection(
                selected,
                CalculationMatrix.builder()
                        .subjects(selected.ids())
                        .axis("functional", functionals)
                        .axis("solvent", solvents)
                        .build());
    }

    private static String functional(String name) {
        Functional functional = Functional.parse(name);
        if (!functional.shieldings()) {
            throw new IllegalArgumentException("NWChem has no shieldings for " + functional.name()
                    + ": it lacks the second derivatives of meta-GGA functionals. Choose one of "
                    + String.join(
                            ", ",
                            Functional.all().stream()
                                    .filter(Functional::shieldings)
                                    .map(Functional::name)
                                    .toList()));
        }
        return functional.name();
    }

    /** Returns the data set of a name, or the one in a directory. */
    static DataSet dataSet(String nameOrDirectory) throws Refusal {
        if (isDelta50(nameOrDirectory)) {
            return DataSet.delta50();
        }
        try {
            Path directory = Path.of(nameOrDirectory);
            if (nameOrDirectory.endsWith(".xyz") && Files.isRegularFile(directory)) {
                return DataSet.ofFile(directory);
            }
            if (!Files.isDirectory(directory)) {
                throw Refusal.badInput("--dataset: there is no data set and no directory '" + nameOrDirectory
                        + "'; valid are DELTA50, a directory of *.xyz files, and a single .xyz file");
            }
            return DataSet.ofDirectory(directory);
        } catch (InvalidDataSetException e) {
            throw new Refusal(ExitCode.USAGE, "--dataset: " + e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--dataset: '" + nameOrDirectory + "' is no path");
        } catch (IOException e) {
            throw new Refusal(
                    ExitCode.IO_ERROR, "--dataset: cannot read " + nameOrDirectory + ": " + e.getMessage(), e);
        }
    }

    private static boolean isDelta50(String name) {
        return name == null || name.equalsIgnoreCase("delta50");
    }

    private static NwchemSettings settings(BenchmarkOptions options) throws Refusal {
        if (options.processes < 1) {
            throw Refusal.badInput("--processes must be at least 1 but was " + options.processes);
        }
        NwchemSettings.Builder settings = NwchemSettings.builder().ranks(options.processes);
        String basis = options.basis == null && options.pilot ? PILOT_BASIS : options.basis;
        try {
            if (basis != null) {
                settings.basis(basis);
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput("--basis: " + e.getMessage());
        }
        if (options.basisType != null) {
            settings.basisType(basisType(options.basisType));
        }
        try {
            if (options.grid != null) {
                settings.grid(options.grid.trim().toLowerCase(Locale.ROOT));
            }
            if (options.scfConvergence != null) {
                settings.scfConvergence(scfConvergence(options.scfConvergence));
            }
            if (options.scfIterations != null) {
                if (options.scfIterations < 1) {
                    throw Refusal.badInput("--scf-iterations must be at least 1 but was " + options.scfIterations);
                }
                settings.scfIterations(options.scfIterations);
            }
            if (options.memory != null) {
                settings.memoryPerProcessMb(options.memory / 1_000_000);
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
        settings.recover(options.recover);
        addOptimization(settings, options);
        return settings.build();
    }

    private static ScfConvergence scfConvergence(String word) throws Refusal {
        return switch (word.trim().toLowerCase(Locale.ROOT)) {
            case "tight" -> ScfConvergence.TIGHT;
            case "nwchem" -> ScfConvergence.NWCHEM;
            default ->
                throw Refusal.badInput("--scf-convergence must be tight or nwchem but was '" + Words.clean(word) + "'");
        };
    }

    private static void addOptimization(NwchemSettings.Builder settings, BenchmarkOptions options) throws Refusal {
        boolean ownMethod =
                options.optimizeFunctional != null || options.optimizeBasis != null || options.optimizeSolvent != null;
        if (options.optimizeOnly) {
            settings.task(Task.OPTIMIZATION);
        } else if (options.optimize) {
            settings.task(Task.OPTIMIZATION_AND_SHIELDING);
        } else if (ownMethod) {
            throw Refusal.badInput("--optimize-functional, --optimize-basis and --optimize-solvent need --optimize or"
                    + " --optimize-only");
        }
        if (ownMethod) {
            settings.optimization(new Method(
                    parse(
                            "--optimize-functional",
                            options.optimizeFunctional,
                            OPTIMIZATION_FUNCTIONAL,
                            Functional::parse),
                    parse("--optimize-basis", options.optimizeBasis, OPTIMIZATION_BASIS, BasisSet::of),
                    parse("--optimize-solvent", options.optimizeSolvent, "vacuum", Solvent::parse)));
        }
    }

    private static <T> T parse(String option, String text, String otherwise, Function<String, T> parser)
            throws Refusal {
        try {
            return parser.apply(text == null ? otherwise : text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(option + ": " + e.getMessage());
        }
    }

    private static BasisSet.Type basisType(String text) throws Refusal {
        for (BasisSet.Type type : BasisSet.Type.values()) {
            if (type.name().equalsIgnoreCase(text.trim())) {
                return type;
            }
        }
        throw Refusal.badInput("--basis-type must be spherical or cartesian but was '" + text + "'");
    }

    private static int parallel(BenchmarkOptions options, int tasks) throws Refusal {
        int cores = Runtime.getRuntime().availableProcessors();
        if (options.parallel.trim().toLowerCase(Locale.ROOT).equals("auto")) {
            refuseOversubscription(options, 1, cores);
            long byMemory = memoryBytes() / (WANTED_MEMORY_BYTES * options.processes);
            return (int) Math.max(1, Math.min(Math.min(cores / options.processes, byMemory), tasks));
        }
        int parallel;
        try {
            parallel = Integer.parseInt(options.parallel.trim());
        } catch (NumberFormatException e) {
            throw Refusal.badInput("--parallel must be a number or auto but was '" + options.parallel + "'");
        }
        if (parallel < 1) {
            throw Refusal.badInput("--parallel must be at least 1 but was " + parallel);
        }
        refuseOversubscription(options, parallel, cores);
        return parallel;
    }

    private static void refuseOversubscription(BenchmarkOptions options, int parallel, int cores) throws Refusal {
        if ((long) parallel * options.processes > cores && !options.oversubscribe) {
            throw Refusal.badInput(
                    "--parallel " + parallel + " times --processes " + options.processes + " is more than the "
                            + Words.count(cores, "core") + " of this machine; --oversubscribe allows it");
        }
    }

    private static long memoryBytes() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }

    private NwchemProgram program(BenchmarkOptions options) throws Refusal, InterruptedException {
        requireProgram("nwchem");
        if (options.processes > 1) {
            requireProgram("mpirun");
        }
        try {
            return NwchemProgram.detect();
        } catch (BackendUnusableException e) {
            throw new Refusal(ExitCode.UNAVAILABLE, e.getMessage(), e);
        }
    }

    private void requireProgram(String name) throws Refusal {
        for (String directory : environment.getOrDefault("PATH", "").split(":")) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
                return;
            }
        }
        throw new Refusal(
                ExitCode.UNAVAILABLE,
                "the program " + name + " is not on the PATH. On Debian and Ubuntu install it with:"
                        + " sudo apt-get install nwchem libopenblas0-serial");
    }

    private static ShiftScale publishedFactors() {
        ScalingFactors factors = ScalingFactors.published();
        return (method, element, shielding) -> Nucleus.of(element)
                .flatMap(nucleus -> factors.find(new ScalingFactor.Key(
                        keyPart(method.functional().name()),
                        keyPart(method.basis().name()),
                        nucleus,
                        keyPart(method.solvent().name()))))
                .map(factor -> OptionalDouble.of(factor.shift(shielding)))
                .orElse(OptionalDouble.empty());
    }

    /** A key's parts are separated by slashes, so a name that has one (a ratio in an expression) is in no table. */
    private static String keyPart(String name) {
        return name.replace('/', ' ');
    }
}
