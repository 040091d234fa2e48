package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.FailureOverview;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.ShellWord;
import io.github.qmbench.nmr.report.ClosingReport;
import io.github.qmbench.nmr.report.FailureReport;
import io.github.qmbench.nmr.report.UsageTotals;
import io.github.qmbench.slurm.SlurmLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qmbench run}: runs a benchmark, or resumes one that ended early. */
@Command(
        name = "run",
        sortOptions = false,
        description = {
            "Start a benchmark, or resume one; completed calculations are not repeated.",
            "Without a selection, NWChem calculates all of DELTA50 with B3LYP and WP04 in CHCl3 and DMSO: 200 calculations.",
            "Ctrl-C lets running calculations finish; Ctrl-C again ends them."
        })
final class RunCommand extends PlanCommand {

    @Spec
    private CommandSpec spec;

    @Option(names = "--headless", description = "Write to benchmark.log in the run directory instead of the terminal")
    private boolean headless;

    @Option(
            names = "--detach",
            description = "Start the run in the background; it continues when the terminal is closed")
    private boolean detach;

    @Option(names = "--dry-run", description = "Show what the run would do with each calculation, and start nothing")
    private boolean dryRun;

    @Option(
            names = "--on-end",
            paramLabel = "COMMAND",
            description = "Run this shell command once when the run has ended, in any state, with QMBENCH_STATE and"
                    + " QMBENCH_STATUS_FILE in its environment")
    private @Nullable String onEnd;

    RunCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        Asked run = asked();
        if (dryRun) {
            print(run);
            return ExitCode.OK;
        }
        RunDirectory directory = run.directory();
        PreparedBenchmark benchmark = run.benchmark();
        requireWritable(directory, headless || detach);
        if (slurm.on) {
            slurm.requireUsable(benchmark);
        }
        if (detach) {
            return new DetachedRun(session, directory, results)
                    .start(spec.commandLine().getParseResult().originalArgs());
        }
        slurm.giveMemory(run.runner(), benchmark);
        if (!slurm.on) {
            return run(directory, run.runner(), benchmark.remarks(run.atOnce()));
        }
        try (SlurmLauncher jobs = new SlurmLauncher(slurm.settings(benchmark.memoryBytesEach()))) {
            List<String> remarks = new ArrayList<>(benchmark.remarks(0));
            remarks.add("up to " + Phrases.count(run.atOnce(), "Slurm job") + " at a time");
            return run(directory, run.runner().launcher(jobs), remarks);
        }
    }

    private int run(RunDirectory directory, BenchmarkRunner.Builder builder, List<String> remarks) throws IOException {
        Map<String, FailureOverview.Failed> failed = new LinkedHashMap<>();
        UsageTotals usage = new UsageTotals();
        RunView view = headless ? RunView.headless(session, directory) : RunView.onConsole(session.console(), remarks);
        BenchmarkRunner runner =
                builder.listener(view).listener(endsTo(failed, usage)).build();
        try (RunLog log = headless ? RunLog.toFile(RunFiles.log(directory)) : RunLog.errorsTo(err());
                RunSignals signals = RunSignals.handle(session, runner, view, headless)) {
            RunOutcome outcome = runner.run();
            signals.runHasEnded();
            RunStatus status = outcome.results().status();
            view.close();
            FailureReport failures = new FailureReport(FailureOverview.of(failed.values()));
            List<String> closing = new ClosingReport(directory, commandToGoOn(), words -> results.hint(session, words))
                    .lines(status, failures, usage);
            try {
                print(closing);
                out().flush();
            } finally { // the run has ended, whether anybody reads that or not
                log.say(closing);
                if (onEnd != null) {
                    new EndHook(session, onEnd).run(directory, status.state(), headless);
                }
            }
            return exitCode(outcome.state(), status, signals.endedBy());
        } finally {
            view.close();
        }
    }

    /** Keeps what fails in the run, and what all of it used. */
    private static RunListener endsTo(Map<String, FailureOverview.Failed> failed, UsageTotals usage) {
        return new RunListener() {
            @Override
            public void calculationEnded(CalculationEnded event) {
                JournalRecord record = event.record();
                record.attempt().usage().ifPresent(usage::add);
                FailureOverview.Failed.of(record)
                        .ifPresent(failure -> failed.put(record.calculation().taskId(), failure));
            }
        };
    }

    /** This command without what would calculate done work again. */
    private String commandToGoOn() {
        List<String> arguments = spec.commandLine().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.matches("--no-resume(=.*)?"))
                .toList();
        return session.command() + " " + ShellWord.join(arguments);
    }

    private static int exitCode(RunState state, RunStatus status, Optional<Integer> signal) {
        return switch (state) {
            case COMPLETE -> status.progress().failed() == 0 ? ExitCode.OK : ExitCode.FAILURES;
            case STOPPED -> signal.map(number -> ExitCode.SIGNAL_BASE + number).orElse(ExitCode.OK);
            case PAUSED -> ExitCode.PAUSED;
            case FAILED -> ExitCode.FAILURES;
            case RUNNING -> throw new IllegalStateException("a run that has ended is not running");
        };
    }

    private static void requireWritable(RunDirectory directory, boolean withLog) throws Refusal {
        try {
            Files.createDirectories(directory.path());
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException
                    ? "the file system does not allow it there"
                    : IoReason.of(e, directory.path());
            throw new Refusal(ExitCode.CANNOT_CREATE, "cannot make the run directory " + directory + ": " + reason, e);
        }
        if (!Files.isWritable(directory.path())) {
            throw new Refusal(
                    ExitCode.CANNOT_CREATE,
                    "cannot write in the run directory " + directory + ": no permission, or the disk is read-only");
        }
        if (withLog) {
            try {
                RegularFile.requireNoLink(RunFiles.log(directory));
            } catch (IOException e) {
                throw new Refusal(ExitCode.CANNOT_CREATE, "cannot write the log: " + IoReason.of(e), e);
            }
        }
    }
}
