package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.ResultGate.Refusal;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.output.OutputFormatException;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultGateTest {

    private static final Method METHOD = Samples.b3lyp("6-31G*", Type.SPHERICAL, "CHCl3");

    @Test
    void letsAWholeAnswerPass() throws IOException {
        assertThat(refusal("ok", METHOD)).isEmpty();
        assertThat(refusal("nitromethane", Samples.b3lyp("6-311+G(2d,p)", Type.SPHERICAL, "CHCl3")))
                .isEmpty();
    }

    @Test
    void catchesWaterTakenForASolventNobodyKnows() throws IOException {
        Refusal refusal = refusal("badsolv", METHOD).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCONSISTENT_OUTPUT);
        assertThat(refusal.reasons()).singleElement().asString().contains("klingon", "78.4", "CHCl3", "4.7113");
    }

    @Test
    void catchesADroppedAtom() throws IOException {
        Refusal refusal = refusal("close", METHOD).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCONSISTENT_OUTPUT);
        assertThat(refusal.reasons()).anySatisfy(reason -> assertThat(reason).contains("3 shieldings", "4 atoms"));
    }

    @ParameterizedTest
    @CsvSource({
        "B3LYP, 6-31G*, CARTESIAN, CHCl3, the basis set is spherical where cartesian",
        "B3LYP, 6-31G*, SPHERICAL, DMSO, the solvent is chcl3",
        "B3LYP, 6-31G*, SPHERICAL, vacuum, COSMO was used where vacuum",
        "B3LYP, 6-31G*, SPHERICAL, dielectric=4.72, of dielectric constant 4.7113",
        "PBE0, 6-31G*, SPHERICAL, CHCl3, the functional is",
        "BLYP, 6-31G*, SPHERICAL, CHCl3, the functional is",
    })
    void catchesAnotherMethod(String functional, String basis, Type type, String solvent, String reason)
            throws IOException {
        Method asked =
                new Method(Functional.parse(functional), BasisSet.of(basis).withType(type), Solvent.parse(solvent));

        Refusal refusal = refusal("ok", asked).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCONSISTENT_OUTPUT);
        assertThat(String.join("\n", refusal.reasons())).contains(reason);
    }

    @Test
    void catchesAnotherMolecule() throws IOException {
        Molecule water = Samples.molecule("ok");
        List<Atom> otherOrder = new ArrayList<>(water.atoms());
        Collections.reverse(otherOrder);
        List<Atom> otherPlace = new ArrayList<>(water.atoms());
        otherPlace.set(2, new Atom(Element.H, -0.757, 0.5861, 0));

        assertThat(refusal("ok", METHOD, new Molecule("w", "w", otherOrder, 0, 1)))
                .hasValueSatisfying(r -> assertThat(r.reasons()).anyMatch(reason -> reason.contains("other atoms")));
        assertThat(refusal("ok", METHOD, new Molecule("w", "w", otherPlace, 0, 1)))
                .hasValueSatisfying(r -> assertThat(r.reasons()).anyMatch(reason -> reason.contains("atom 3 is off")));
        assertThat(refusal("ok", METHOD, new Molecule("w", "w", water.atoms(), 1, 1)))
                .hasValueSatisfying(
                        r -> assertThat(r.reasons()).containsExactly("the charge is 0 where 1 was asked for"));
        assertThat(refusal("ok", METHOD, new Molecule("w", "w", water.atoms(), 0, 3)))
                .hasValueSatisfying(
                        r -> assertThat(r.reasons()).containsExactly("the multiplicity is 1 where 3 was asked for"));
    }

    @ParameterizedTest
    @CsvSource({
        "'Northwest Computational Chemistry Package', no version of NWChem",
        "'Total DFT energy =', no total energy",
        "'Output coordinates in angstroms', no geometry",
        "'Charge           :', no charge",
        "'Spin multiplicity:', no spin multiplicity",
        "'AO basis - number of functions:', no number of basis functions",
        "'\"ao basis\"', no shape of the basis functions",
        "'Grid used for XC integration:', no grid",
        "'XC Information', no functional",
        "'Chemical Shielding Tensors', no shieldings"
    })
    void whatIsNotPrintedIsNamed(String line, String reason) throws IOException {
        Refusal refusal = refusalOf(text -> String.join(
                "\n", text.lines().filter(printed -> !printed.contains(line)).toList()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCOMPLETE_OUTPUT);
        assertThat(refusal.reasons()).contains(reason);
    }

    @Test
    void anOptimisationThatDidNotConvergeIsRefusedAlsoWhenNwchemEndedNormally() throws IOException {
        String text = Samples.output("opt").replace("Optimization converged", "");
        assertThat(text).isNotEqualTo(Samples.output("opt"));

        Refusal refusal = optimization().refuse(Samples.parse(text)).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(FailureKind.INCOMPLETE_OUTPUT);
        assertThat(refusal.reasons()).containsExactly("no line \"Optimization converged\"");
    }

    @Test
    void hydrogenMayHaveABasisSetOfItsOwn() throws IOException {
        BasisSet same = new BasisSet("mixed", "6-31G*", Optional.of("6-31G*"), Type.SPHERICAL);
        BasisSet other = new BasisSet("mixed", "6-31G*", Optional.of("3-21G"), Type.SPHERICAL);

        assertThat(refusal("ok", new Method(METHOD.functional(), same, METHOD.solvent())))
                .isEmpty();
        assertThat(refusal("ok", new Method(METHOD.functional(), other, METHOD.solvent()))
                        .orElseThrow()
                        .reasons())
                .containsExactly("the basis set of H is 6-31g* where 3-21G was asked for");
    }

    @Test
    void namesTheLastResidualOfACphfThatDidNotConverge() throws IOException {
        assertThat(refusalOf(text -> text.replace("8.87D-05", "8.87D-03")).reasons())
                .containsExactly("the last residual is 0.00887");
        assertThat(gate(Samples.molecule("ok"), METHOD)
                        .refuse(Samples.parse(Samples.output("ok").replace("8.87D-05", "1.00D-04"))))
                .as("a residual as large as the threshold")
                .isEmpty();
    }

    @Test
    void shieldingsInAnotherOrderAreNamed() throws IOException {
        Refusal refusal = refusalOf(text -> text.replace("Atom:    2  H", "Atom:    3  H"));

        assertThat(refusal.reasons()).containsExactly("shielding 2 is that of atom 3");
    }

    /** Each atom in each direction: NWChem prints eight decimals, of which the last is rounded. */
    @Test
    void catchesAnAtomThatWasMovedInAnyDirection() throws IOException {
        Method method = Samples.b3lyp("6-311+G(2d,p)", Type.SPHERICAL, "CHCl3");
        Molecule nitromethane = Samples.molecule("nitromethane");
        for (int i = 0; i < nitromethane.atoms().size(); i++) {
            for (double[] by : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {-1, 0, 0}, {0, -1, 0}, {0, 0, -1}}) {
                assertThat(refusal("nitromethane", method, moved(nitromethane, i, by, 1e-6)))
                        .as("atom %d by a millionth of %s", i + 1, Arrays.toString(by))
                        .isEmpty();
                assertThat(refusal("nitromethane", method, moved(nitromethane, i, by, 4e-6)))
                        .as("atom %d by four millionths of %s", i + 1, Arrays.toString(by))
                        .hasValueSatisfying(refusal -> assertThat(refusal.reasons())
                                .singleElement()
                                .asString()
                                .startsWith("NWChem took another geometry than was given"));
            }
        }
    }

    private static Molecule moved(Molecule molecule, int which, double[] by, double angstrom) {
        List<Atom> atoms = new ArrayList<>(molecule.atoms());
        Atom atom = atoms.get(which);
        atoms.set(
                which,
                new Atom(
                        atom.element(),
                        atom.x() + angstrom * by[0],
                        atom.y() + angstrom * by[1],
                        atom.z() + angstrom * by[2]));
        return new Molecule(molecule.id(), molecule.name(), atoms, 0, 1);
    }

    @Test
    void catchesACphfThatStoppedAboveItsThreshold() throws IOException {
        assertThat(refusalOf(text -> text.replace("8.87D-05", "8.87D-03")).kind())
                .isEqualTo(FailureKind.CPHF_NOT_CONVERGED);
        assertThat(refusalOf(text -> text.replace("8.87D-05", "1.01D-04")).kind())
                .isEqualTo(FailureKind.CPHF_NOT_CONVERGED);
    }

    @ParameterizedTest
    @CsvSource({"8.87D-05, 8.87D-05, true", "8.87D-03, 8.87D-05, false", "8.87D-05, 8.87D-03, false"})
    void ofSeveralCphfSolutionsEachMustConverge(String first, String second, boolean passes) throws IOException {
        String text = Samples.output("ok");
        int begin = text.indexOf("Iterative solution of linear equations");
        String solution = text.substring(begin, text.indexOf(" Parallel integral file used", begin));
        assertThat(solution).contains("8.87D-05");
        String twice =
                text.replace(solution, solution.replace("8.87D-05", first) + solution.replace("8.87D-05", second));

        assertThat(gate(Samples.molecule("ok"), METHOD)
                        .refuse(Samples.parse(twice))
                        .map(Refusal::kind))
                .isEqualTo(passes ? Optional.empty() : Optional.of(FailureKind.CPHF_NOT_CONVERGED));
    }

    @Test
    void catchesAnScfThatDidNotConverge() throws IOException {
        assertThat(refusalOf(text -> text.replace(
                                "         Total DFT energy",
                                "      Calculation failed to converge\n\n         Total DFT energy"))
                        .kind())
                .isEqualTo(FailureKind.SCF_NOT_CONVERGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "nitromethane"})
    void anOutputCutAtAnyLineNeverPasses(String sample) throws IOException {
        Method method = sample.equals("ok") ? METHOD : Samples.b3lyp("6-311+G(2d,p)", Type.SPHERICAL, "CHCl3");
        String text = Samples.output(sample);
        int cuts = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < text.length() - 1; end = text.indexOf('\n', end + 1)) {
            assertThat(refuses(text.substring(0, end + 1), sample, method))
                    .as("cut after %d characters", end)
                    .isTrue();
            cuts++;
        }
        assertThat(cuts).isGreaterThan(800);
    }

    @Test
    void anOutputCutWithinItsClosingLineNeverPasses() throws IOException {
        String text = Samples.output("ok").stripTrailing();
        for (int missing = 1; missing < 60; missing++) {
            assertThat(refuses(text.substring(0, text.length() - missing), "ok", METHOD))
                    .isTrue();
        }
    }

    @Test
    void anOptimisationCutAtAnyLineNeverPasses() throws IOException {
        String text = Samples.output("opt");
        ResultGate gate = optimization();
        assertThat(gate.refuse(Samples.parse(text))).isEmpty();
        int cuts = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < text.length() - 1; end = text.indexOf('\n', end + 1)) {
            if (cuts++ % 7 == 0 || end > text.length() - 20_000) {
                assertThat(gate.refuse(Samples.parse(text.substring(0, end)))).isPresent();
            }
        }
        assertThat(cuts).isGreaterThan(3000);
    }

    @Test
    void refusesAnotherGridThanWasAskedFor() throws IOException {
        Refusal refusal = ResultGate.forShieldings(
                        Samples.molecule("ok"),
                        METHOD,
                        Samples.settings().grid("medium").build(),
                        OptionalInt.empty())
                .refuse(Samples.parse(Samples.output("ok")))
                .orElseThrow();
        assertThat(refusal.reasons())
                .containsExactly("the grid is fine with points [60 590, 70 590] where medium was asked for");
    }

    /** As much as rounding may hide passes, and a little more does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.720 non-local | 0.7205 non-local | 0.721 non-local",
                "1.00D-07 | 1.005D-07 | 1.006D-07",
                "1.00D-05 | 1.005D-05 | 1.006D-05",
                "5.00D-04 | 5.02D-04 | 5.03D-04",
                "1.00D-11 | 1.005D-11 | 1.006D-11",
                "-eps-     =   4.71 | -eps-     =   4.716 | -eps-     =   4.717",
                "dielec:        4.7113 | dielec:        4.71134 | dielec:        4.71136",
            })
    void aDifferenceMayBeThatOfRounding(String printed, String near, String far) throws IOException {
        String output = Samples.output("ok");
        assertThat(output).contains(printed);

        assertThat(refuses(output.replace(printed, near), "ok", METHOD)).isFalse();
        assertThat(refuses(output.replace(printed, far), "ok", METHOD)).isTrue();
    }

    private static ResultGate optimization() {
        return ResultGate.forOptimization(
                Samples.molecule("opt"),
                Samples.b3lyp("6-31G*", Type.CARTESIAN, "vacuum"),
                Samples.settings()
                        .scfConvergence(new ScfConvergence(1e-6, 1e-5, 5e-4))
                        .dftDirectives(List.of("tolerances tol_rho 1d-10"))
                        .build(),
                OptionalInt.of(51));
    }

    private static boolean refuses(String text, String sample, Method method) throws IOException {
        try {
            return gate(Samples.molecule(sample), method)
                    .refuse(Samples.parse(text))
                    .isPresent();
        } catch (OutputFormatException e) {
            return e.line() > 0;
        }
    }

    private static Refusal refusalOf(UnaryOperator<String> damage) throws IOException {
        String text = Samples.output("ok");
        String damaged = damage.apply(text);
        assertThat(damaged).isNotEqualTo(text);
        return gate(Samples.molecule("ok"), METHOD)
                .refuse(Samples.parse(damaged))
                .orElseThrow();
    }

    private static Optional<Refusal> refusal(String sample, Method method) throws IOException {
        return refusal(sample, method, Samples.molecule(sample));
    }

    private static Optional<Refusal> refusal(String sample, Method method, Molecule molecule) throws IOException {
        return gate(molecule, method).refuse(Samples.parse(Samples.output(sample)));
    }

    private static ResultGate gate(Molecule molecule, Method method) {
        return ResultGate.forShieldings(molecule, method, Samples.settings().build(), OptionalInt.empty());
    }
}
