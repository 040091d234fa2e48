package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.PredictionFactor;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.internal.OutputFile;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calculations of a prediction: the geometry at the level of the factors, then the shieldings by each method. Each is a run
 * in a directory of its own, so that asking again finds it complete.
 *
 * @param results where these directories are
 * @param processes of each calculation
 * @param file the molecule's file
 */
record PredictionRun(
        CommandLineSession session, RunSettings settings, Path results, int processes, Molecule subject, String file) {

    private static final String GEOMETRY = "geometry";

    /** Thrown when a calculation gave no result; what happened has been said. */
    static final class Ended extends Exception {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        Ended(int exitCode) {
            super("ended with " + exitCode);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    /**
     * Returns the molecule at the geometry of a level of theory, which is kept as an XYZ file.
     *
     * @param level as in {@code B3LYP/6-31G*} or {@code B3LYP/6-311G(d,p)/CHCl3}
     */
    Molecule optimized(String level) throws Refusal, Ended, IOException, InterruptedException {
        String[] parts = level.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw Refusal.badInput("the factors are for geometries of " + level + ", which cannot be calculated here;"
                    + " optimise the molecule at that level and add --geometry as-is");
        }
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("dataset", List.of(file));
        options.put("functionals", List.of(parts[0]));
        options.put("basis", List.of(parts[1]));
        options.put("solvents", List.of(parts.length == 3 ? parts[2] : "vacuum"));
        options.put("optimize-only", List.of());
        options.put("recover", List.of());
        JournalRecord record = record(directory(GEOMETRY, level), options);
        Object geometry = record.outcome().results().get(ShieldingJson.OPTIMIZED_GEOMETRY);
        Path kept = geometryFile(level);
        String text = subject.withAtoms(ShieldingJson.readGeometry(geometry)).toXyz(level);
        if (Files.notExists(kept) || !RegularFile.text(kept).equals(text)) {
            OutputFile.write(kept, out -> out.write(text));
        }
        return DataSet.ofFile(kept).molecules().get(0);
    }

    /** Returns the shieldings by the method of a factor, at the geometry of a level that was optimised before. */
    ShieldingResult shieldings(String level, PredictionFactor factor)
            throws Refusal, Ended, IOException, InterruptedException {
        ScalingFactor.Key key = factor.line().key();
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put(
                "dataset", List.of(level.isEmpty() ? file : geometryFile(level).toString()));
        options.put("functionals", List.of(key.method()));
        options.put("solvents", List.of(key.solvent()));
        options.put("basis", List.of(key.basis()));
        factor.conditions().forEach((field, value) -> {
            if (field.equals("grid") || field.equals("basis_type")) {
                options.put(field.replace('_', '-'), List.of(value));
            }
        });
        String method = (key.method() + "/" + key.basis() + "/" + key.solvent()).replace('/', '_');
        return ShieldingResult.of(record(directory(method, level), options)).orElseThrow();
    }

    private Path geometryFile(String level) {
        return directory(GEOMETRY, level).path().resolve(subject.id() + ".xyz");
    }

    private RunDirectory directory(String what, String level) {
        String name = level.replace("**", "(d,p)").replace("*", "(d)").replace('/', '_');
        return RunDirectory.of(
                RunDirectory.of(results).calculation(subject.id() + "/" + what + (level.isEmpty() ? "" : "@" + name)));
    }

    private JournalRecord record(RunDirectory directory, Map<String, List<String>> options)
            throws Refusal, Ended, IOException, InterruptedException {
        options.put("processes", List.of(String.valueOf(processes)));
        CalculationBackendProvider nwchem = session.backends().named("nwchem");
        PreparedBenchmark benchmark;
        try {
            BackendOptions values = BackendOptions.of(nwchem.options(), options, BackendChoice::spelled);
            benchmark = BackendChoice.prepare(nwchem, values, directory);
        } catch (IllegalArgumentException e) {
            throw ofPredict(Refusal.badInput(e), file);
        } catch (Refusal e) {
            throw ofPredict(e, file);
        }
        int sideBySide = new Parallelism().sideBySide(benchmark);
        RunView view = RunView.onConsole(session.console(), benchmark.remarks(sideBySide));
        BenchmarkRunner runner = settings.builder(
                        directory,
                        benchmark,
                        sideBySide,
                        settings.end(session.clock().instant()))
                .listener(view)
                .build();
        RunOutcome outcome;
        Optional<Integer> signal;
        try (RunLog log = RunLog.errorsTo(session.console().err());
                RunSignals signals = RunSignals.handle(session, runner, view, false)) {
            outcome = runner.run();
            signal = signals.endedBy();
        } finally {
            view.close();
        }
        Optional<JournalRecord> record = outcome.results().of(benchmark.matrix().get(0));
        if (record.isEmpty()) {
            outcome.results()
                    .status()
                    .failures()
                    .forEach(failure ->
                            session.console().err().println("qmbench: " + failure.kind() + ": " + failure.error()));
            session.console().err().println("qmbench: the calculation is in " + directory);
            boolean stopped = outcome.state() == RunState.STOPPED && signal.isPresent();
            throw new Ended(stopped ? ExitCode.SIGNAL_BASE + signal.get() : ExitCode.FAILURES);
        }
        return record.get();
    }

    /** Returns a refusal that names the options of predict, not those of the runs that it makes. */
    static Refusal ofPredict(Refusal refusal, String file) {
        String message = Phrases.message(refusal);
        if (message.startsWith("unknown ")) {
            message = "--method: " + message;
        }
        message = message.replaceFirst("^--dataset: ", "")
                .replace("--dataset", file)
                .replace("--functionals", "--method")
                .replace("--solvents", "--method")
                .replace("--basis-type", "--factors")
                .replace("--basis", "--method")
                .replace("--grid", "--factors");
        return new Refusal(refusal.exitCode(), message, refusal);
    }
}
