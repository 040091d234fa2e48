package io.github.qmbench.cli;

import io.github.qmbench.nmr.export.CalculationsCsv;
import io.github.qmbench.nmr.export.ExportFormat;
import io.github.qmbench.nmr.export.ExportedRun;
import io.github.qmbench.nmr.export.NucleiCsv;
import io.github.qmbench.nmr.export.ProcessRunCrate;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench export}: results for other programs. */
@Command(
        name = "export",
        sortOptions = false,
        description = "Write the results of runs as one table, or as an RO-Crate to publish.")
final class ExportCommand implements Callable<Integer> {

    private final CommandLineSession session;

    @Mixin
    private RunDirectoriesOption results;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ChoiceConverters.OfExport.class,
            description = "${COMPLETION-CANDIDATES}; default: csv")
    private ExportFormat format = ExportFormat.CSV;

    @Option(names = "--per-atom", description = "With csv: one row for each nucleus instead of each calculation")
    private boolean perAtom;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = "The file to write instead of standard output, or the directory of the crate")
    private @Nullable String output;

    @Option(
            names = "--dataset",
            paramLabel = "NAME|DIR",
            description = "The data set with the measured shifts; default: that of the run")
    private @Nullable String dataset;

    @Option(
            names = "--license",
            paramLabel = "ID|URL",
            description = "With ro-crate: the licence of the crate, such as CC-BY-4.0; default: none")
    private @Nullable String license;

    ExportCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException {
        List<ExportedRun> runs = results.begunRuns();
        try {
            if (format == ExportFormat.RO_CRATE) {
                writeCrate(runs);
            } else {
                writeTable(runs);
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
        if (output != null) {
            session.console().err().println("written: " + output);
        }
        return ExitCode.OK;
    }

    private void writeTable(List<ExportedRun> runs) throws Refusal, IOException {
        if (license != null) {
            throw Refusal.badInput("--license needs --format ro-crate");
        }
        OutputFile.Text table = perAtom
                ? out -> NucleiCsv.write(runs, Optional.ofNullable(dataset), out)
                : out -> CalculationsCsv.write(runs, out);
        if (output == null) {
            Writer out = session.console().writer();
            table.write(out);
            out.flush();
        } else {
            OutputFile.write(RunDirectoriesOption.outputPath(output), table);
        }
    }

    private void writeCrate(List<ExportedRun> runs) throws Refusal, IOException {
        if (perAtom) {
            throw Refusal.badInput("--per-atom needs --format csv; a crate has both tables");
        }
        if (output == null) {
            throw Refusal.badInput("--output is missing; give the new directory of the crate as: --output DIR");
        }
        ProcessRunCrate.write(
                RunDirectoriesOption.outputPath(output),
                runs.stream().map(ExportedRun::recorded).toList(),
                new ProcessRunCrate.Settings(
                        Optional.ofNullable(dataset),
                        Optional.ofNullable(license),
                        session.clock().instant(),
                        Version.number()));
        if (license == null) {
            session.console().err().println("note: the crate states no licence; to state one, add --license CC-BY-4.0");
        }
    }
}
