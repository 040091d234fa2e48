package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.SharedGeometries.Answer;
import io.github.qmbench.nwchem.output.NwchemOutput;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OptimizationTest {

    private static final NwchemSettings OPTIMIZE = NwchemSettings.builder()
            .grid("fine")
            .scfConvergence(new ScfConvergence(1e-6, 1e-5, 5e-4)) // with which the sample was calculated
            .dftDirectives(List.of("tolerances tol_rho 1d-10"))
            .basis("6-31G*")
            .basisType(Type.CARTESIAN)
            .task(Task.OPTIMIZATION)
            .build();

    @TempDir
    Path directory;

    @Test
    void givesTheLastGeometry() throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample("opt", 0);

        CalculationOutcome outcome =
                NwchemBackendTest.backend(OPTIMIZE).build().calculate(calculation("opt", "B3LYP", "vacuum"), context);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        List<Object> geometry = Json.asArray(outcome.results().get("optimized_geometry"));
        assertThat(geometry).hasSize(6);
        assertThat(Json.asObject(geometry.get(0))).containsEntry("atom", "C").containsEntry("x", 0.28056853);
        assertThat(Json.asObject(outcome.results().get("optimization")))
                .containsEntry("steps", 3L)
                .containsEntry("functional", "B3LYP")
                .containsEntry("basis", "6-31G*")
                .containsEntry("solvent", "vacuum")
                .containsEntry("total_energy_hartree", -132.754929129042)
                .containsEntry("cpu_seconds", 6.1)
                .containsEntry("wall_seconds", 7.0)
                .doesNotContainKey("recovered_by");
        assertThat(outcome.results()).doesNotContainKey("shielding_data");
        assertThat(directory.resolve("optimization/output.out")).exists();
        assertThat(directory.resolve("optimization/scratch")).doesNotExist();
    }

    @Test
    void computesAGeometryOnceForAllWhoAskForTheSame() throws Exception {
        NwchemBackend backend = NwchemBackendTest.backend(OPTIMIZE.toBuilder()
                        .optimization(Samples.b3lyp("6-31G*", Type.CARTESIAN, "vacuum"))
                        .build())
                .build();
        ReplayingContext context = new ReplayingContext(directory).thenSample("opt", 0);

        CalculationOutcome first = backend.calculate(calculation("opt", "B3LYP", "CHCl3"), context);
        CalculationOutcome second = backend.calculate(calculation("opt", "WP04", "DMSO"), context);

        assertThat(context.requests).hasSize(1);
        assertThat(second.results().get("optimized_geometry"))
                .isEqualTo(first.results().get("optimized_geometry"));
    }

    @Test
    void keepsGeometriesForAResumedRun() throws Exception {
        Path geometries = directory.resolve("geometries");
        ReplayingContext context = new ReplayingContext(directory).thenSample("opt", 0);
        CalculationOutcome first = NwchemBackendTest.backend(OPTIMIZE)
                .geometries(geometries)
                .build()
                .calculate(calculation("opt", "B3LYP", "vacuum"), context);

        CalculationOutcome second = NwchemBackendTest.backend(OPTIMIZE)
                .geometries(geometries)
                .build()
                .calculate(calculation("opt", "B3LYP", "vacuum"), context);

        assertThat(context.requests).hasSize(1);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void namesADamagedGeometryFile() throws Exception {
        Path geometries = Files.createDirectory(directory.resolve("geometries"));
        SharedGeometries shared = new SharedGeometries(Optional.of(geometries));
        Files.writeString(geometries.resolve("key.json"), "{\"geometry\": [");

        assertThatThrownBy(() -> shared.get("key", Samples.molecule("opt"), () -> null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.json");
    }

    @Test
    @Timeout(20)
    void neitherWaitsForAPipeNorFollowsALink() throws Exception {
        Path geometries = Files.createDirectory(directory.resolve("geometries"));
        assumeThat(new ProcessBuilder("mkfifo", geometries.resolve("key.json").toString())
                        .start()
                        .waitFor())
                .isZero();
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("else")));
        OptimizedGeometry geometry = OptimizedGeometry.of(
                Samples.molecule("opt"),
                NwchemOutput.read(new StringReader(Samples.output("opt"))),
                Samples.b3lyp("6-31G*", Type.CARTESIAN, "vacuum"),
                List.of());
        Answer answer = new Answer(Optional.of(geometry), Optional.empty());

        assertThatThrownBy(() ->
                        new SharedGeometries(Optional.of(geometries)).get("key", Samples.molecule("opt"), () -> answer))
                .hasMessageContaining("not a regular file");
        assertThatThrownBy(
                        () -> new SharedGeometries(Optional.of(link)).get("key", Samples.molecule("opt"), () -> answer))
                .hasMessageContaining("symbolic link");
        assertThat(directory.resolve("else")).isEmptyDirectory();
    }

    @Test
    void sharesAFailureOfTheMoleculeButTriesAgainAfterOneOfTheMachine() throws Exception {
        SharedGeometries shared = new SharedGeometries(Optional.empty());
        Molecule molecule = Samples.molecule("opt");
        AtomicInteger computed = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            shared.get("molecule", molecule, () -> {
                computed.incrementAndGet();
                return new Answer(
                        Optional.empty(),
                        Optional.of(CalculationFailure.of("scf-not-converged").because("")));
            });
        }
        assertThat(computed).hasValue(1);
        for (int i = 0; i < 3; i++) {
            shared.get("machine", molecule, () -> {
                computed.incrementAndGet();
                return new Answer(
                        Optional.empty(),
                        Optional.of(CalculationFailure.ofMachine("disk-full").because("")));
            });
        }
        assertThat(computed).hasValue(4);
    }

    @Test
    void threadsThatAskAtOnceWaitForOne() throws Exception {
        SharedGeometries shared = new SharedGeometries(Optional.empty());
        Molecule molecule = Samples.molecule("opt");
        OptimizedGeometry geometry = new OptimizedGeometry(molecule, Map.of());
        AtomicInteger computed = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Answer>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(() -> {
                    begun.countDown();
                    begun.await();
                    return shared.get("key", molecule, () -> {
                        computed.incrementAndGet();
                        return new Answer(Optional.of(geometry), Optional.empty());
                    });
                });
            }
            for (Future<Answer> answer : threads.invokeAll(tasks)) {
                assertThat(answer.get().geometry()).contains(geometry);
            }
            assertThat(computed).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptedComputationIsLeftToTheNext() throws Exception {
        SharedGeometries shared = new SharedGeometries(Optional.empty());
        Molecule molecule = Samples.molecule("opt");
        OptimizedGeometry geometry = new OptimizedGeometry(molecule, Map.of());

        assertThatThrownBy(() -> shared.get("key", molecule, () -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(shared.get("key", molecule, () -> new Answer(Optional.of(geometry), Optional.empty()))
                        .geometry())
                .contains(geometry);
    }

    @Test
    void anOptimisedGeometryIsPartOfTheFingerprint() {
        NwchemSettings shielding = OPTIMIZE.toBuilder().task(Task.SHIELDING).build();
        NwchemSettings both =
                OPTIMIZE.toBuilder().task(Task.OPTIMIZATION_AND_SHIELDING).build();

        assertThat(NwchemBackendTest.backend(shielding)
                        .build()
                        .fingerprint(calculation("ok", "B3LYP", "CHCl3"))
                        .differences(NwchemBackendTest.backend(both)
                                .build()
                                .fingerprint(calculation("ok", "B3LYP", "CHCl3"))))
                .contains("task", "optimization_functional", "optimization_solvent");
    }
}
