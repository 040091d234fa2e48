package io.github.qmbench.cli;

import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.nmr.internal.ReplacedFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code qmbench summary}: the results so far, also while the run goes on. */
@Command(
        name = "summary",
        sortOptions = false,
        description = "Show what the run has given so far: counts by method, shieldings, failures, times.")
final class SummaryCommand implements Callable<Integer> {

    private static final Map<String, SummaryFormat> BY_ENDING = Map.of(
            "csv", SummaryFormat.CSV,
            "json", SummaryFormat.JSON,
            "md", SummaryFormat.MARKDOWN,
            "markdown", SummaryFormat.MARKDOWN);

    @ParentCommand
    private Qmbench root;

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

    @Override
    public Integer call() throws Refusal, IOException {
        Session session = root.session();
        RunDirectory directory = results.directory();
        if (Files.notExists(directory.journal())) {
            throw Refusal.badInput(StatusCommand.noRun(directory) + " has results yet");
        }
        SummaryFormat format = format();
        RunSummary summary = RunSummary.read(directory);
        Instant now = session.clock().instant();
        if (output == null) {
            Writer out = session.console().writer();
            format.write(summary, now, out);
            out.flush();
        } else {
            write(Path.of(output), file -> format.write(summary, now, file));
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
            String ending = name.substring(name.lastIndexOf('.') + 1);
            if (name.contains(".") && !ending.equals("txt") && !BY_ENDING.containsKey(ending)) {
                throw Refusal.badInput(
                        "--output: '." + Words.clean(ending) + "' is not a format of summary; use .csv, .json,"
                                + " .md or .txt, or say which with --format");
            }
            return BY_ENDING.getOrDefault(ending, SummaryFormat.TABLE);
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--output: '" + output + "' is no path");
        }
    }

    private static void write(Path file, ReplacedFile.Text text) throws Refusal {
        try {
            ReplacedFile.write(file, text);
        } catch (IOException e) {
            throw new Refusal(
                    ExitCode.CANNOT_CREATE,
                    "cannot write " + file + ": " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }
}
