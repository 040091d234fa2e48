package io.github.qmbench.cli;

import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.StaleResultsException;
import io.github.qmbench.core.SystemNotSupportedException;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import io.github.qmbench.core.store.StatusUnreadableException;
import io.github.qmbench.nmr.InvalidDataSetException;
import io.github.qmbench.nmr.internal.OutputFailedException;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What becomes of an exception that a command throws: a sentence, the JSON of it for programs, and an exit code. */
final class ErrorReport {

    /** What systems say when a file cannot be written; they never say it of reading. */
    private static final List<String> WRITING =
            List.of("No space left on device", "Read-only file system", "Disk quota exceeded", "File too large");

    private final CommandLineSession session;
    private final List<String> arguments;
    private final BooleanSupplier debug;

    /** Reports errors of a command line with these arguments; with their stack traces if it is to be debugged. */
    ErrorReport(CommandLineSession session, List<String> arguments, BooleanSupplier debug) {
        this.session = Objects.requireNonNull(session, "session");
        this.arguments = List.copyOf(arguments);
        this.debug = Objects.requireNonNull(debug, "debug");
    }

    /** Says what is wrong with the arguments, and where help is; returns the exit code. */
    int badUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        tell(List.of(Phrases.clean(UsageMessage.of(e))), ExitCode.USAGE);
        session.console()
                .err()
                .println("See: " + session.command()
                        + command.getCommandSpec().qualifiedName().substring("qmbench".length()) + " --help");
        trace(e);
        return ExitCode.USAGE;
    }

    /** Says an error in a sentence for a person, and as a value for a program that asked for one. */
    private void tell(List<String> lines, int exitCode) {
        String message = String.join("\n", lines);
        for (int i = 0; i < lines.size(); i++) {
            String line = i == lines.size() - 1 ? sentence(lines.get(i)) : lines.get(i);
            session.console().err().println(i == 0 ? "qmbench: " + line : line);
        }
        Optional<String> format = RawArguments.valueOf("--format", arguments);
        if (arguments.contains("--json")
                || format.filter("json"::equalsIgnoreCase).isPresent()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("error", message);
            json.put("exit_code", exitCode);
            try {
                session.console().out().print(Json.writePretty(json));
            } catch (LineStream.Lost e) {
                trace(e); // the exit code tells of an error already
            }
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    /** Says why a command ended with an exception; returns the exit code. */
    int failed(Throwable e) {
        if (e instanceof LineStream.Lost lost && lost.isClosedPipe()
                || e instanceof OutputFailedException output && output.isClosedPipe()) {
            return ExitCode.CLOSED_PIPE;
        }
        int exitCode;
        String message = Phrases.message(e);
        if (e instanceof Refusal refusal) {
            exitCode = refusal.exitCode();
        } else if (e instanceof LineStream.Lost) {
            exitCode = ExitCode.CANNOT_CREATE;
        } else if (e instanceof OutputFailedException output) {
            exitCode = output.isDirectory() ? ExitCode.USAGE : ExitCode.CANNOT_CREATE;
        } else if (e instanceof RunDirectoryHeldException) {
            exitCode = ExitCode.HELD;
            message += ". Nothing was changed. See: " + results().hint(session, "status");
        } else if (e instanceof StaleResultsException) {
            exitCode = ExitCode.USAGE;
            message +=
                    ". To calculate them again, add --rerun-stale; to keep them, use another directory: --results OTHER";
        } else if (e instanceof JournalDamagedException damaged) {
            exitCode = ExitCode.IO_ERROR;
            message += ". Nothing was changed. To keep the intact records, run: " + repair(damaged);
        } else if (e instanceof BackendUnusableException || e instanceof SystemNotSupportedException) {
            exitCode = ExitCode.UNAVAILABLE;
        } else if (e instanceof StatusUnreadableException) {
            exitCode = ExitCode.IO_ERROR;
        } else if (e instanceof UncheckedIOException unchecked) {
            return failed(Objects.requireNonNull(unchecked.getCause(), "cause"));
        } else if (e instanceof IOException io) {
            exitCode = isOfWriting(io) ? ExitCode.CANNOT_CREATE : ExitCode.IO_ERROR;
            message = IoReason.of(io);
        } else if (e instanceof InterruptedException) {
            exitCode = ExitCode.SIGNAL_BASE + 2;
            message = "interrupted";
        } else if (e instanceof OutOfMemoryError) {
            exitCode = ExitCode.SOFTWARE;
            message = "there is not enough memory (" + message + "); Java may use "
                    + Runtime.getRuntime().maxMemory() / 1_000_000
                    + " MB here, and more with: QMBENCH_JAVA_OPTS=-Xmx4g";
        } else {
            exitCode = ExitCode.SOFTWARE;
            message = "a fault of qmbench itself: " + e + " (--debug shows where)";
        }
        tell(isOfDataSet(e) ? message.lines().toList() : List.of(message), exitCode);
        trace(e);
        return exitCode;
    }

    /** Whether it reports the problems of a data set, which have a line each. */
    private static boolean isOfDataSet(Throwable e) {
        return e instanceof InvalidDataSetException || e.getCause() != null && isOfDataSet(e.getCause());
    }

    /** Whether the run directory could not be written, as far as an error distinguishes that from one of reading. */
    private static boolean isOfWriting(IOException e) {
        return WRITING.stream().anyMatch(String.valueOf(e.getMessage())::contains);
    }

    /** The command that repairs a journal, be it that of the run or that of another directory. */
    private String repair(JournalDamagedException damaged) {
        ResultsOption results = results();
        Path directory = Objects.requireNonNull(damaged.file().toAbsolutePath().getParent(), "parent");
        if (!directory.equals(Path.of(results.directory).toAbsolutePath().normalize())) {
            results = ResultsOption.of(directory.toString());
        }
        return results.hint(session, "repair");
    }

    /** The run directory that the arguments name. */
    private ResultsOption results() {
        return ResultsOption.of(RawArguments.valueOf("--results", arguments).orElse(ResultsOption.DEFAULT));
    }

    private void trace(Throwable e) {
        if (debug.getAsBoolean()) {
            e.printStackTrace(session.console().err());
        }
    }
}
