package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Durability;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analysis of a journal says what one of the same results in memory does. */
class JournalResultsTest {

    private static final DataSet DELTA50 = DataSet.delta50();
    private static final DataSet KNOWN = DELTA50.select(DELTA50.ids().subList(0, 12));
    private static final List<AnalysisSettings> SETTINGS = List.of(
            AnalysisSettings.defaults(),
            AnalysisSettings.defaults().perAtom().removingOutliers(),
            AnalysisSettings.defaults().excludingRecovered(),
            AnalysisSettings.defaults().only("grid", "1"));

    @TempDir
    Path directory;

    @Property(tries = 15)
    void saysTheSameAsOfResultsInMemory(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) throws IOException {
        RunDirectory run = RunDirectory.of(Files.createTempDirectory(Path.of("target"), "analysis"));
        List<ShieldingResult> results = run(run, seed);
        for (AnalysisSettings settings : SETTINGS) {
            ShieldingAnalysis ofJournal = ShieldingAnalysis.ofRun(KNOWN, RecordedRun.open(run), all -> true, settings);
            ShieldingAnalysis inMemory = ShieldingAnalysis.of(KNOWN, results.stream(), settings);
            assertThat(ofJournal.methods()).isNotEmpty().isEqualTo(inMemory.methods());
            assertThat(ofJournal.unknownMolecules()).isEqualTo(inMemory.unknownMolecules());
            for (ScalingFit fit : inMemory.fits()) {
                assertThat(ofJournal.points(fit))
                        .hasSize(fit.support().points())
                        .isEqualTo(inMemory.points(fit))
                        .contains(fit.worst())
                        .containsAll(fit.outliers())
                        .filteredOn(fit.removed()::contains)
                        .isEmpty();
            }
        }
    }

    @Test
    void looksAtTheCalculationsAskedForAlone() throws IOException {
        RunDirectory run = RunDirectory.of(directory);
        run(run, 1);
        ShieldingAnalysis analysis = ShieldingAnalysis.ofRun(
                KNOWN,
                RecordedRun.open(run),
                calculation -> calculation.parameter("functional").equals("F1"),
                AnalysisSettings.defaults());
        assertThat(analysis.methods())
                .extracting(method -> method.method().functional())
                .containsExactly("F1");
    }

    /** As two runs leave them in one directory, when the second spells the basis sets in another way. */
    @Test
    void aBasisSetInTwoSpellingsIsOneMethodNamedByTheFirst() throws IOException {
        spelled("6-31g(d)", KNOWN.ids().subList(6, 12));
        spelled("6-31G*", KNOWN.ids());
        RecordedRun run = RecordedRun.open(RunDirectory.of(directory));
        for (AnalysisSettings settings :
                List.of(AnalysisSettings.defaults(), AnalysisSettings.defaults().only("basis", "6-31G(d)"))) {
            ShieldingAnalysis analysis = ShieldingAnalysis.ofRun(KNOWN, run, all -> true, settings);

            assertThat(analysis.methods()).singleElement().satisfies(method -> {
                assertThat(method.method()).hasToString("F/6-31g(d)/CHCl3");
                assertThat(method.coverage().used()).hasSize(12);
                assertThat(method.refusals()).isEmpty();
                assertThat(method.conditions())
                        .containsEntry("basis", "6-31g(d)")
                        .containsEntry("geometry_level", "B3LYP/6-31g(d)");
            });
            Path file = Files.writeString(directory.resolve("factors.json"), Written.factors(analysis));
            assertThat(ScalingFactorsFile.read(file).all()).hasSize(2);
        }
    }

    private void spelled(String basis, List<String> molecules) throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(molecules)
                .axis("functional", "F")
                .axis("solvent", "CHCl3")
                .build();
        BenchmarkRunner.builder(directory, matrix, new Spelled(basis))
                .durability(Durability.PERIODIC)
                .build()
                .run();
    }

    private record Spelled(String basis) implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            Molecule molecule = DELTA50.molecule(calculation.subject()).orElseThrow();
            Random random = new Random(calculation.taskId().hashCode());
            return CalculationOutcome.complete(Map.of(
                    "basis",
                    basis,
                    "optimization",
                    Map.of("functional", "B3LYP", "basis", basis, "solvent", "vacuum"),
                    "shielding_data",
                    new SyntheticRun(DELTA50).shieldings(molecule, random)));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("basis", "6-31g*", "task", "optimization_and_shielding"));
        }
    }

    @Test
    void pointsOfAJournalThatIsGoneAreAnError() throws IOException {
        RunDirectory run = RunDirectory.of(directory);
        run(run, 1);
        ShieldingAnalysis analysis =
                ShieldingAnalysis.ofRun(KNOWN, RecordedRun.open(run), all -> true, AnalysisSettings.defaults());
        ScalingFit fit = analysis.fits().get(0);
        Files.delete(RunFiles.journal(run));
        assertThatThrownBy(() -> analysis.points(fit))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(RunFiles.journal(run).toString());
    }

    /** Runs some molecules more than the data set has twice, the second time part of them on another grid. */
    private static List<ShieldingResult> run(RunDirectory directory, long seed) throws IOException {
        List<String> molecules = DELTA50.ids().subList(0, 14);
        for (int round = 1; round <= 2; round++) {
            CalculationMatrix matrix = CalculationMatrix.builder()
                    .subjects(molecules.subList(0, round == 1 ? 14 : (int) (seed % 14) + 1))
                    .axis(
                            "functional",
                            IntStream.range(0, 3).mapToObj(i -> "F" + i).toList())
                    .axis("solvent", "CHCl3")
                    .build();
            BenchmarkRunner.builder(directory.path(), matrix, new Noisy(seed, round))
                    .durability(Durability.PERIODIC)
                    .failurePolicy(FailurePolicy.never())
                    .rerunStale(true)
                    .build()
                    .run();
        }
        List<ShieldingResult> results = new ArrayList<>();
        RecordedRun.open(directory)
                .forEachStanding(record -> ShieldingResult.of(record).ifPresent(results::add));
        return results;
    }

    private record Noisy(long seed, int round) implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            Random random = new Random(seed + 31L * calculation.taskId().hashCode() + round);
            if (random.nextInt(10) == 0) {
                return CalculationOutcome.failed(CalculationFailure.of("scf").because("did not converge"));
            }
            Molecule molecule = DELTA50.molecule(calculation.subject()).orElseThrow();
            return CalculationOutcome.complete(Map.of(
                    "basis",
                    "6-31G**",
                    "shielding_data",
                    new SyntheticRun(DELTA50).shieldings(molecule, random),
                    "recovered_by",
                    random.nextInt(5) == 0 ? List.of("noautoz") : List.of()));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            boolean changed = calculation.parameter("functional").equals("F2");
            return Fingerprint.of(Map.of("grid", changed ? String.valueOf(round) : "1"));
        }
    }
}
