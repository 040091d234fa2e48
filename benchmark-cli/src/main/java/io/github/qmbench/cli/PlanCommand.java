package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.report.PlanReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qmbench plan}: what {@code run} with the same options would do; {@link RunCommand} then does it. */
@Command(
        name = "plan",
        sortOptions = false,
        description = {
            "Show what a run with the same options would do with each calculation, and start nothing.",
            "The words: new; done; adopt (an older attempt or another directory has the result); again (it failed, or no"
                    + " attempt has ended); stale (it was made with other settings).",
            "The last line says how much time, how many core-hours and how much memory the rest should take."
        })
class PlanCommand extends SessionCommand {

    @Mixin
    BackendChoice backend;

    @Mixin
    private Parallelism parallelism;

    @Mixin
    SlurmOptions slurm;

    @Mixin
    private RunSettings settings;

    @Mixin
    private ReuseOption reuse;

    @Mixin
    ResultsOption results;

    PlanCommand(CommandLineSession session) {
        super(session);
    }

    /** The run that the options ask for, and how many of its calculations run in parallel. */
    record Asked(RunDirectory directory, PreparedBenchmark benchmark, int atOnce, BenchmarkRunner.Builder runner) {}

    /** Checks the options, and prepares what they ask for; nothing is started or written. */
    Asked asked() throws Refusal, IOException, InterruptedException {
        RunDirectory directory = results.directory();
        parallelism.check();
        Optional<Instant> end = settings.end(now());
        reuse.check(settings);
        slurm.check(parallelism);
        PreparedBenchmark benchmark = backend.prepare(directory);
        int atOnce = settings.sideBySide(directory, benchmark, slurm, parallelism, end);
        return new Asked(
                directory, benchmark, atOnce, reuse.addTo(settings.builder(directory, benchmark, atOnce, end)));
    }

    /** Prints what a run would do. */
    void print(Asked run) throws IOException {
        RunPlan plan = run.runner().build().plan();
        PlanReport.print(plan, settings.rerunStale, run.benchmark().coresEach(), run.atOnce(), out()::println);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        print(asked());
        return ExitCode.OK;
    }
}
