package io.github.qmbench.cli;

import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.report.PlanReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qmbench plan}: what {@code run} with the same options would do. */
@Command(
        name = "plan",
        sortOptions = false,
        description = {
            "Show what a run with the same options would do with each calculation, and start nothing.",
            "new; done; adopt (an older attempt has the result for these settings); again (it failed or was interrupted);",
            "stale (made with other settings, with what differs). Then the time, core-hours and memory that it should take."
        })
final class PlanCommand implements Callable<Integer> {

    private final CommandLineSession session;

    @Mixin
    private BackendChoice backend;

    @Mixin
    private Parallelism parallelism;

    @Mixin
    private SlurmOptions slurm;

    @Mixin
    private RunSettings settings;

    @Mixin
    private ReuseOption reuse;

    @Mixin
    private ResultsOption results;

    PlanCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        RunDirectory directory = results.directory();
        parallelism.check();
        settings.check(session.clock().instant());
        reuse.check(settings);
        slurm.check(parallelism);
        PreparedBenchmark benchmark = backend.prepare(directory);
        Instant now = session.clock().instant();
        int sideBySide = settings.sideBySide(directory, benchmark, slurm, parallelism, now);
        RunPlan plan = reuse.addTo(settings.builder(directory, benchmark, sideBySide, now))
                .build()
                .plan();
        PlanReport.print(
                plan, benchmark.coresEach(), sideBySide, session.console().out()::println);
        return ExitCode.OK;
    }
}
