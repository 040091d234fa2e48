package io.github.qmbench.nmr.export;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import io.github.qmbench.nmr.internal.OutputFailedException;
import io.github.qmbench.nmr.internal.OutputFile;
import io.github.qmbench.nmr.report.AnalysisFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A writer of runs as a <a href="https://w3id.org/ro/wfrun/process/0.5">Process Run Crate</a> (RO-Crate 1.1). It is a
 * directory with the journal, the files of calculations, tables of the results, and {@code ro-crate-metadata.json},
 * which says what made what. Holds no state; safe for use by many threads.
 *
 * <p>A crate of one run has the run at its top, and is itself a run directory that can be read. Of several, each has a
 * directory of its own, {@code run-1} and so on. Texts are free of what identifies the machine and its user:
 * directories in absolute paths, and host names in outputs. Nothing of the runs is changed.
 *
 * <p>Memory does not grow with the calculations, as {@link CalculationsCsv} says.
 */
public final class ProcessRunCrate {

    static final String METADATA = "ro-crate-metadata.json";
    static final String CALCULATIONS = "calculations.csv";
    static final String NUCLEI = "nuclei.csv";

    private ProcessRunCrate() {}

    /**
     * The details of a crate beside the runs. Immutable.
     *
     * @param dataSet the name, directory or file of the data set; empty for the one that each run was begun with
     * @param licence the terms of use of the crate: an identifier of SPDX such as {@code CC-BY-4.0}, or an address;
     *     empty when it is not decided
     * @param published the time that counts as that of publication
     * @param qmbenchVersion the version of the program that makes the crate
     */
    public record Settings(
            Optional<String> dataSet, Optional<String> licence, Instant published, String qmbenchVersion) {

        /**
         * Checks the components.
         *
         * @param dataSet the name, directory or file of the data set
         * @param licence the terms of use of the crate: an identifier of SPDX such as {@code CC-BY-4.0}, or an address
         * @param published the time that counts as that of publication
         * @param qmbenchVersion the version of the program that makes the crate
         */
        public Settings {
            Objects.requireNonNull(dataSet, "dataSet");
            Objects.requireNonNull(licence, "licence");
            Objects.requireNonNull(published, "published");
            Objects.requireNonNull(qmbenchVersion, "qmbenchVersion");
            licence.ifPresent(CrateLicence::of);
        }
    }

    /**
     * Writes a crate: whole, or not at all. It is written beside its place under a hidden name, and then renamed.
     *
     * @param target the directory to make; it may be there if it is empty
     * @param runs at least one, all ended
     * @param settings data set, licence, time and version
     * @throws IllegalArgumentException when the target is a file or not empty, when a run has not begun or is still
     *     running, or when its data set cannot be found; the message says so in a sentence. Nothing is written then
     * @throws io.github.qmbench.core.store.JournalDamagedException when a journal is not what was written
     * @throws IOException when a run cannot be read, or the crate cannot be written; nothing is left of it then
     */
    public static void write(Path target, List<RecordedRun> runs, Settings settings) throws IOException {
        requireFree(Objects.requireNonNull(target, "target"));
        if (Objects.requireNonNull(runs, "runs").isEmpty()) {
            throw new IllegalArgumentException("runs must not be empty");
        }
        List<CrateRun> all = new ArrayList<>();
        for (RecordedRun run : runs) {
            String prefix = runs.size() == 1 ? "" : "run-" + (all.size() + 1) + "/";
            all.add(new CrateRun(prefix, run, settings.dataSet(), settings.published()));
        }
        OutputFile.directory(target, crate -> write(target, crate, all, settings));
    }

    private static void requireFree(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(target + " is not a directory; name a new one for the crate");
        }
        if (!CrateFiles.entries(target).isEmpty()) {
            throw new IllegalArgumentException(target + " is not empty; name a new directory for the crate");
        }
    }

    private static void write(Path target, Path crate, List<CrateRun> runs, Settings settings) throws IOException {
        List<ExportedRun> copies = new ArrayList<>();
        List<ExportedRun> withShieldings = new ArrayList<>();
        CrateMetadata metadata = new CrateMetadata(crate, runs, settings);
        for (CrateRun run : runs) {
            OutputFile.createDirectories(target, run.copyIn(crate).path());
            MachineText machine = MachineText.of(run.source().directory().path());
            run.copyInto(crate, new CrateFiles(target, machine));
            String name = run.prefix().isEmpty()
                    ? "."
                    : run.prefix().substring(0, run.prefix().length() - 1);
            copies.add(new ExportedRun(name, RecordedRun.open(run.copyIn(crate))));
            if (run.analyzed().isPresent()) {
                withShieldings.add(new ExportedRun(name, run.source()));
                writeAnalysis(target, run.copyIn(crate).path(), run.analyzed().get());
            }
        }
        write(target, crate.resolve(CALCULATIONS), out -> CalculationsCsv.write(copies, out));
        if (!withShieldings.isEmpty()) {
            write(target, crate.resolve(NUCLEI), out -> NucleiCsv.write(withShieldings, settings.dataSet(), out));
        }
        write(target, crate.resolve(METADATA), metadata::write);
    }

    private static void writeAnalysis(Path target, Path directory, AnalyzedRun analyzed) throws IOException {
        try {
            AnalysisFiles.write(directory, analyzed.analysis(), analyzed.comparisons());
        } catch (OutputFailedException e) { // which names a file that is gone when the user reads of it
            throw e.getCause() instanceof IOException cause ? new OutputFailedException(target, cause) : e;
        }
    }

    private static void write(Path target, Path file, OutputFile.Text text) throws IOException {
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(OutputFile.create(target, file), StandardCharsets.UTF_8))) {
            text.write(out);
        }
    }
}
