package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentCheckTest {

    private static final DataSet DELTA50 = DataSet.delta50();

    @Test
    void accusesNobodyWhenAllShiftsStandWhereTheyBelong() {
        assertThat(warnings(DELTA50)).isEmpty();
    }

    @Test
    void findsTheShiftOfAnisolesTableWithTheAssignmentThatFits() {
        // The ring carbons' shifts one atom off, as in the table that reached us.
        Map<Integer, Double> printed = Map.of(6, 159.55, 1, 113.90, 2, 129.45, 3, 120.65, 4, 129.45, 5, 113.90);
        List<AssignmentWarning> warnings = warnings(reassigned("compound_48", Nucleus.C13, printed));
        assertThat(warnings).isNotEmpty().allSatisfy(warning -> {
            assertThat(warning.point().moleculeId()).isEqualTo("compound_48");
            assertThat(warning.fitting())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(1, 159.55, 2, 113.90, 3, 129.45, 4, 120.65, 5, 129.45, 6, 113.90));
        });
        assertThat(warnings).extracting(warning -> warning.point().atoms()).contains(List.of(6), List.of(1, 5));
        assertThat(warnings)
                .flatExtracting(AssignmentWarning::neighbours)
                .anySatisfy(text -> assertThat(text).matches("C1: .*O\\d+ 1\\.37.*"));
    }

    @Test
    void findsAnExchangedPairOfGroups() {
        List<ExperimentalShift> carbons = group("compound_07", Nucleus.C13);
        double first = carbons.get(0).ppm();
        double other = carbons.stream()
                .mapToDouble(ExperimentalShift::ppm)
                .filter(ppm -> ppm != first)
                .findFirst()
                .orElseThrow();
        Map<Integer, Double> exchanged = carbons.stream()
                .collect(
                        Collectors.toMap(ExperimentalShift::atomNumber, shift -> shift.ppm() == first ? other : first));
        List<AssignmentWarning> warnings = warnings(reassigned("compound_07", Nucleus.C13, exchanged));
        assertThat(warnings).hasSize(2);
        carbons.forEach(shift -> assertThat(warnings.get(0).fitting()).containsEntry(shift.atomNumber(), shift.ppm()));
    }

    /**
     * Atoms 1 and 2 share the signal at 6 ppm and the table puts 2 and 3 together. Exchanging the groups leaves one of them 4
     * standard deviations off, exchanging atoms leaves none.
     */
    @Test
    void prefersTheExchangeThatLeavesNoOutlier() {
        LineFit others = others(20);
        double low = 6 - 8 * others.standardDeviation();
        double shieldingOfLow = others.m() * low + others.b();
        double shieldingOfHigh = others.m() * 6 + others.b();
        List<ShiftPoint> atoms = List.of(
                new ShiftPoint("compound_05", List.of(1), low, shieldingOfHigh),
                new ShiftPoint("compound_05", List.of(2), 6, shieldingOfHigh),
                new ShiftPoint("compound_05", List.of(3), 6, shieldingOfLow));
        List<ShiftPoint> groups = List.of(atoms.get(0), Points.merged(atoms.subList(1, 3)));

        assertThat(check(others, groups, atoms)).singleElement().satisfies(warning -> {
            assertThat(warning.point().atoms()).containsExactly(1);
            assertThat(warning.standardDeviations()).isCloseTo(8, within(1e-9));
            assertThat(warning.fitting()).containsExactlyInAnyOrderEntriesOf(Map.of(1, 6.0, 3, low));
        });
    }

    @ParameterizedTest
    @CsvSource({"10, 5.01, true", "10, -5.01, true", "10, 4.99, false", "9, 50, false"})
    void accusesFromFiveStandardDeviationsAndTenOthersOn(int points, double deviations, boolean accused) {
        LineFit others = others(points);
        double shift = 3 + deviations * others.standardDeviation();
        List<ShiftPoint> own = List.of(new ShiftPoint("compound_05", List.of(1), 3, others.m() * shift + others.b()));

        assertThat(check(others, own, own)).hasSize(accused ? 1 : 0);
    }

    /** Points that lie 0.1 ppm above and below a line in turn. */
    private static LineFit others(int count) {
        List<ShiftPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new ShiftPoint("other", List.of(i + 1), i * 0.5, 30 - i * 0.5 + (i % 2 == 0 ? 0.1 : -0.1)));
        }
        return new LineFit(points);
    }

    private static List<AssignmentWarning> check(LineFit others, List<ShiftPoint> own, List<ShiftPoint> atoms) {
        return AssignmentCheck.check(
                ScalingFactor.Key.parse("WP04/6-31G(d,p)/1H/CHCl3"),
                DELTA50.molecule("compound_05").orElseThrow(),
                others,
                own,
                atoms);
    }

    @Test
    void offersNoExchangeWhereNoneFits() {
        assertThat(warnings(reassigned("compound_39", Nucleus.C13, Map.of(1, 20.0))))
                .allSatisfy(warning -> assertThat(warning.fitting()).isEmpty());
        assertThat(warnings(reassigned("compound_39", Nucleus.C13, Map.of(1, 20.0))))
                .isNotEmpty();
    }

    @Test
    void hydrogensOfAMethylGroupThatDifferInOneConformerAreNotAccusedWhenEachAtomIsFitted() {
        List<ExperimentalShift> methyl = group("compound_05", Nucleus.H1);
        int first = methyl.get(0).atomNumber();
        List<ShieldingResult> results = new SyntheticRun(DELTA50)
                .results()
                .map(result -> result.moleculeId().equals("compound_05") ? twisted(result, first) : result)
                .toList();
        MethodAnalysis perAtom = ShieldingAnalysis.of(
                        DELTA50, results.stream(), AnalysisSettings.defaults().perAtom())
                .methods()
                .get(0);
        assertThat(perAtom.warnings()).isEmpty();
        assertThat(perAtom.fits().get(0).outliers())
                .extracting(outlier -> outlier.point().moleculeId())
                .contains("compound_05");
    }

    /** Moves one hydrogen of three by 2 ppm and the others against it, so that their mean stays. */
    private static ShieldingResult twisted(ShieldingResult result, int atom) {
        return new ShieldingResult(
                result.moleculeId(),
                result.functional(),
                result.solvent(),
                result.fingerprint(),
                result.shieldings().stream()
                        .map(shielding -> shielding.element() != Element.H
                                ? shielding
                                : new Shielding(
                                        shielding.atomNumber(),
                                        shielding.element(),
                                        shielding.ppm() + (shielding.atomNumber() == atom ? 2 : -1)))
                        .toList(),
                result.recoveredBy());
    }

    /** Checks shieldings that belong to the true shifts against a data set that may have them wrong. */
    private static List<AssignmentWarning> warnings(DataSet dataSet) {
        return ShieldingAnalysis.of(dataSet, new SyntheticRun(DELTA50).results(), AnalysisSettings.defaults())
                .methods()
                .get(0)
                .warnings();
    }

    private static List<ExperimentalShift> group(String moleculeId, Nucleus nucleus) {
        return DELTA50.shifts(moleculeId).stream()
                .filter(shift -> shift.nucleus() == nucleus)
                .toList();
    }

    private static DataSet reassigned(String moleculeId, Nucleus nucleus, Map<Integer, Double> shifts) {
        return Reassigned.delta50(moleculeId, nucleus, shifts);
    }
}
