package io.github.qmbench.core;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes a run directory for {@code qmbench analyze}: all of DELTA50 with so many methods, whose shieldings lie on a line
 * with some noise. The same each time.
 *
 * <p>{@code ShieldingsBench DIRECTORY METHODS}
 */
public final class ShieldingsBench {

    private ShieldingsBench() {}

    public static void main(String[] args) throws IOException {
        DataSet dataSet = DataSet.delta50();
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(dataSet.ids())
                .axis(
                        "functional",
                        IntStream.range(0, Integer.parseInt(args[1]))
                                .mapToObj(i -> "F" + i)
                                .toList())
                .axis("solvent", "CHCl3")
                .build();
        BenchmarkRunner.builder(Path.of(args[0]), matrix, new Shieldings(dataSet))
                .description(Map.of("data_set", "delta50"))
                .durability(Durability.PERIODIC)
                .build()
                .run();
    }

    private record Shieldings(DataSet dataSet) implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            Map<String, Object> results = new LinkedHashMap<>();
            ShieldingJson.writeBasis(results, "6-31G(d,p)");
            ShieldingJson.write(results, shieldings(dataSet, calculation));
            return CalculationOutcome.complete(results);
        }

        /** As many fields as NWChem has, and values about as long. */
        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of(
                    "geometry",
                    Integer.toHexString(calculation.subject().hashCode()),
                    "functional",
                    calculation.parameter("functional") + " hfexch 0.1189 slater 0.9999 becke88 nonlocal 0.9614",
                    "basis",
                    "6-31g**",
                    "basis_type",
                    "cartesian",
                    "solvent",
                    "COSMO 4.7113",
                    "task",
                    "shielding",
                    "grid",
                    "medium",
                    "scf_convergence",
                    "energy 1d-8 density 1d-6 gradient 1d-5",
                    "program",
                    "Bench 1.0"));
        }
    }

    static List<Map<String, Object>> shieldings(DataSet dataSet, Calculation calculation) {
        Random random = new Random(calculation.taskId().hashCode());
        Molecule molecule = dataSet.molecule(calculation.subject()).orElseThrow();
        List<Map<String, Object>> shieldings = new ArrayList<>();
        for (int atom = 1; atom <= molecule.atoms().size(); atom++) {
            double noise = random.nextGaussian();
            double shielding = dataSet.shift(molecule.id(), atom)
                    .map(shift -> shift.nucleus() == Nucleus.H1
                            ? 31.8 - 1.05 * shift.ppm() + 0.1 * noise
                            : 190 - 1.04 * shift.ppm() + 2 * noise)
                    .orElse(100.0);
            String symbol = molecule.atom(atom).element().symbol();
            shieldings.add(new ShieldingJson.Entry(atom, symbol, Math.rint(shielding * 1e4) / 1e4).fields());
        }
        return shieldings;
    }
}
