package io.github.qmbench.cli;

import io.github.qmbench.core.JournalDamagedException;
import io.github.qmbench.core.RunDirectoryHeldException;
import io.github.qmbench.core.StaleResultsException;
import io.github.qmbench.core.StatusUnreadableException;
import io.github.qmbench.core.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line: what all commands share, and what becomes of errors. */
@Command(
        name = "qmbench",
        versionProvider = Version.class,
        description = "Runs long benchmarks of expensive calculations to their end and loses none of them.",
        synopsisSubcommandLabel = "COMMAND")
final class Qmbench implements Callable<Integer> {

    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("plan", PlanCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("watch", WatchCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("summary", SummaryCommand::new);
        COMMANDS.put("analyze", AnalyzeCommand::new);
        COMMANDS.put("report", ReportCommand::new);
        COMMANDS.put("predict", PredictCommand::new);
        COMMANDS.put("show", ShowCommand::new);
        COMMANDS.put("failures", FailuresCommand::new);
        COMMANDS.put("list", ListCommand::new);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("repair", RepairCommand::new);
        COMMANDS.put("eta-backtest", EtaBacktestCommand::new);
    }

    private final Session session;
    private final List<String> arguments;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit")
    @SuppressWarnings("UnusedVariable") // picocli looks whether it was given
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit")
    @SuppressWarnings("UnusedVariable") // as with help
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error")
    private boolean debug;

    private Qmbench(Session session, List<String> arguments) {
        this.session = Objects.requireNonNull(session, "session");
        this.arguments = List.copyOf(arguments);
    }

    /** Returns the model of all commands and options, to be looked at. */
    static CommandLine commandLine() {
        try {
            Qmbench root = new Qmbench(Session.ofProcess(), List.of());
            CommandLine commandLine = commandLine(root, "");
            for (CommandLine command : commandLine.getSubcommands().values()) {
                BackendChoice.install(
                        command.getCommandSpec(), root.session.backends().named(null));
            }
            return commandLine;
        } catch (Refusal e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reading the annotations of all commands takes longer than to answer one, so the one asked for is read alone. */
    private static CommandLine commandLine(Qmbench root, String asked) {
        CommandLine commandLine = new CommandLine(root);
        commandLine
                .getCommandSpec()
                .usageMessage()
                .sectionKeys(List.of("overview"))
                .sectionMap(Map.of("overview", help -> Overview.text(root.session.console())));
        COMMANDS.forEach((name, command) -> {
            if (name.equals(asked) || !COMMANDS.containsKey(asked)) {
                commandLine.addSubcommand(name, command.get());
            }
        });
        return commandLine;
    }

    /** Runs the command of these arguments and returns its exit code, one of {@link ExitCode}. */
    @SuppressWarnings("DefaultCharset") // the writers encode as the streams under them do
    static int execute(Session session, String... arguments) {
        Qmbench root = new Qmbench(session, List.of(arguments));
        Console console = session.console();
        PrintWriter out = new PrintWriter(console.out(), true);
        PrintWriter err = new PrintWriter(console.err(), true);
        CommandLine commandLine = commandLine(root, arguments.length == 0 ? "" : arguments[0])
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.min(120, Math.max(80, console.columns())))
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, args) -> root.badUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> root.failed(e));
        try {
            CommandLine command =
                    arguments.length == 0 ? null : commandLine.getSubcommands().get(arguments[0]);
            if (command != null && BackendChoice.takes(command.getCommandSpec())) {
                BackendChoice.install(
                        command.getCommandSpec(), session.backends().named(BackendChoice.namedIn(root.arguments)));
            }
            return commandLine.execute(arguments);
        } catch (Refusal e) {
            return root.failed(e);
        } finally {
            out.flush();
            err.flush();
            console.out().flush();
        }
    }

    /** What the command has around it. */
    Session session() {
        return session;
    }

    /** The arguments of the process. */
    List<String> arguments() {
        return arguments;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.console().err());
        return ExitCode.USAGE;
    }

    private int badUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String message = Words.message(e);
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (command.getParent() == null && !unmatched.isUnknownOption()) {
                message = "there is no command '" + word + "'; there are "
                        + String.join(", ", command.getSubcommands().keySet());
            }
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                message += "; did you mean " + Words.some(suggestions, 3) + "?";
            }
        }
        tell(Words.clean(message), ExitCode.USAGE);
        session.console()
                .err()
                .println("See: " + session.command()
                        + command.getCommandSpec().qualifiedName().substring("qmbench".length()) + " --help");
        trace(e);
        return ExitCode.USAGE;
    }

    /** Says an error in a sentence for a person, and as a value for a program that asked for one. */
    private void tell(String message, int exitCode) {
        session.console().err().println("qmbench: " + sentence(message));
        if (arguments.contains("--json") || arguments.contains("--format=json") || isFormatJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("error", message);
            json.put("exit_code", exitCode);
            session.console().out().print(Json.writePretty(json));
        }
    }

    private boolean isFormatJson() {
        int format = arguments.indexOf("--format");
        return format >= 0
                && format + 1 < arguments.size()
                && arguments.get(format + 1).equalsIgnoreCase("json");
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    private int failed(Exception e) {
        int exitCode;
        String message = Words.message(e);
        if (e instanceof Refusal refusal) {
            exitCode = refusal.exitCode();
        } else if (e instanceof RunDirectoryHeldException) {
            exitCode = ExitCode.HELD;
            message += ". Nothing was changed; see: " + hint("status");
        } else if (e instanceof StaleResultsException) {
            exitCode = ExitCode.USAGE;
            message += ". Two ways out: --rerun-stale calculates them again, --results OTHER begins another directory";
        } else if (e instanceof JournalDamagedException) {
            exitCode = ExitCode.IO_ERROR;
            message += ". Nothing was changed; a cleaned journal makes: " + hint("repair");
        } else if (e instanceof StatusUnreadableException) {
            exitCode = ExitCode.IO_ERROR;
        } else if (e instanceof IOException || e instanceof UncheckedIOException) {
            exitCode = ExitCode.IO_ERROR;
            message = ioMessage(
                    e instanceof UncheckedIOException && e.getCause() instanceof IOException cause ? cause : e);
        } else if (e instanceof InterruptedException) {
            exitCode = ExitCode.SIGNAL_BASE + 2;
            message = "interrupted";
        } else {
            exitCode = ExitCode.SOFTWARE;
            message = "a fault of qmbench itself: " + e + " (--debug shows where)";
        }
        tell(message, exitCode);
        trace(e);
        return exitCode;
    }

    /** A command line about the directory that this one is about. */
    private String hint(String command) {
        ResultsOption results = new ResultsOption();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith("--results=")) {
                results.directory = argument.substring("--results=".length());
            } else if (argument.equals("--results") && i + 1 < arguments.size()) {
                results.directory = arguments.get(i + 1);
            }
        }
        return results.hint(session, command);
    }

    /** Java says of many files' errors no more than their name. */
    private static String ioMessage(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        if (e instanceof FileNotFoundException) {
            return "cannot open " + e.getMessage();
        }
        return Words.message(e);
    }

    private void trace(Exception e) {
        if (debug) {
            e.printStackTrace(session.console().err());
        }
    }
}
