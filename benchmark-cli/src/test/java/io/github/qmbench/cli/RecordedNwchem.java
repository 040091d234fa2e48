package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.NwchemProvider;
import io.github.qmbench.nwchem.theory.Functional;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * NWChem from a record: "optimises" a molecule to the geometry that DELTA50 has of it, and gives the shieldings recorded for
 * that in {@code docs/results}. Takes the options of the real one.
 */
final class RecordedNwchem implements CalculationBackendProvider {

    private static final Map<String, Path> RECORDED = Map.of(
            "WP04/6-31G(d,p)", Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz"),
            "WP04/6-311++G(2d,p)", Path.of("../docs/results/delta50/progress.jsonl.gz"),
            "B3LYP/6-311+G(2d,p)", Path.of("../docs/results/delta50/progress.jsonl.gz"));

    /** What was asked for, one line for each calculation. */
    final List<String> calculated = new ArrayList<>();

    /** The grid and the shape of the basis functions that were asked for, one line for each preparation. */
    final List<String> asked = new ArrayList<>();

    @Override
    public String name() {
        return "nwchem";
    }

    @Override
    public String summary() {
        return "recorded";
    }

    @Override
    public List<BackendOption<?>> options() {
        return new NwchemProvider().options();
    }

    @Override
    public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory) throws IOException {
        Path file = Path.of(text(options, "dataset"));
        Molecule molecule = DataSet.ofFile(file).molecules().get(0);
        String functional = Functional.parse(list(options, "functionals")).name();
        String basis = list(options, "basis");
        asked.add(options.find(option("grid")).map(String::valueOf).orElse("-") + " "
                + options.find(option("basis-type")).map(String::valueOf).orElse("-"));
        boolean optimize = (Boolean) options.get(option("optimize-only"));
        String solvent = list(options, "solvents");
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(List.of(molecule.id()))
                .axis("functional", functional)
                .axis("solvent", solvent)
                .build();
        return PreparedBenchmark.builder(matrix, new CalculationBackend() {
                    @Override
                    public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
                            throws IOException {
                        calculated.add((optimize ? "optimize " : "shield ") + functional + "/" + basis + " " + solvent
                                + " " + molecule.atoms().get(0).x());
                        return CalculationOutcome.complete(
                                optimize
                                        ? geometry(molecule, functional, basis)
                                        : shieldings(molecule, functional, basis));
                    }

                    @Override
                    public Fingerprint fingerprint(Calculation calculation) {
                        return Fingerprint.of(Map.of(
                                "geometry",
                                Fingerprint.digestOf(molecule.atoms().toString()),
                                "program",
                                "NWChem 7.0.2",
                                "grid",
                                "coarse"));
                    }
                })
                .build();
    }

    private BackendOption<?> option(String name) {
        return options().stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String text(BackendOptions options, String name) {
        return (String) options.find(option(name)).orElseThrow();
    }

    private String list(BackendOptions options, String name) {
        return (String) ((List<?>) options.find(option(name)).orElseThrow()).get(0);
    }

    private static Molecule known(Molecule molecule) {
        return DataSet.delta50().molecules().stream()
                .filter(molecule::hasBondsOf)
                .findFirst()
                .orElseThrow();
    }

    /** The geometry of DELTA50; tests write their atoms in its order. */
    private static Map<String, Object> geometry(Molecule molecule, String functional, String basis) {
        List<Object> coordinates = new ArrayList<>();
        for (Atom atom : known(molecule).atoms()) {
            coordinates.add(Map.of("atom", atom.element().symbol(), "x", atom.x(), "y", atom.y(), "z", atom.z()));
        }
        return Map.of(
                "optimized_geometry",
                coordinates,
                "optimization",
                Map.of("functional", functional, "basis", basis, "solvent", "vacuum"));
    }

    private static Map<String, Object> shieldings(Molecule molecule, String functional, String basis)
            throws IOException {
        String id = known(molecule).id();
        Path journal = RECORDED.get(functional + "/" + basis);
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(journal)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Map<String, Object> record = Json.parseObject(line);
                if (id.equals(record.get("subject"))
                        && functional.equals(
                                Json.asObject(record.get("parameters")).get("functional"))
                        && "complete".equals(record.get("status"))) {
                    return new HashMap<>(Json.asObject(record.get("results")));
                }
            }
        }
        throw new IOException("no result of " + id);
    }
}
