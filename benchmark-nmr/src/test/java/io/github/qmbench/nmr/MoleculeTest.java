package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoleculeTest {

    private static final List<Atom> HYDROGEN = List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.74));

    @Test
    void isReadBackFromItsXyzFile(@TempDir Path directory) throws IOException {
        Molecule anion = new Molecule("anion", "super\"oxide\"\n", HYDROGEN, -1, 2);
        Path file = Files.writeString(directory.resolve("anion.xyz"), anion.toXyz("B3LYP/6-31G*"));

        assertThat(file).content().contains("geometry=B3LYP/6-31G*");
        assertThat(DataSet.ofFile(file).molecules())
                .containsExactly(new Molecule("anion", "super'oxide' ", HYDROGEN, -1, 2));
        assertThat(anion.withAtoms(HYDROGEN.subList(0, 1)).atoms()).containsExactly(HYDROGEN.get(0));
    }

    @Test
    void theTextOfTheGeometryIsThatOfTheFingerprintsOfNwchem() {
        Molecule anion = new Molecule("anion", "superoxide", HYDROGEN, -1, 2);

        assertThat(anion.geometryText())
                .isEqualTo(
                        "-1 2\nH 0.0000000000 0.0000000000 0.0000000000\nH 0.0000000000 0.0000000000 0.7400000000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compound_01", "2,3-dimethylbutane", "(E)-stilbene", "a.b", "7", "säure", "[2.2.1]heptane"})
    void takesIdsThatAreSafeAsDirectoryNames(String id) {
        assertThat(new Molecule(id, id, HYDROGEN, 0, 1).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../evil",
                "a/b",
                "a/",
                "a\\b",
                "-rf",
                ".hidden",
                "end.",
                "a b",
                "a\nb",
                "a\0b",
                "STOP",
                "stop",
                "Status.json",
                "run.lock",
                "a:b",
                "~",
                "$HOME",
                "a*"
            })
    void refusesIdsThatAreNot(String id) {
        assertThatThrownBy(() -> new Molecule(id, "name", HYDROGEN, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + id + "' is not a valid molecule id");
    }

    @Property
    void anIdThatIsTakenNamesAChildOfItsDirectory(@ForAll String id) {
        try {
            Molecule.checkId(id);
        } catch (IllegalArgumentException refused) {
            return;
        }
        Path parent = Path.of("results");
        assertThat(parent.resolve(id).normalize().getParent()).isEqualTo(parent);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3})
    void namesTheAtomsThereAreWhenAnotherIsAsked(int number) {
        Molecule molecule = new Molecule("h2", "hydrogen", HYDROGEN, 0, 1);
        assertThatThrownBy(() -> molecule.atom(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("h2 has atoms 1 to 2, there is no atom " + number);
    }

    @Test
    void anIdHasAtMostAHundredCharacters() {
        Molecule.checkId("a".repeat(100));
        assertThatThrownBy(() -> Molecule.checkId("b".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a molecule id has at most 100 characters, but one has 101: " + "b".repeat(101));
    }
}
