package io.github.qmbench.nwchem;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.internal.ProgramPath;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.GeometryCheck;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.MoleculeOptions;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import io.github.qmbench.nwchem.theory.UnknownNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The provider of NMR shieldings with NWChem, by the name {@code nwchem}. The command line runs it by default. Its axes
 * are {@code functional} and {@code solvent}, and {@code basis} where a run has several basis sets.
 *
 * <p>To run NWChem from Java, {@link NwchemBackend} is the shorter way.
 */
public final class NwchemProvider implements CalculationBackendProvider {

    /** Beside the calculations in the run directory; no molecule can have a name that begins with a dot. */
    private static final String GEOMETRIES = ".geometries";

    /** What one NWChem process of a small molecule should have, for the choice of how many run in parallel. */
    private static final long WANTED_MEMORY_BYTES = 1_500_000_000L;

    /** What is kept of one calculation: input, output of 70 to 300 kB, a line of the journal; rounded up. */
    private static final long KEPT_BYTES = 500_000;

    /** Finds out which NWChem there is; as {@link NwchemProgram#detect()}. */
    interface Detector {
        NwchemProgram detect() throws BackendUnusableException, InterruptedException;
    }

    private final Map<String, String> environment;
    private final Detector detector;

    /** Creates a provider for NWChem on the PATH of this process. */
    public NwchemProvider() {
        this(System.getenv(), NwchemProgram::detect);
    }

    /** Makes a provider that looks at another PATH to see what is there. */
    NwchemProvider(Map<String, String> environment, Detector detector) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.detector = Objects.requireNonNull(detector, "detector");
    }

    @Override
    public String name() {
        return "nwchem";
    }

    @Override
    public String summary() {
        return "NMR shieldings, and geometries, by density functional theory with NWChem";
    }

    @Override
    public List<BackendOption<?>> options() {
        return NwchemOptions.all();
    }

    @Override
    public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory)
            throws BackendUnusableException, IOException, InterruptedException {
        DataSet dataSet = NwchemOptions.molecules(options);
        MethodChoice methods = NwchemOptions.methods(options, RecordedBasisSets.in(directory));
        CalculationMatrix matrix = methods.matrix(dataSet.ids(), NwchemOptions.solvents(options));
        NwchemSettings settings = NwchemOptions.settings(options);
        NwchemProgram program = program(settings);
        Map<String, Molecule> molecules = new LinkedHashMap<>();
        dataSet.molecules().forEach(molecule -> molecules.put(molecule.id(), molecule));
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(molecules)
                .settings(settings)
                .basisSets(methods.unnamed())
                .scale(publishedFactors())
                .geometries(directory.path().resolve(GEOMETRIES))
                .build();
        check(backend, matrix, options.find(NwchemOptions.METHODS).isPresent() ? "--methods" : "--basis");
        Map<String, Object> description = new LinkedHashMap<>(MoleculeOptions.description(options, dataSet));
        if (methods.hasNamed()) {
            description.put("basis_without_name", methods.unnamed());
        } else {
            settings.basis().ifPresent(basis -> description.put("basis", basis));
        }
        return PreparedBenchmark.builder(matrix, backend)
                .coresEach(settings.ranks())
                .memoryBytesEach(memoryBytes(settings) * settings.ranks())
                .diskBytesEach(KEPT_BYTES)
                .description(description)
                .remarks(sideBySide -> {
                    List<String> remarks = new ArrayList<>(remarks(program, settings, sideBySide));
                    doubtfulGeometries(dataSet).ifPresent(remarks::add);
                    openShells(dataSet, settings).ifPresent(remarks::add);
                    methods.remark().ifPresent(remarks::add);
                    return remarks;
                })
                .build();
    }

    @Override
    public List<Finding> examine(BackendOptions options, int sideBySide) throws IOException, InterruptedException {
        NwchemSettings settings = NwchemOptions.settings(options);
        Path own = Files.createTempDirectory("qmbench-doctor");
        try {
            return new NwchemDoctor(OutsideRun::start, own, settings, sideBySide).thorough(methods(options));
        } finally {
            Files.delete(own);
        }
    }

    @Override
    public List<Finding> examine(BackendOptions options, ProcessLauncher launcher, Path directory)
            throws IOException, InterruptedException {
        return new NwchemDoctor(
                        request -> OutsideRun.start(launcher, request), directory, NwchemOptions.settings(options), 1)
                .calculations(methods(options));
    }

    @Override
    public List<List<String>> byHand(JournalRecord record, Path directory) {
        return Stream.of("optimization/input.nw", "input.nw")
                .map(directory::resolve)
                .filter(Files::exists)
                .map(input -> {
                    List<String> words = new ArrayList<>(List.of("OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1"));
                    words.addAll(command(record));
                    words.add(input.toString());
                    return words;
                })
                .toList();
    }

    /** The command of an attempt without its input: as a failure shows it, or made of the number of processes. */
    private static List<String> command(JournalRecord record) {
        Object told = record.outcome()
                .state()
                .failure()
                .map(failure -> failure.evidence().get("command"))
                .orElse(null);
        if (told instanceof List<?> words && words.size() > 1) {
            return words.subList(0, words.size() - 1).stream()
                    .map(String::valueOf)
                    .toList();
        }
        return record.outcome().results().get("ranks") instanceof Number ranks && ranks.intValue() > 1
                ? List.of("mpirun", "-n", ranks.toString(), "--bind-to", "none", "nwchem")
                : List.of("nwchem");
    }

    private static long memoryBytes(NwchemSettings settings) {
        return settings.memoryPerProcessMb().isPresent()
                ? settings.memoryPerProcessMb().getAsLong() << 20
                : WANTED_MEMORY_BYTES;
    }

    static Set<Method> methods(BackendOptions options) throws IOException {
        Objects.requireNonNull(NwchemOptions.molecules(options), "molecules"); // refuses unknown ones
        NwchemSettings settings = NwchemOptions.settings(options);
        Set<Method> methods = new LinkedHashSet<>();
        for (MethodChoice.Pair pair :
                NwchemOptions.methods(options, RecordedBasisSets.none()).pairs()) {
            BasisSet basis = settings.basisType().map(pair.basis()::withType).orElse(pair.basis());
            for (String solvent : NwchemOptions.solvents(options)) {
                methods.add(new Method(Functional.parse(pair.functional()), basis, Solvent.parse(solvent)));
            }
        }
        return methods;
    }

    /** Checks each molecule with each functional and the basis set; the solvents have been checked by their names. */
    private static void check(NwchemBackend backend, CalculationMatrix matrix, String option) throws IOException {
        int solvents =
                Objects.requireNonNull(matrix.axes().get("solvent"), "solvent").size();
        try {
            for (int index = 0; index < matrix.size(); index += solvents) {
                backend.check(matrix.get(index));
            }
        } catch (UnknownNameException e) {
            if (e.what().equals("basis set")) {
                throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
            }
            throw e;
        } catch (IOException e) {
            throw new IOException("cannot read the library of basis sets of NWChem: " + IoReason.of(e), e);
        }
    }

    /** The version, and what the quick part of the doctor has to say against a run. */
    private static List<String> remarks(NwchemProgram program, NwchemSettings settings, int sideBySide)
            throws InterruptedException {
        List<String> remarks = new ArrayList<>();
        String processes = (settings.ranks() == 1 ? "1 process" : settings.ranks() + " processes") + " each";
        if (sideBySide == 0) {
            return List.of(program.version() + ", " + processes);
        }
        remarks.add(program.version() + ", "
                + (sideBySide == 1 ? "one calculation at a time" : sideBySide + " calculations in parallel") + ", "
                + processes);
        Path nowhere = Path.of(System.getProperty("java.io.tmpdir"));
        for (Finding check : new NwchemDoctor(OutsideRun::start, nowhere, settings, sideBySide).quick()) {
            if (check.verdict() != Finding.Verdict.GOOD) {
                remarks.add("warning: " + check.subject() + ": " + check.finding()
                        + (check.remedy().isEmpty() ? "" : " -> " + check.remedy()));
            }
        }
        return remarks;
    }

    /** What is to be said of geometries in bohr and the like before they are calculated. */
    static Optional<String> doubtfulGeometries(DataSet dataSet) {
        List<String> objections = dataSet.molecules().stream()
                .map(GeometryCheck::objection)
                .flatMap(Optional::stream)
                .toList();
        return objections.stream()
                .findFirst()
                .map(first -> "warning: doubtful geometries (" + objections.size() + " of "
                        + dataSet.molecules().size() + "): " + first);
    }

    /** What is to be said of radicals and the like before their shieldings are calculated. */
    static Optional<String> openShells(DataSet dataSet, NwchemSettings settings) {
        List<String> open = dataSet.molecules().stream()
                .filter(molecule -> molecule.multiplicity() != 1)
                .map(molecule -> molecule.id())
                .toList();
        if (open.isEmpty() || !settings.task().hasShieldings()) {
            return Optional.empty();
        }
        return Optional.of("warning: open shells: " + String.join(", ", open.subList(0, Math.min(5, open.size())))
                + (open.size() > 5 ? " and " + (open.size() - 5) + " more" : "")
                + ": their shieldings lack the contact term; the results are marked, and no fit uses them");
    }

    private NwchemProgram program(NwchemSettings settings) throws BackendUnusableException, InterruptedException {
        requireProgram("nwchem");
        if (settings.ranks() > 1) {
            requireProgram("mpirun");
        }
        return detector.detect();
    }

    private void requireProgram(String name) throws BackendUnusableException {
        if (ProgramPath.find(name, environment.getOrDefault("PATH", "")).isEmpty()) {
            throw new BackendUnusableException(
                    "the program " + name + " is not on the PATH; on Debian and Ubuntu, install it"
                            + " with: sudo apt-get install nwchem libopenblas0-serial");
        }
    }

    static ShiftScale publishedFactors() {
        return new FactorScale(ScalingFactors.published());
    }

    private record FactorScale(ScalingFactors factors) implements ShiftScale {

        @Override
        public OptionalDouble shift(Method method, Element element, double shielding) {
            return factor(method, element)
                    .map(factor -> OptionalDouble.of(factor.shift(shielding)))
                    .orElse(OptionalDouble.empty());
        }

        @Override
        public Optional<String> reference(Method method, Element element) {
            return factor(method, element).map(ScalingFactor::reference);
        }

        private Optional<ScalingFactor> factor(Method method, Element element) {
            return Nucleus.of(element)
                    .flatMap(nucleus -> factors.find(new ScalingFactor.Key(
                            keyPart(method.functional().name()),
                            keyPart(method.basis().name()),
                            nucleus,
                            keyPart(method.solvent().name()))));
        }
    }

    /** A key's parts are separated by slashes, so a name that has one (a ratio in an expression) is in no table. */
    private static String keyPart(String name) {
        return name.replace('/', ' ');
    }
}
