package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.BasisSet;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NwchemBackendIT {

    private static final boolean MACHINE_IS_BUSY =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                    > Runtime.getRuntime().availableProcessors();

    private static NwchemProgram program;

    @TempDir
    Path directory;

    @BeforeAll
    static void findsNwchem() throws Exception {
        program = NwchemProgram.detect();
        assertThat(program.version()).matches("NWChem \\d+\\.\\d+.*");
    }

    @Test
    void calculatesWaterAsTheSampleHasIt() throws Exception {
        Molecule water = Samples.molecule("ok");
        LocalContext context = new LocalContext(directory.resolve("ok/B3LYP_CHCl3"));
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(Map.of("ok", water))
                .settings(NwchemSettings.builder()
                        .basis("6-31G(d)")
                        .basisType(BasisSet.Type.SPHERICAL)
                        .build())
                .build();

        CalculationOutcome outcome = backend.calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        List<Object> shieldings = Json.asArray(outcome.results().get("shielding_data"));
        assertThat(isotropic(shieldings, 0)).isCloseTo(334.4234, within(0.01));
        assertThat(isotropic(shieldings, 1)).isCloseTo(31.6667, within(0.001));
        assertThat(outcome.results())
                .containsEntry("program_version", program.version())
                .containsEntry("ranks", 1L);
        assertThat(context.directory().resolve("scratch")).doesNotExist();
        Map<String, Object> shifts =
                Json.parseObject(Files.readString(context.directory().resolve("shifts.json")));
        assertThat(shifts)
                .containsEntry("molecule_id", "ok")
                .containsEntry("functional", "B3LYP")
                .containsEntry("solvent", "CHCl3");
        assertThat(isotropic(Json.asArray(shifts.get("shielding_data")), 0)).isEqualTo(isotropic(shieldings, 0));
    }

    @Test
    void calculatesOnTwoRanksThroughMpirun() throws Exception {
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(Map.of("ok", Samples.molecule("ok")))
                .settings(NwchemSettings.builder().basis("STO-3G").ranks(2).build())
                .build();

        CalculationOutcome outcome =
                backend.calculate(calculation("ok", "WP04", "vacuum"), new LocalContext(directory));

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).containsEntry("ranks", 2L).containsEntry("dielectric", 1.0);
    }

    /**
     * NWChem tells the time of its first rank, from its start to its end; the other one works as long. What mpirun takes, and
     * starting and ending, is what an input with nothing to do takes. On a busy machine ranks that wait for each other differ.
     */
    @Test
    void theRecordTellsTheTimeOfBothRanks() throws Exception {
        Molecule molecule = DataSet.delta50().molecule("compound_01").orElseThrow();
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(Map.of(molecule.id(), molecule))
                .settings(NwchemSettings.builder().basis("6-31G(d)").ranks(2).build())
                .build();

        JournalRecord nothing = record("nothing", molecule, (calculation, context) -> {
            Files.writeString(context.directory().resolve("empty.nw"), "start empty\n");
            context.launch(ProcessRequest.builder(context.directory(), program.command(2, "empty.nw"))
                    .build());
            return CalculationOutcome.complete(Map.of());
        });
        JournalRecord record = record("run", molecule, backend);

        double told = 2 * record.outcome().decimal("cpu_seconds");
        double around = nothing.attempt().usage().orElseThrow().cpu().toMillis() / 1000.0;
        ResourceUsage usage = record.attempt().usage().orElseThrow();
        assertThat(told).as("long enough to be compared").isGreaterThan(4);
        // NWChem prints the time of its first rank only. The other one spins while it waits for the first, so on a busy
        // machine
        // both together take more than twice that time; they never take less.
        assertThat(usage.cpu().toMillis() / 1000.0)
                .isGreaterThan(0.95 * told)
                .isLessThan((MACHINE_IS_BUSY ? 1.3 : 1.1) * (told + around));
        assertThat(usage.peakMemoryBytes().orElseThrow()).isBetween(50L << 20, 4000L << 20);
        assertThat(usage.reservedCoreTime()).isGreaterThan(record.attempt().duration());
    }

    private JournalRecord record(String run, Molecule molecule, CalculationBackend backend) throws Exception {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(molecule.id())
                .axis("functional", "B3LYP")
                .axis("solvent", "vacuum")
                .build();
        return BenchmarkRunner.builder(directory.resolve(run), matrix, backend)
                .build()
                .run()
                .results()
                .of(matrix.get(0))
                .orElseThrow();
    }

    static double isotropic(List<Object> shieldings, int atom) {
        return (Double) Json.asObject(shieldings.get(atom)).get("shielding");
    }

    static Calculation calculation(String molecule, String functional, String solvent) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("functional", functional);
        parameters.put("solvent", solvent);
        return Calculation.of(molecule, parameters);
    }
}
