package io.github.qmbench.nwchem;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.internal.DirectoryTree;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.nwchem.output.NwchemOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The NWChem that runs, and the command that starts it. Immutable, safe for use by many threads.
 *
 * @param nwchem the program, by name or path
 * @param mpirun the command that starts it on several processes, by name or path
 * @param version what it calls itself: {@code NWChem 7.0.2}
 */
public record NwchemProgram(String nwchem, String mpirun, String version) {

    private static final long PATIENCE_SECONDS = 60;

    /**
     * Checks the components.
     *
     * @param nwchem the program, by name or path
     * @param mpirun the command that starts it on several processes, by name or path
     * @param version what it calls itself
     */
    public NwchemProgram {
        Objects.requireNonNull(nwchem, "nwchem");
        Objects.requireNonNull(mpirun, "mpirun");
        Objects.requireNonNull(version, "version");
    }

    /**
     * Detects the {@code nwchem} on the path and its version, by running it on an empty input.
     *
     * @return the program with its version
     * @throws BackendUnusableException when it cannot be run, or does not say its version
     * @throws InterruptedException when the thread was interrupted meanwhile; NWChem is ended then
     */
    public static NwchemProgram detect() throws BackendUnusableException, InterruptedException {
        return detect("nwchem", "mpirun");
    }

    /**
     * Detects NWChem as {@link #detect()} does, for programs of these names or paths.
     *
     * @param nwchem a name or a path
     * @param mpirun a name or a path
     * @return the program with its version
     * @throws BackendUnusableException as for {@link #detect()}
     * @throws InterruptedException as for {@link #detect()}
     */
    public static NwchemProgram detect(String nwchem, String mpirun)
            throws BackendUnusableException, InterruptedException {
        try {
            Path directory = Files.createTempDirectory("qmbench-nwchem");
            try {
                return new NwchemProgram(nwchem, mpirun, version(nwchem, directory));
            } finally {
                DirectoryTree.delete(directory);
            }
        } catch (IOException e) {
            throw new BackendUnusableException("NWChem cannot be run: " + IoReason.of(e), e);
        }
    }

    private static String version(String nwchem, Path directory)
            throws IOException, InterruptedException, BackendUnusableException {
        Files.writeString(directory.resolve("empty.nw"), "");
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(nwchem, "empty.nw")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment(1));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BackendUnusableException(
                        nwchem + " did not end an empty input within " + PATIENCE_SECONDS + " seconds");
            }
        } finally {
            process.destroyForcibly();
        }
        return NwchemOutput.read(output)
                .header
                .version()
                .orElseThrow(() -> new BackendUnusableException(nwchem + " ended with exit code " + process.exitValue()
                        + " and did not say which version it is"));
    }

    /** What NWChem and Open MPI are to find in their environment: one thread each, and root is allowed. */
    static Map<String, String> environment(int ranks) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("OPENBLAS_NUM_THREADS", "1");
        environment.put("OMPI_ALLOW_RUN_AS_ROOT", "1");
        environment.put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
        if (ranks == 1) {
            // A process that shares its data with no other needs no locks around it, and no daemon of Open MPI's.
            environment.put("ARMCI_EXPLICIT_NB_PROGRESS", "0");
            environment.put("ARMCI_RMA_ATOMICITY", "0");
            environment.put("OMPI_MCA_ess_singleton_isolated", "1");
            // Open MPI gives all such processes of a machine one directory below /tmp, which each removes when it ends:
            // of
            // 480 that eight loops started, two found theirs removed by another. In the directory of the attempt, none
            // did.
            environment.put("OMPI_MCA_orte_tmpdir_base", ".");
        }
        return environment;
    }

    /** The command that runs an input on some processes. */
    List<String> command(int ranks, String input) {
        if (ranks == 1) {
            return List.of(nwchem, input);
        }
        List<String> command = new ArrayList<>(List.of(mpirun, "-n", Integer.toString(ranks), "--bind-to", "none"));
        if (ranks > Runtime.getRuntime().availableProcessors()) {
            command.add("--oversubscribe");
        }
        command.add(nwchem);
        command.add(input);
        return command;
    }
}
