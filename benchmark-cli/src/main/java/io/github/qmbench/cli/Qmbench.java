package io.github.qmbench.cli;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.Overview;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line: the tree of commands, and the options that all of them share. */
@Command(
        name = "qmbench",
        versionProvider = Version.class,
        description = "Runs long benchmarks of expensive calculations unattended, and never loses a finished result.",
        synopsisSubcommandLabel = "COMMAND")
public final class Qmbench implements Callable<Integer> {

    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("plan", PlanCommand.class);
        COMMANDS.put("status", StatusCommand.class);
        COMMANDS.put("watch", WatchCommand.class);
        COMMANDS.put("stop", StopCommand.class);
        COMMANDS.put("summary", SummaryCommand.class);
        COMMANDS.put("analyze", AnalyzeCommand.class);
        COMMANDS.put("report", ReportCommand.class);
        COMMANDS.put("predict", PredictCommand.class);
        COMMANDS.put("export", ExportCommand.class);
        COMMANDS.put("show", ShowCommand.class);
        COMMANDS.put("failures", FailuresCommand.class);
        COMMANDS.put("list", ListCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("repair", RepairCommand.class);
    }

    private final CommandLineSession session;
    private final List<String> arguments;
    private final ErrorReport errors;

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

    private Qmbench(CommandLineSession session, List<String> arguments) {
        this.session = Objects.requireNonNull(session, "session");
        this.arguments = List.copyOf(arguments);
        errors = new ErrorReport(session, this.arguments, () -> debug);
    }

    /** Returns the model of all commands and options, to be looked at. */
    public static CommandLine commandLine() {
        try {
            Qmbench root = new Qmbench(CommandLineSession.ofProcess(), List.of());
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
        CommandLine commandLine = new CommandLine(root, new CommandFactory(root.session));
        commandLine
                .getCommandSpec()
                .usageMessage()
                .sectionKeys(List.of("overview"))
                .sectionMap(Map.of("overview", help -> Overview.text(root.session.console())));
        COMMANDS.forEach((name, command) -> {
            if (name.equals(asked) || !COMMANDS.containsKey(asked)) {
                commandLine.addSubcommand(name, command);
            }
        });
        return commandLine;
    }

    /** Runs the command of these arguments and returns its exit code, one of {@link ExitCode}. */
    public static int execute(CommandLineSession session, String... arguments) {
        Qmbench root = new Qmbench(session, List.of(arguments));
        int exitCode;
        try {
            StringWriter help = new StringWriter(); // the library would show the trace of a failed write
            exitCode = root.answer(new PrintWriter(help));
            session.console().out().print(help.toString());
            if (exitCode == ExitCode.OK) {
                session.console().out().requireWritten();
            }
        } catch (Throwable e) { // an error of Java, too, is told in a sentence
            exitCode = root.errors.failed(e);
        }
        return exitCode;
    }

    @SuppressWarnings("DefaultCharset") // the writers encode as the streams under them do
    private int answer(PrintWriter out) throws Refusal {
        Console console = session.console();
        String asked = arguments.isEmpty() ? "" : arguments.get(0);
        CommandLine commandLine = commandLine(this, asked)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.min(120, Math.max(80, console.columns())))
                .setOut(out)
                .setErr(new PrintWriter(console.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, args) -> errors.badUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> errors.failed(e));
        CommandLine command = commandLine.getSubcommands().get(asked);
        if (command != null && BackendChoice.takes(command.getCommandSpec())) {
            BackendChoice.install(
                    command.getCommandSpec(),
                    session.backends()
                            .named(RawArguments.valueOf(BackendChoice.NAME, arguments)
                                    .orElse(null)));
        }
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.console().err());
        return ExitCode.USAGE;
    }
}
