package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.ResultGate.Refusal;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.output.GridSection;
import io.github.qmbench.nwchem.output.OutputFormatException;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outputs of NWChem 7.0.2, each calculated with one thing other than was asked for. All of them ended with exit code 0. Each
 * {@code input.nw} beside them differs in one place from that of the sample that was asked for.
 */
class GateDeviationsTest {

    private static final int FUNCTIONS = 19; // of water with 6-31G* and six d functions: 15 + 2 + 2

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b3lyp             | B3LYP     | 6-31G* | 19",
                "b3lyp-written-out | B3LYP     | 6-31G* | 19",
                "b3lyp             | xc=HFexch 0.2 becke88 nonlocal 0.72 lyp 0.81 vwn_1_rpa 0.19 slater 0.8 | 6-31G* | 19",
                "camb3lyp          | CAM-B3LYP | 6-31G* | 19",
                "b3pw91            | B3PW91    | 6-31G* | 19",
                "hf                | HF        | 6-31G* | 19",
                "b3lyp-631g        | B3LYP     | 6-31G  | 13",
                "b3lyp-321g        | B3LYP     | 3-21G  | 13",
            })
    void whatWasAskedForPasses(String sample, String functional, String basis, int functions) throws IOException {
        assertThat(refusal(sample, functional, basis, Type.CARTESIAN, functions, tight()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camb3lyp-without-cam | CAM-B3LYP | the functional is",
                "camb3lyp-alpha       | CAM-B3LYP | Alpha=0.2,",
                "camb3lyp-beta        | CAM-B3LYP | Beta=0.47",
                "camb3lyp-omega       | CAM-B3LYP | Gamma=0.34",
                "b3pw91-full-becke88  | B3PW91    | Becke 1988 Exchange Functional=0.72,",
                "b3pw91-weight        | B3PW91    | Perdew 1991 Correlation Functional non-local=0.82",
                "b3lyp-repeated       | B3LYP     | Slater Exchange Functional local=0.4,",
                "b3lyp-cut-off        | B3LYP     | the functional is",
                "b3lyp-cut-off | xc=HFexch 0.2 becke88 nonlocal 0.72 lyp 0.81 vwn_1_rpa 0.19 slater 0.8 | the functional is",
            })
    void anotherFunctionalIsRefused(String sample, String functional, String reason) throws IOException {
        Refusal refusal = refusal(sample, functional, "6-31G*", Type.CARTESIAN, FUNCTIONS, tight())
                .orElseThrow();

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCONSISTENT_OUTPUT);
        assertThat(refusal.reasons())
                .singleElement()
                .asString()
                .startsWith("the functional is")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b3lyp-grid         | the grid is fine with points [60 590, 70 590] where medium was asked for",
                "b3lyp-charge       | the charge is 2 where 0 was asked for",
                "b3lyp-multiplicity | the multiplicity is 3 where 1 was asked for",
                "b3lyp-functions    | the number of basis functions is 13 where 19 was asked for",
                "b3lyp-energy       | the threshold energy is 1.0E-7 where 1.0E-8 was asked for",
                "b3lyp-density      | the threshold density is 1.0E-5 where 1.0E-6 was asked for",
                "b3lyp-gradient     | the threshold gradient is 5.0E-4 where 1.0E-5 was asked for",
                "b3lyp-tolrho       | the threshold tol_rho is 1.0E-12 where 1.0E-11 was asked for",
                "b3lyp-chcl3        | COSMO was used where vacuum was asked for",
                "lebedev            | the grid is lebedev with points [75 302] where medium was asked for",
            })
    void anotherSettingIsRefused(String sample, String reason) throws IOException {
        Refusal refusal = refusal(sample, "B3LYP", "6-31G*", Type.CARTESIAN, FUNCTIONS, tight())
                .orElseThrow();

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCONSISTENT_OUTPUT);
        assertThat(refusal.reasons()).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b3lyp-631g-spherical | 6-31G | the basis set is spherical where cartesian was asked for",
                "b3lyp-321g           | 6-31G | the basis set of O is 3-21G where 6-31G was asked for",
            })
    void anotherBasisSetOfAsManyFunctionsIsRefused(String sample, String basis, String reason) throws IOException {
        assertThat(refusal(sample, "B3LYP", basis, Type.CARTESIAN, 13, tight())
                        .orElseThrow()
                        .reasons())
                .containsExactly(reason);
    }

    @Test
    void anotherSolventIsRefused() throws IOException {
        assertThat(solvent("b3lyp-chcl3", "CHCl3")).isEmpty();
        assertThat(solvent("b3lyp-dmso", "DMSO")).isEmpty();
        assertThat(solvent("b3lyp-dmso", "CHCl3").orElseThrow().reasons())
                .containsExactly(
                        "the solvent is dmso of dielectric constant 46.826 where CHCl3 of 4.7113 was asked for");
    }

    @Test
    void vacuumWhereASolventWasAskedForIsRefused() throws IOException {
        assertThat(solvent("b3lyp", "CHCl3").orElseThrow().reasons())
                .containsExactly("vacuum was used where COSMO 4.7113 was asked for");
    }

    /** A directive of the user stands in place of the settings of its name, and of no other. */
    @ParameterizedTest
    @CsvSource({
        "b3lyp-energy, convergence energy 1d-7, true",
        "b3lyp-energy, '  CONVERGENCE energy 1d-7', true",
        "b3lyp-energy, tolerances tol_rho 1d-11, false",
        "b3lyp-tolrho, tolerances tol_rho 1d-12, true",
        "b3lyp-tolrho, iterations 50, false",
    })
    void onlyTheUsersOwnDirectivesAreNotCompared(String sample, String directive, boolean passes) throws IOException {
        NwchemSettings settings =
                NwchemSettings.builder().dftDirectives(List.of(directive)).build();

        assertThat(refusal(sample, "B3LYP", "6-31G*", Type.CARTESIAN, FUNCTIONS, settings)
                        .isEmpty())
                .isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"lebedev, true", "lebedev-radial, false", "lebedev-angular, false"})
    void theNumbersOfALebedevGridAreCompared(String sample, boolean same) throws IOException {
        assertThat(refusal(
                                sample,
                                "B3LYP",
                                "6-31G*",
                                Type.CARTESIAN,
                                FUNCTIONS,
                                NwchemSettings.builder().grid("lebedev 75 11").build())
                        .isEmpty())
                .isEqualTo(same);
    }

    /** NWChem makes {@code tol_rho} finer than it is told where the criterion of the energy is finer: 1d-12 for 1d-9. */
    @Test
    void aFinerCriterionOfTheEnergyMakesTolRhoFiner() throws IOException {
        NwchemSettings finer = NwchemSettings.builder()
                .scfConvergence(new ScfConvergence(1e-9, 1e-6, 1e-5))
                .build();

        assertThat(refusal("hydrogen-energy-1d-9", "B3LYP", "STO-3G", Type.CARTESIAN, 2, finer))
                .isEmpty();
    }

    /** As NWChem 7.0.2 printed them for {@code grid lebedev 20 1} to {@code lebedev 20 29}. */
    private static final int[] ANGULAR = {
        38, 50, 74, 86, 110, 146, 170, 194, 230, 266, 302, 350, 434, 590, 770, 974, 1202, 1454, 1730, 2030, 2354, 2702,
        3074, 3470, 3890, 4334, 4802, 5294, 5810
    };

    @Test
    void everyAngularGridIsToldFromTheNext() {
        for (int number = 1; number <= ANGULAR.length; number++) {
            GridSection printed = new GridSection();
            printed.line("          Grid used for XC integration:  lebedev   ", 1);
            printed.line("          H                   0.35       20           4.0      " + ANGULAR[number - 1], 2);

            assertThat(Grid.isUsed("lebedev 20 " + number, printed)).isTrue();
            assertThat(Grid.isUsed("lebedev 20 " + (number % 29 + 1), printed)).isFalse();
            assertThat(Grid.isUsed("lebedev 21 " + number, printed)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"tpss-opt, true", "tpss-opt-weight, false"})
    void theWeightsOfAMetaGgaAreComparedInAnOptimisation(String sample, boolean same) throws IOException {
        Method method =
                new Method(Functional.parse("TPSS"), BasisSet.of("6-31G*").withType(Type.CARTESIAN), Solvent.VACUUM);

        Optional<Refusal> refusal = ResultGate.forOptimization(molecule(sample), method, tight(), OptionalInt.of(4))
                .refuse(Samples.parse(Samples.output("gate/" + sample)));

        assertThat(refusal.isEmpty()).isEqualTo(same);
        refusal.ifPresent(why ->
                assertThat(why.reasons()).singleElement().asString().contains("TPSS metaGGA Exchange Functional=0.9"));
    }

    /** What must be there. Written down from the outputs, and from nothing in the main code. */
    private static final List<Pattern> REQUIRED = List.of(
            Pattern.compile("Northwest Computational Chemistry Package"),
            Pattern.compile("^ +Charge +:"),
            Pattern.compile("Spin multiplicity:"),
            Pattern.compile("AO basis - number of functions:"),
            Pattern.compile("Convergence on (energy|density|gradient) requested:"),
            Pattern.compile("Density screening/tol_rho:"),
            Pattern.compile("(Exchange|Correlation) Functional +-?\\d"),
            Pattern.compile("Hartree-Fock \\(Exact\\) Exchange"),
            Pattern.compile("^ +(Alpha|Beta|Gamma|Short-Range HF) +: +"),
            Pattern.compile("^ +XC Information"),
            Pattern.compile("Grid used for XC integration:"),
            Pattern.compile("Total DFT energy ="),
            Pattern.compile("Iterative solution of linear equations"),
            Pattern.compile("Chemical Shielding Tensors"),
            Pattern.compile("^ +Atom: +\\d"),
            Pattern.compile("(isotropic|anisotropy) +="),
            Pattern.compile("(Dia|Para)magnetic|Total Shielding Tensor"),
            Pattern.compile("Total times +cpu"),
            Pattern.compile("^ (O|H) +6-31G\\* +\\d"),
            Pattern.compile("solvname_short:"),
            Pattern.compile("^ dielec:"));

    @ParameterizedTest
    @ValueSource(strings = {"camb3lyp", "b3pw91", "b3lyp-chcl3"})
    void noneOfTheRequiredLinesCanBeMissing(String sample) throws IOException {
        String functional = sample.startsWith("cam") ? "CAM-B3LYP" : sample.startsWith("b3pw91") ? "B3PW91" : "B3LYP";
        List<String> lines = Samples.output("gate/" + sample).lines().toList();
        // What NWChem prints twice and reads once: the summary of the basis sets before the SCF and before the task.
        int removed = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (REQUIRED.stream().noneMatch(pattern -> pattern.matcher(line).find())) {
                continue;
            }
            List<String> others = new ArrayList<>(lines);
            others.remove(i);
            if (isPrintedAgain(line, lines, i)) {
                others.removeIf(line::equals);
            }
            removed++;
            assertThat(refuses(String.join("\n", others), functional, sample.endsWith("chcl3") ? "CHCl3" : "vacuum"))
                    .as("without line %d: %s", i + 1, line)
                    .isTrue();
        }
        assertThat(removed).isGreaterThan(35);
    }

    private static boolean isPrintedAgain(String line, List<String> lines, int at) {
        return line.matches(" (O|H) +6-31G\\* .*") && lines.lastIndexOf(line) != at;
    }

    private static boolean refuses(String text, String functional, String solvent) throws IOException {
        try {
            Method method = new Method(
                    Functional.parse(functional),
                    BasisSet.of("6-31G*").withType(Type.CARTESIAN),
                    Solvent.parse(solvent));
            return ResultGate.forShieldings(molecule("b3lyp"), method, tight(), OptionalInt.of(FUNCTIONS))
                    .refuse(Samples.parse(text))
                    .isPresent();
        } catch (OutputFormatException e) {
            return e.line() > 0;
        }
    }

    private static Optional<Refusal> solvent(String sample, String solvent) throws IOException {
        Method method = new Method(
                Functional.parse("B3LYP"), BasisSet.of("6-31G*").withType(Type.CARTESIAN), Solvent.parse(solvent));
        return ResultGate.forShieldings(molecule(sample), method, tight(), OptionalInt.of(FUNCTIONS))
                .refuse(Samples.parse(Samples.output("gate/" + sample)));
    }

    private static Optional<Refusal> refusal(
            String sample, String functional, String basis, Type type, int functions, NwchemSettings settings)
            throws IOException {
        Method method =
                new Method(Functional.parse(functional), BasisSet.of(basis).withType(type), Solvent.VACUUM);
        return ResultGate.forShieldings(molecule(sample), method, settings, OptionalInt.of(functions))
                .refuse(Samples.parse(Samples.output("gate/" + sample)));
    }

    private static NwchemSettings tight() {
        return NwchemSettings.defaults();
    }

    private static Molecule molecule(String sample) {
        return Samples.molecule("gate/" + sample);
    }
}
