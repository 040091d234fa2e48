package io.github.qmbench.cli;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.ScalingFactorsFile;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.report.AnalysisDocument;
import io.github.qmbench.nmr.report.AnalysisFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench analyze}: scaling factors and the accuracy of each method. */
@Command(
        name = "analyze",
        sortOptions = false,
        description = {
            "Fit the calculated shieldings of a run to measured shifts: scaling factors, and the accuracy of each method.",
            "Says which method is better, if the difference is distinguishable.",
            "Writes scaling_factors.json, comparison.json and residuals.csv for programs, and",
            "SCALING-FACTORS.md for people."
        })
final class AnalyzeCommand extends SessionCommand {

    @Mixin
    private AnalysisOptions options;

    @Mixin
    private RunDirectoriesOption results;

    @Option(names = "--compare", description = "Compare with published values where method and basis match")
    private boolean compare;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write the files; default: the run directory; required with several")
    private @Nullable String output;

    @Option(names = "--json", description = "Print scaling_factors.json instead of the table")
    private boolean json;

    AnalyzeCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException {
        Path to = results.output(output, "");
        AnalyzedRun run = options.analyze(results.runs());
        if (run.analysis().methods().isEmpty()) {
            throw Refusal.badInput("there are no shieldings in "
                    + results.directories().stream().map(RunDirectory::toString).collect(Collectors.joining(", "))
                    + "; see what there is with: " + results.hint(session, "summary"));
        }
        List<Comparison> comparisons = compare ? run.comparisons() : List.of();
        Writer out = session.console().writer();
        if (json) {
            ScalingFactorsFile.write(run.analysis(), out);
        } else {
            AnalysisDocument.writeText(run.analysis(), comparisons, out);
        }
        out.flush();
        List<Path> files = AnalysisFiles.write(to, run.analysis(), comparisons);
        if (!json) {
            hints(run.analysis(), compare && comparisons.isEmpty());
        }
        files.forEach(this::written);
        return run.analysis().fits().isEmpty() ? ExitCode.FAILURES : ExitCode.OK;
    }

    private void hints(ShieldingAnalysis analysis, boolean nothingPublished) {
        if (nothingPublished) {
            err().println("no published values are known for the methods of this run");
        }
        if (!analysis.settings().removeOutliers()
                && analysis.fits().stream().anyMatch(fit -> !fit.outliers().isEmpty())) {
            err().println("outliers are part of the fits; --remove-outliers leaves them out");
        }
        if (!analysis.settings().excludeRecovered()
                && analysis.methods().stream()
                        .anyMatch(method -> !method.coverage().recovered().isEmpty())) {
            err().println("recovered results are part of the fits; --exclude-recovered leaves them out");
        }
    }
}
