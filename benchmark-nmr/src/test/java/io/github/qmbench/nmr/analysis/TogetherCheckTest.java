package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TogetherCheckTest {

    private static final RunDirectory A = RunDirectory.of(Path.of("/runs/a"));
    private static final RunDirectory B = RunDirectory.of(Path.of("/runs/b"));
    private static final RunDirectory C = RunDirectory.of(Path.of("/runs/c"));

    private final TogetherCheck check = new TogetherCheck(DataSet.delta50());

    private static ShieldingResult result(String molecule, String basis, String... settings) {
        Map<String, String> fingerprint = new LinkedHashMap<>(Map.of("basis", basis));
        for (int i = 0; i < settings.length; i += 2) {
            fingerprint.put(settings[i], settings[i + 1]);
        }
        return new ShieldingResult(molecule, "WP04", "CHCl3", fingerprint, List.of(), List.of());
    }

    @Test
    void whatBelongsToTheMethodOrTheMoleculeMayDiffer() {
        check.add(
                A,
                result(
                        "compound_01",
                        "6-31G",
                        "functional",
                        "xc wp04",
                        "basis_type",
                        "cartesian",
                        "solvent",
                        "COSMO 4.7113",
                        "geometry",
                        "0a",
                        "charge",
                        "0",
                        "multiplicity",
                        "1",
                        "molecule",
                        "a",
                        "program",
                        "NWChem 7.0.2"));
        check.add(
                B,
                result(
                        "compound_01",
                        "3-21G",
                        "functional",
                        "xc b3lyp",
                        "basis_type",
                        "spherical",
                        "solvent",
                        "vacuum",
                        "geometry",
                        "0b",
                        "charge",
                        "1",
                        "multiplicity",
                        "2",
                        "molecule",
                        "b",
                        "program",
                        "NWChem 7.0.2"));

        assertThatCode(check::refuseWhatIsNotTogether).doesNotThrowAnyException();
    }

    @Test
    void otherSettingsAreNamedWithTheirDirectoriesAndAWayOut() {
        check.add(A, result("compound_01", "6-31G", "program", "NWChem 7.0.2", "grid", "medium"));
        check.add(B, result("compound_02", "6-31G", "program", "NWChem 7.2.0", "grid", "medium"));
        check.add(C, result("compound_03", "6-31G", "program", "NWChem 7.0.2"));

        assertThatThrownBy(check::refuseWhatIsNotTogether)
                .hasMessage("the results of these directories were not made with the same settings: grid is medium in"
                        + " /runs/a, /runs/b but (not given) in /runs/c; program is NWChem 7.0.2 in /runs/a, /runs/c but"
                        + " NWChem 7.2.0 in /runs/b. Analyze the directories one by one, or look at one setting alone,"
                        + " as with --only grid='medium'");
    }

    @Test
    void aMethodMayBeSpreadOverDirectoriesAndHaveAMoleculeAgainInOne() {
        check.add(A, result("compound_01", "6-31G"));
        check.add(A, result("compound_01", "6-31G"));
        check.add(B, result("compound_02", "6-31G"));
        check.add(B, result("compound_01", "3-21G"));

        assertThatCode(check::refuseWhatIsNotTogether).doesNotThrowAnyException();
    }

    @Test
    void aBasisSetInTwoSpellingsIsOneMethod() {
        check.add(A, result("compound_01", "6-31g(d)"));
        check.add(B, result("compound_01", "6-31G*"));

        assertThatThrownBy(check::refuseWhatIsNotTogether)
                .hasMessageStartingWith(
                        "WP04/6-31G(d)/CHCl3 has results of compound_01 both in /runs/a and in /runs/b");
    }

    @Test
    void aLevelOfTheGeometriesInTwoSpellingsIsOne() {
        String[] stars = {"task", "optimization_and_shielding", "geometry_level", "B3LYP/6-31G*/CHCl3"};
        String[] brackets = {"task", "optimization_and_shielding", "geometry_level", "B3LYP/6-31g(d)/CHCl3"};
        check.add(A, result("compound_01", "6-31G", stars));
        check.add(B, result("compound_02", "6-31G", brackets));

        assertThatCode(check::refuseWhatIsNotTogether).doesNotThrowAnyException();

        brackets[3] = "B3LYP/6-31G(d,p)/CHCl3";
        check.add(C, result("compound_03", "6-31G", brackets));
        assertThatThrownBy(check::refuseWhatIsNotTogether)
                .hasMessageContaining("geometry_level is B3LYP/6-31G*/CHCl3 in /runs/a, /runs/b but"
                        + " B3LYP/6-31G(d,p)/CHCl3 in /runs/c");
    }

    @Test
    void upToThreeMoleculesThatAreTwiceAreNamedAndMoreAreCounted() {
        for (String molecule : List.of("compound_01", "compound_02", "compound_03", "compound_04")) {
            check.add(A, result(molecule, "6-31G"));
        }
        for (String molecule : List.of("compound_03", "compound_02", "compound_01")) {
            check.add(B, result(molecule, "6-31G"));
        }
        String rest =
                " both in /runs/a and in /runs/b. Leave one of the directories out; results of one method may be in"
                        + " several directories only where these have different molecules";
        assertThatThrownBy(check::refuseWhatIsNotTogether)
                .hasMessage("WP04/6-31G/CHCl3 has results of compound_03, compound_02, compound_01" + rest);

        check.add(B, result("compound_04", "6-31G"));
        assertThatThrownBy(check::refuseWhatIsNotTogether)
                .hasMessage("WP04/6-31G/CHCl3 has results of 4 molecules (compound_03, ...)" + rest);
    }
}
