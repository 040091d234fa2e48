package io.github.qmbench.cli;

import io.github.qmbench.cli.text.Phrases;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench summary}: the results so far, also while the run goes on. */
@Command(
        name = "summary",
        sortOptions = false,
        description = "Show what the run has given so far: counts by method, shieldings, failures, times.")
final class SummaryCommand implements Callable<Integer> {

    private final CommandLineSession session;

    @Mixin
    private ResultsOption results;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write to this file instead of standard output; .csv, .json, .md" + " and .txt choose the format")
    private @Nullable String output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: by the file's name, or table")
    private @Nullable SummaryFormat format;

    @Option(names = "--json", description = "The same as --format json")
    private boolean json;

    SummaryCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException {
        RecordedRun run = results.begunRun();
        SummaryFormat format = format();
        RunSummary summary = RunSummary.read(run);
        Instant now = session.clock().instant();
        if (output == null) {
            Writer out = session.console().writer();
            format.write(summary, now, out);
            out.flush();
        } else {
            OutputFile.write(Path.of(output), file -> format.write(summary, now, file));
            session.console().err().println("written: " + output);
        }
        return ExitCode.OK;
    }

    private SummaryFormat format() throws Refusal {
        if (json) {
            return SummaryFormat.JSON;
        }
        if (format != null) {
            return format;
        }
        if (output == null) {
            return SummaryFormat.TABLE;
        }
        try {
            String name = String.valueOf(Path.of(output).getFileName()).toLowerCase(Locale.ROOT);
            String ending = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "txt";
            return switch (ending) {
                case "csv" -> SummaryFormat.CSV;
                case "json" -> SummaryFormat.JSON;
                case "md", "markdown" -> SummaryFormat.MARKDOWN;
                case "txt" -> SummaryFormat.TABLE;
                default ->
                    throw Refusal.badInput(
                            "--output: '." + Phrases.clean(ending) + "' is not a format of summary; use .csv, .json,"
                                    + " .md or .txt, or say which with --format");
            };
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--output: '" + output + "' is no path");
        }
    }
}
