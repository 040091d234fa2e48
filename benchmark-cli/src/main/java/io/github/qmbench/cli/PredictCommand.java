package io.github.qmbench.cli;

import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.FactorChoice;
import io.github.qmbench.nmr.analysis.PredictionFactor;
import io.github.qmbench.nmr.analysis.ScalingFactorsFile;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import io.github.qmbench.nmr.analysis.ShiftPrediction;
import io.github.qmbench.nmr.report.PredictionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qmbench predict}: chemical shifts of a molecule, from a shielding calculation and scaling factors. */
@Command(
        name = "predict",
        sortOptions = false,
        description = {
            "Predict the 1H and 13C shifts of a molecule, with errors.",
            "Optimises its geometry as for the scaling factors, calculates the shieldings, and scales them.",
            "Without --factors and --method, the built-in factors for CHCl3 are used (see: list factors).",
            "The calculations are kept in the results directory, and a second prediction reuses them."
        })
final class PredictCommand extends SessionCommand {

    /** In which form the prediction is printed. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    /** What becomes of the given geometry. */
    enum Geometry {
        OPTIMIZE,
        AS_IS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "MOLECULE", description = "A file with one molecule: .xyz, .mol or .sdf, in angstrom")
    private String molecule;

    @Option(
            names = "--factors",
            paramLabel = "FILE",
            description = "The scaling factors: a scaling_factors.json that analyze wrote; default: the built-in ones")
    private @Nullable String factors;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "The method of the factors: WP04/6-31G(d,p)/CHCl3; default: the only one of a file, or"
                    + " the recommended one for each nucleus of the built-in factors")
    private @Nullable String method;

    @Option(
            names = "--geometry",
            paramLabel = "HOW",
            converter = ChoiceConverters.OfGeometry.class,
            description = "optimize (default): at the level of the factors; as-is: use the given geometry, with a"
                    + " warning")
    private Geometry geometry = Geometry.OPTIMIZE;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, csv or json; default: table")
    private Format format = Format.TABLE;

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
            description = "Where the calculations are kept, in directories for each molecule and method; default:"
                    + " ${DEFAULT-VALUE}")
    private String results = "predictions";

    @Mixin
    private RunSettings settings;

    PredictCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        FactorChoice wanted = choose();
        Molecule subject = subject();
        String objection =
                ShiftPrediction.objection(subject, wanted.factors().values()).orElse(null);
        if (objection != null) {
            throw Refusal.badInput(objection);
        }
        FactorChoice choice = wanted.forMolecule(subject);
        Map<Nucleus, PredictionFactor> chosen = choice.factors();
        PredictionRun run = new PredictionRun(
                session, settings, ResultsOption.path("--results", results), processes, subject, molecule);
        Map<String, Molecule> geometries = new LinkedHashMap<>();
        Map<String, ShieldingResult> byMethod = new LinkedHashMap<>();
        Map<PredictionFactor, List<Shielding>> shieldings = new LinkedHashMap<>();
        try {
            for (PredictionFactor factor : chosen.values()) {
                String level = level(factor);
                Molecule at = geometries.get(level);
                if (at == null) {
                    at = level.isEmpty() ? subject : run.optimized(level);
                    geometries.put(level, at);
                }
                ShieldingResult result = byMethod.get(factor.method());
                if (result == null) {
                    result = run.shieldings(level, factor);
                    byMethod.put(factor.method(), result);
                }
                shieldings.put(factor, result.shieldings());
            }
        } catch (PredictionRun.Ended e) {
            return e.exitCode();
        }
        Molecule at = geometries.values().iterator().next();
        PredictionTable table = new PredictionTable(
                ShiftPrediction.of(at, chosen, shieldings),
                chosen,
                geometries.keySet().iterator().next(),
                choice.notes(geometry == Geometry.AS_IS, byMethod));
        print(table);
        return ExitCode.OK;
    }

    private void print(PredictionTable table) {
        switch (format) {
            case TABLE -> print(table.lines());
            case CSV -> print(table.csv());
            case JSON -> out().print(Json.writePretty(table.json()));
        }
        out().flush();
        table.notes().forEach(err()::println);
        table.prediction().warnings().forEach(warning -> err().println("warning: " + warning));
    }

    /** The level at which the geometry is optimised; empty for a geometry that is taken as it is. */
    private String level(PredictionFactor factor) {
        return geometry == Geometry.AS_IS ? "" : factor.geometryLevel().orElse("");
    }

    private Molecule subject() throws Refusal, IOException {
        Path file = ResultsOption.path("MOLECULE", molecule);
        if (!Files.exists(file)) {
            throw Refusal.badInput("MOLECULE: cannot read '" + molecule + "': it does not exist");
        }
        if (Files.isRegularFile(file) && !molecule.matches("(?i).*\\.(xyz|mol|sdf)")) {
            throw Refusal.badInput("MOLECULE: '" + molecule + "' is not a valid file name; use .xyz, .mol or .sdf");
        }
        List<Molecule> molecules;
        try {
            molecules = DataSetOption.read(molecule).molecules();
        } catch (Refusal e) {
            throw PredictionRun.ofPredict(e, molecule);
        }
        if (molecules.size() != 1) {
            throw Refusal.badInput(
                    "MOLECULE: '" + molecule + "' has " + molecules.size() + " molecules; give a file with one");
        }
        return molecules.get(0);
    }

    private FactorChoice choose() throws Refusal {
        Optional<String> name = Optional.ofNullable(method);
        try {
            return factors == null
                    ? FactorChoice.builtIn(name)
                    : FactorChoice.of(
                            ScalingFactorsFile.predictions(ResultsOption.path("--factors", factors)), factors, name);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        } catch (IOException e) {
            throw new Refusal(ExitCode.USAGE, "--factors: cannot read '" + factors + "': " + IoReason.unnamed(e), e);
        }
    }
}
