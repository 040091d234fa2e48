package io.github.qmbench.nwchem;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.internal.DirectoryTree;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.internal.ShellWord;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks whether NWChem will do what a run is going to ask of it.
 *
 * <p>{@link #quick} takes about a second and is meant for the start of a run; {@link #thorough} calculates the shieldings
 * of a hydrogen molecule, once as the run will start NWChem and once by each method.
 *
 * <p>Immutable, safe for use by many threads, but the checks of one directory must not overlap.
 */
final class NwchemDoctor {

    /** Starts a program where the run will, and waits for its end; as {@link CalculationContext#launch}. */
    @FunctionalInterface
    interface Starter {
        /** Starts the program and waits for its end. */
        ProcessResult start(ProcessRequest request) throws IOException, InterruptedException;
    }

    private static final String INSTALL = "install it with: sudo apt-get install nwchem libopenblas0-serial";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Molecule HYDROGEN = new Molecule(
            "hydrogen", "hydrogen", List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.7414)), 0, 1);

    private final Starter starter;
    private final Path directory;
    private final NwchemSettings settings;
    private final int sideBySide;

    /**
     * Makes a doctor.
     *
     * @param starter starts programs where the run will
     * @param directory for files of the checks; made if missing, and left empty
     * @param settings how the run will start NWChem
     * @param sideBySide how many calculations the run will do at once
     */
    NwchemDoctor(Starter starter, Path directory, NwchemSettings settings, int sideBySide) {
        this.starter = Objects.requireNonNull(starter, "starter");
        this.directory = Objects.requireNonNull(directory, "directory").toAbsolutePath();
        this.settings = Objects.requireNonNull(settings, "settings");
        if (sideBySide < 1) {
            throw new IllegalArgumentException("sideBySide must be at least 1 but was " + sideBySide);
        }
        this.sideBySide = sideBySide;
    }

    /** Looks at the version, the BLAS, cores and memory, and other NWChem processes, all on this machine. */
    List<Finding> quick() throws InterruptedException {
        List<Finding> checks = new ArrayList<>();
        checks.add(version());
        checks.add(Blas.check("nwchem"));
        checks.add(cores());
        checks.add(memory());
        checks.add(others());
        return checks;
    }

    /**
     * Does all of {@link #quick}, and {@link #calculations} unless something is unusable.
     *
     * @param methods the functionals, basis sets and solvents of the run
     * @throws IOException when files cannot be written
     */
    List<Finding> thorough(Collection<Method> methods) throws IOException, InterruptedException {
        List<Finding> checks = new ArrayList<>(quick());
        if (checks.stream().noneMatch(check -> check.verdict() == Finding.Verdict.UNUSABLE)) {
            checks.addAll(calculations(methods));
        }
        return checks;
    }

    /**
     * Runs NWChem with the number of ranks of the settings, and by each method.
     *
     * @param methods the functionals, basis sets and solvents of the run
     * @throws IOException when files cannot be written
     */
    public List<Finding> calculations(Collection<Method> methods) throws IOException, InterruptedException {
        List<Finding> checks = new ArrayList<>();
        NwchemProgram program;
        try {
            program = NwchemProgram.detect();
        } catch (BackendUnusableException e) {
            return List.of(Finding.about("nwchem")
                    .unusable(String.valueOf(e.getMessage()))
                    .withRemedy(INSTALL));
        }
        if (settings.ranks() > 1) {
            checks.add(mpirun(program));
        }
        checks.add(run(
                "hydrogen molecule",
                program,
                settings.toBuilder().basis("STO-3G").build(),
                new Method(Functional.parse("HF"), BasisSet.of("STO-3G"), Solvent.VACUUM)));
        for (Method method : methods) {
            checks.add(run(
                    method.toString(), program, settings.toBuilder().ranks(1).build(), method));
        }
        return checks;
    }

    private static Finding version() throws InterruptedException {
        try {
            return Finding.about("nwchem").good(NwchemProgram.detect().version());
        } catch (BackendUnusableException e) {
            return Finding.about("nwchem")
                    .unusable(String.valueOf(e.getMessage()))
                    .withRemedy(INSTALL);
        }
    }

    private Finding cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        int wanted = settings.ranks() * sideBySide;
        String finding =
                wanted + " of " + cores + " cores needed (" + settings.ranks() + " for each of " + sideBySide + ")";
        return wanted <= cores
                ? Finding.about("cores").good(finding)
                : Finding.about("cores")
                        .doubtful(finding)
                        .withRemedy("run fewer in parallel: ranks that share a core wait for each other");
    }

    private Finding memory() {
        long total = MachineMemory.totalMb();
        int processes = settings.ranks() * sideBySide;
        long each = settings.memoryPerProcessMb().orElse(MachineMemory.perProcessMb(total, processes));
        String finding = each + " MB for each of " + processes + (processes == 1 ? " process, " : " processes, ")
                + total + " MB in all";
        return each * processes <= total
                ? Finding.about("memory").good(finding)
                : Finding.about("memory").unusable(finding).withRemedy("ask for less memory, or run fewer in parallel");
    }

    private static Finding others() {
        ProcessHandle self = ProcessHandle.current();
        List<String> others = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .map(command ->
                                Path.of(command).getFileName().toString().startsWith("nwchem"))
                        .orElse(false))
                .filter(process -> !descendsFrom(process, self))
                .map(process -> Long.toString(process.pid()))
                .toList();
        return others.isEmpty()
                ? Finding.about("other NWChem runs").good("none")
                : Finding.about("other NWChem runs")
                        .doubtful(others.size() + " on this machine: pid " + String.join(", ", others))
                        .withRemedy("wait for them, or run fewer in parallel");
    }

    private static boolean descendsFrom(ProcessHandle process, ProcessHandle ancestor) {
        Optional<ProcessHandle> current = Optional.of(process);
        while (current.isPresent()) {
            if (current.get().equals(ancestor)) {
                return true;
            }
            current = current.get().parent();
        }
        return false;
    }

    Finding mpirun(NwchemProgram program) throws IOException, InterruptedException {
        Path own = Files.createDirectories(directory.resolve("mpirun"));
        try {
            ProcessResult result = starter.start(ProcessRequest.builder(own, List.of(program.mpirun(), "--version"))
                    .timeout(PATIENCE)
                    .build());
            String first =
                    Files.readString(own.resolve("stdout")).lines().findFirst().orElse("said nothing");
            return result.succeeded()
                    ? Finding.about("mpirun").good(first)
                    : Finding.about("mpirun")
                            .unusable("exit code " + result.exitCode())
                            .withRemedy(INSTALL);
        } catch (IOException e) {
            return Finding.about("mpirun")
                    .unusable(String.valueOf(e.getMessage()))
                    .withRemedy(INSTALL);
        } finally {
            DirectoryTree.delete(own);
        }
    }

    Finding run(String subject, NwchemProgram program, NwchemSettings how, Method method)
            throws IOException, InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("functional", method.functional().name());
        parameters.put("solvent", method.solvent().name());
        parameters.put("basis", method.basis().name());
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(Map.of(HYDROGEN.id(), HYDROGEN))
                .settings(how.toBuilder().basisType(method.basis().type()).build())
                .build();
        Path own = directory.resolve("check");
        long start = System.nanoTime();
        try {
            CalculationOutcome outcome =
                    backend.calculate(Calculation.of(HYDROGEN.id(), parameters), new CheckContext(own));
            Optional<CalculationFailure> failure = outcome.state().failure();
            if (failure.isPresent()) {
                return Finding.about(subject)
                        .unusable(failure.get().toString())
                        .withRemedy(remedy(failure.get().kind()));
            }
            double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
            return Finding.about(subject)
                    .good("shieldings of hydrogen in " + seconds + " s with " + how.ranks()
                            + (how.ranks() == 1 ? " process" : " processes"));
        } catch (BackendUnusableException e) {
            return Finding.about(subject)
                    .unusable(String.valueOf(e.getMessage()))
                    .withRemedy(INSTALL);
        } finally {
            DirectoryTree.delete(own);
        }
    }

    static String remedy(String kind) {
        return switch (FailureKind.ofId(kind).orElse(FailureKind.PROGRAM_ERROR)) {
            case DISK_FULL -> "free some space, or choose another directory with --results";
            case MPI_REFUSED -> "ask for fewer processes";
            case LAUNCH_FAILED -> INSTALL;
            case FUNCTIONAL_UNKNOWN -> "choose another functional; see: " + ShellWord.command("list", "functionals");
            case BASIS_MISSING -> "choose another basis set; see: " + ShellWord.command("list", "basis-sets");
            case INPUT -> "correct the name";
            case OUT_OF_MEMORY -> "give more memory";
            default -> "run it by hand: nwchem input.nw";
        };
    }

    /** A calculation that belongs to no run. */
    private final class CheckContext implements CalculationContext {
        private final Path own;

        CheckContext(Path own) {
            this.own = own;
        }

        @Override
        public Path directory() throws IOException {
            return Files.createDirectories(own);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public Cancellation cancellation() {
            return new Cancellation();
        }

        @Override
        public int sideBySide() {
            return sideBySide;
        }

        @Override
        public ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException {
            return starter.start(request.toBuilder().timeout(PATIENCE).build());
        }

        @Override
        public void remark(String text) {
            // nobody looks on
        }
    }
}
