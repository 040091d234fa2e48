package io.github.qmbench.nmr;

import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.nmr.internal.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The options by which a backend offers a choice of molecules. They are for every {@link CalculationBackendProvider}
 * that calculates molecules of a {@link DataSet}, so that the same names mean the same everywhere. Holds no state; safe
 * for use by many threads.
 */
public final class MoleculeOptions {

    /** The option for ids or names of molecules; without it, all of the data set. */
    public static final BackendOption<List<String>> MOLECULES = BackendOption.named("molecules")
            .value("NAME")
            .help("Molecules, by id or name; default: all of the data set; see: list molecules")
            .texts();

    /** The option for the data set: DELTA50, a directory, or an XYZ file. */
    public static final BackendOption<String> DATASET = BackendOption.named("dataset")
            .value("NAME|DIR")
            .help(
                    "DELTA50, or a directory of *.xyz, *.mol or *.sdf files with an optional shifts.csv; default: DELTA50")
            .text();

    private static final String DELTA50 = "DELTA50";

    private MoleculeOptions() {}

    /** {@return both options, to be added to {@link CalculationBackendProvider#options}} */
    public static List<BackendOption<?>> all() {
        return List.of(MOLECULES, DATASET);
    }

    /**
     * {@return the molecules chosen, all of the data set if none are named}
     *
     * @param options with the values of both
     * @throws IllegalArgumentException when there is no such data set or molecule, or a file is not valid; names the option
     * @throws IOException when a file cannot be read
     */
    public static DataSet select(BackendOptions options) throws IOException {
        DataSet whole = dataSet(options);
        List<String> ids = options.list(MOLECULES, name -> {
            try {
                return whole.select(List.of(name)).ids().get(0);
            } catch (UnknownMoleculeException e) {
                throw new IllegalArgumentException(e.messageWith(listing(options)), e);
            }
        });
        return ids.isEmpty() ? whole : whole.select(ids);
    }

    private static String listing(BackendOptions options) {
        return options.find(DATASET)
                .map(name -> ShellWord.command("list", "molecules", "--dataset", name))
                .orElseGet(() -> ShellWord.command("list", "molecules"));
    }

    /**
     * {@return the whole data set}
     *
     * @param options with the values of both
     * @throws IllegalArgumentException when there is none of that name or a file is not valid; names the option
     * @throws IOException when a file cannot be read
     */
    public static DataSet dataSet(BackendOptions options) throws IOException {
        return dataSet(options.find(DATASET).orElse(DELTA50));
    }

    /**
     * {@return the data set of a name, in a directory, or of a single file}
     *
     * @param nameOrPath {@code delta50} in any case, a directory or a file
     * @throws IllegalArgumentException when there is none or a file is not valid; the message begins with
     *     {@code --dataset}
     * @throws IOException when a file cannot be read
     */
    public static DataSet dataSet(String nameOrPath) throws IOException {
        if (Objects.requireNonNull(nameOrPath, "nameOrPath").equalsIgnoreCase(DELTA50)) {
            return DataSet.delta50();
        }
        try {
            Path path = Path.of(nameOrPath);
            if (Files.isRegularFile(path) && DataSetDirectory.takes(path)) {
                return DataSet.ofFile(path);
            }
            if (!Files.isDirectory(path)) {
                throw new IllegalArgumentException("--dataset: '" + nameOrPath + "' is not a data set"
                        + (Files.exists(path) ? "" : ", and no such file or directory exists")
                        + "; use DELTA50, a directory of *.xyz, *.mol or *.sdf files, or one such file");
            }
            return DataSet.ofDirectory(path);
        } catch (InvalidDataSetException e) {
            throw new IllegalArgumentException("--dataset: " + e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--dataset: '" + nameOrPath + "' is not a valid path", e);
        } catch (IOException e) {
            throw new IOException(
                    "--dataset: cannot read '" + nameOrPath + "': " + IoReason.of(e, Path.of(nameOrPath)), e);
        }
    }

    /**
     * {@return the entries of {@code benchmark.json} about the data set, which {@code qmbench analyze} reads}
     *
     * @param options with the values of both
     * @param selected the molecules of the run
     */
    public static Map<String, Object> description(BackendOptions options, DataSet selected) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("data_set", selected.name());
        options.find(DATASET)
                .filter(name -> !name.equalsIgnoreCase(DELTA50))
                .ifPresent(name -> description.put(
                        "data_set_directory",
                        Path.of(name).toAbsolutePath().normalize().toString()));
        description.put("citation", selected.citation());
        selected.geometryLevel().ifPresent(level -> description.put("geometry_level", level));
        selected.solvent().ifPresent(solvent -> description.put("measured_in", solvent));
        return description;
    }
}
