package io.github.qmbench.cli;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.OverviewFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench summary}: the results so far, also while the run is running. */
@Command(
        name = "summary",
        sortOptions = false,
        description = "Show the results of a run so far: counts by method, shieldings, failures, times.")
final class SummaryCommand extends SessionCommand {

    @Mixin
    private ResultsOption results;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write to this file instead of standard output; its ending, csv, json, md or txt, chooses the format")
    private @Nullable String output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: by the file's name, or table")
    private @Nullable OverviewFormat format;

    @Option(names = "--json", description = "The same as --format json")
    private boolean json;

    SummaryCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException {
        RecordedRun run = results.begunRun();
        OverviewFormat format = format();
        Instant now = now();
        write(output, out -> format.write(run, now, out));
        return ExitCode.OK;
    }

    private OverviewFormat format() throws Refusal {
        if (json) {
            return OverviewFormat.JSON;
        }
        if (format != null) {
            return format;
        }
        if (output == null) {
            return OverviewFormat.TABLE;
        }
        String name = String.valueOf(ResultsOption.path("--output", output).getFileName())
                .toLowerCase(Locale.ROOT);
        String ending = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "txt";
        return OverviewFormat.ofFileEnding(ending)
                .orElseThrow(() -> Refusal.badInput("--output: '." + Phrases.clean(ending)
                        + "' is not a valid format; use .csv, .json," + " .md or .txt, or choose one with --format"));
    }
}
