package io.github.qmbench.cli;

import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import io.github.qmbench.nmr.internal.TextTable;
import io.github.qmbench.nmr.analysis.ScalingFactorsFile;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code qmbench predict}: chemical shifts of a molecule, from a shielding calculation and scaling factors. */
@Command(
        name = "predict",
        sortOptions = false,
        description = {
            "Calculate the shieldings of a molecule and predict its 1H and 13C shifts with scaling factors.",
            "What was calculated is kept in the run directory; asking again does not calculate again."
        })
final class PredictCommand implements Callable<Integer> {

    @ParentCommand
    private Qmbench root;

    @Parameters(paramLabel = "MOLECULE", description = "A file with one molecule: .xyz, .mol or .sdf, in angstrom")
    private String molecule;

    @Option(
            names = "--factors",
            required = true,
            paramLabel = "FILE",
            description = "The scaling factors: a scaling_factors.json that analyze wrote")
    private @Nullable String factors;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "Which of the file's methods, as in WP04/6-31G(d,p)/CHCl3; default: the only one")
    private @Nullable String method;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "1",
            description = "MPI processes of the calculation; default: ${DEFAULT-VALUE}")
    private int processes = 1;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "predictions",
            description = "Where the calculation is kept, in a directory for each molecule and method; default:"
                    + " ${DEFAULT-VALUE}")
    private String results = "predictions";

    @Mixin
    private RunSettings settings;

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        Session session = root.session();
        Map<Nucleus, ScalingFactor> chosen = choose(read());
        ScalingFactor.Key key = chosen.values().iterator().next().key();
        Map<String, String> conditions = ScalingFactorsFile.conditions(Path.of(factors), key);
        Molecule subject = subject();
        RunDirectory directory = directory(subject, key);
        CalculationBackendProvider nwchem = session.backends().named("nwchem");
        PreparedBenchmark benchmark = BackendChoice.prepare(nwchem, options(nwchem, key, conditions), directory);
        int sideBySide = new Parallelism().sideBySide(benchmark);
        RunView view = RunView.onConsole(session.console(), benchmark.remarks(sideBySide));
        BenchmarkRunner runner = settings.builder(
                        directory, benchmark, sideBySide, session.clock().instant())
                .listener(view)
                .build();
        RunOutcome outcome;
        try (RunLog log = RunLog.errorsTo(session.console().err());
                RunSignals signals = RunSignals.handle(session, runner, view, false)) {
            outcome = runner.run();
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
            return ExitCode.FAILURES;
        }
        ShieldingResult result = ShieldingResult.of(record.get()).orElseThrow();
        print(session, subject, result, chosen);
        conditions.forEach((field, value) -> {
            String other = result.fingerprint().getOrDefault(field, value);
            if (!other.equals(value)) {
                session.console()
                        .err()
                        .println("note: the scaling factors were made with " + field.replace('_', ' ') + " " + value
                                + ", this calculation with " + other);
            }
        });
        return ExitCode.OK;
    }

    private Molecule subject() throws Refusal, IOException {
        List<Molecule> molecules = DataSetOption.read(molecule).molecules();
        if (molecules.size() != 1) {
            throw Refusal.badInput("give a file with one molecule; there are " + molecules.size() + " in " + molecule);
        }
        return molecules.get(0);
    }

    private ScalingFactors read() throws Refusal, IOException {
        try {
            return ScalingFactorsFile.read(Path.of(factors));
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--factors: '" + factors + "' is no path");
        } catch (IOException e) {
            throw new Refusal(ExitCode.USAGE, "--factors: cannot use " + factors + ": " + e.getMessage(), e);
        }
    }

    private Map<Nucleus, ScalingFactor> choose(ScalingFactors known) throws Refusal {
        Map<String, Map<Nucleus, ScalingFactor>> byMethod = new LinkedHashMap<>();
        known.all()
                .forEach(factor -> byMethod.computeIfAbsent(name(factor.key()), name -> new LinkedHashMap<>())
                        .put(factor.key().nucleus(), factor));
        if (byMethod.isEmpty()) {
            throw Refusal.badInput("--factors: there are no scaling factors in " + factors);
        }
        if (method == null) {
            if (byMethod.size() > 1) {
                throw Refusal.badInput("choose one of the methods in " + factors + " with --method: "
                        + String.join(", ", byMethod.keySet()));
            }
            return byMethod.values().iterator().next();
        }
        return byMethod.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(method.trim()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> Refusal.badInput("--method: there is no '" + method + "' in " + factors
                        + "; there are " + String.join(", ", byMethod.keySet())));
    }

    private static String name(ScalingFactor.Key key) {
        return key.method() + "/" + key.basis() + "/" + key.solvent();
    }

    /** The method of the factors, and of their other conditions those that can be chosen. */
    private BackendOptions options(
            CalculationBackendProvider nwchem, ScalingFactor.Key key, Map<String, String> conditions) throws Refusal {
        Map<String, List<String>> values = new HashMap<>();
        values.put("dataset", List.of(molecule));
        values.put("functionals", List.of(key.method()));
        values.put("solvents", List.of(key.solvent()));
        values.put("basis", List.of(key.basis()));
        values.put("processes", List.of(String.valueOf(processes)));
        conditions.forEach((field, value) -> {
            if (field.equals("grid") || field.equals("basis_type")) {
                values.put(field.replace('_', '-'), List.of(value));
            }
        });
        try {
            return BackendOptions.of(nwchem.options(), values);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
    }

    private RunDirectory directory(Molecule subject, ScalingFactor.Key key) throws Refusal {
        try {
            return RunDirectory.of(RunDirectory.of(Path.of(results))
                    .calculation(subject.id() + "/" + name(key).replace('/', '_')));
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--results: '" + results + "' is no path");
        }
    }

    private static void print(
            Session session, Molecule subject, ShieldingResult result, Map<Nucleus, ScalingFactor> factors) {
        TextTable table = new TextTable("atom", "element", "shielding", "shift", "+-");
        for (ShieldingResult.Shielding shielding : result.shieldings()) {
            Optional<ScalingFactor> factor = factors.values().stream()
                    .filter(candidate -> candidate.key().nucleus().element() == shielding.element())
                    .findFirst();
            table.add(
                    Integer.toString(shielding.atomNumber()),
                    shielding.element().symbol(),
                    String.format(Locale.ROOT, "%.4f", shielding.ppm()),
                    factor.map(line -> String.format(Locale.ROOT, "%.2f", line.shift(shielding.ppm())))
                            .orElse("-"),
                    factor.filter(line -> line.rmsd().isPresent())
                            .map(line -> String.format(
                                    Locale.ROOT, "%.2f", line.rmsd().getAsDouble()))
                            .orElse("-"));
        }
        session.console().out().println(subject.name() + ", ppm; +- is the method's RMSD");
        table.lines().forEach(session.console().out()::println);
    }
}
