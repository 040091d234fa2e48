package io.github.qmbench.cli;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.DirectoryCheck;
import io.github.qmbench.nmr.internal.FindingsReport;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.slurm.SlurmDoctor;
import io.github.qmbench.slurm.SlurmLauncher;
import io.github.qmbench.slurm.SlurmSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench doctor}: whether a run with the same options can work here. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Check whether a run with the same options can work on this machine, and say what to do if it cannot.",
            "Checks Java, the program, disk, memory and cores, and calculates a hydrogen molecule with each method of NWChem.",
            "With --slurm it checks the cluster, and calculates in jobs. Exit code 69 when something is unusable."
        })
final class DoctorCommand extends SessionCommand {

    @Mixin
    private BackendChoice backend;

    @Mixin
    private Parallelism parallelism;

    @Mixin
    private SlurmOptions slurm;

    @Mixin
    private ResultsOption results;

    @Option(names = "--json", description = "Print the findings as a JSON array")
    private boolean json;

    DoctorCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        RunDirectory directory = results.directory();
        List<Finding> checks = new ArrayList<>();
        checks.add(Finding.about("Java")
                .good(System.getProperty("java.version") + ", " + System.getProperty("java.home")));
        checks.addAll(examine(directory));
        FindingsReport report = new FindingsReport(checks);
        if (json) {
            out().print(Json.writePretty(report.json()));
        } else {
            print(report.lines());
        }
        return report.isUnusable() ? ExitCode.UNAVAILABLE : ExitCode.OK;
    }

    private List<Finding> examine(RunDirectory directory) throws Refusal, IOException, InterruptedException {
        parallelism.check();
        slurm.check(parallelism);
        int sideBySide = 1;
        int tasks = 1;
        long bytes = 0;
        SlurmSettings jobs = slurm.settings(0);
        int coresEach = 1;
        Optional<Finding> refusal = Optional.empty();
        try {
            PreparedBenchmark benchmark = backend.prepare(directory);
            sideBySide = slurm.on ? 1 : parallelism.sideBySide(benchmark);
            tasks = benchmark.matrix().size();
            bytes = tasks * benchmark.diskBytesEach();
            jobs = slurm.settings(benchmark.memoryBytesEach());
            coresEach = benchmark.coresEach();
        } catch (Refusal e) {
            if (e.exitCode() != ExitCode.UNAVAILABLE) {
                throw e;
            }
            refusal = Optional.of(Finding.about(backend.provider().name())
                    .unusable(Phrases.message(e))
                    .withRemedy(""));
        }
        DirectoryCheck place = new DirectoryCheck(directory);
        List<Finding> checks = new ArrayList<>(
                slurm.on
                        ? examineJobs(jobs, coresEach, place.place())
                        : backend.provider().examine(backend.options(), sideBySide));
        if (!new FindingsReport(checks).isUnusable()) {
            refusal.ifPresent(check -> checks.add(0, check)); // else the back-end itself has found it, with the remedy
        }
        checks.addAll(place.checks(tasks, bytes));
        return checks;
    }

    /** Looks at the cluster, and at the program by jobs that have their files where those of the run will be. */
    private List<Finding> examineJobs(SlurmSettings jobs, int coresEach, Path place)
            throws Refusal, IOException, InterruptedException {
        List<Finding> checks = new ArrayList<>(new SlurmDoctor(jobs).examine(coresEach));
        if (!new FindingsReport(checks).isUnusable()) {
            Path own = Files.createTempDirectory(place, ".qmbench-doctor");
            try (RunLog log = RunLog.errorsTo(err());
                    SlurmLauncher launcher = new SlurmLauncher(jobs)) {
                checks.addAll(backend.provider().examine(backend.options(), launcher, own));
            } finally {
                Files.delete(own);
            }
        }
        return checks;
    }
}
