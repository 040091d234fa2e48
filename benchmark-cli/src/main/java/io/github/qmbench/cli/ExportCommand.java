package io.github.qmbench.cli;

import io.github.qmbench.nmr.export.CalculationsCsv;
import io.github.qmbench.nmr.export.ExportFormat;
import io.github.qmbench.nmr.export.ExportedRun;
import io.github.qmbench.nmr.export.NucleiCsv;
import io.github.qmbench.nmr.export.ProcessRunCrate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench export}: results for other programs. */
@Command(
        name = "export",
        sortOptions = false,
        description = "Write the results of runs as one table, or as an RO-Crate to publish.")
final class ExportCommand extends SessionCommand {

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
        super(session);
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
        return ExitCode.OK;
    }

    private void writeTable(List<ExportedRun> runs) throws Refusal, IOException {
        if (license != null) {
            throw Refusal.badInput("--license needs --format ro-crate");
        }
        write(
                output,
                perAtom
                        ? out -> NucleiCsv.write(runs, Optional.ofNullable(dataset), out)
                        : out -> CalculationsCsv.write(runs, out));
    }

    private void writeCrate(List<ExportedRun> runs) throws Refusal, IOException {
        if (perAtom) {
            throw Refusal.badInput("--per-atom needs --format csv; a crate has both tables");
        }
        if (output == null) {
            throw Refusal.badInput("--output is missing; give the new directory of the crate as: --output DIR");
        }
        ProcessRunCrate.write(
                ResultsOption.path("--output", output),
                runs.stream().map(ExportedRun::recorded).toList(),
                new ProcessRunCrate.Settings(
                        Optional.ofNullable(dataset), Optional.ofNullable(license), now(), Version.number()));
        if (license == null) {
            err().println("note: the crate states no licence; to state one, add --license CC-BY-4.0");
        }
        written(output);
    }
}
