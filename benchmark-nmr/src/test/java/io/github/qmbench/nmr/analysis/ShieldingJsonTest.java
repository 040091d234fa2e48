package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShieldingJsonTest {

    @Test
    void readsWhatItWroteThroughJson() throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        ShieldingJson.writeBasis(results, "6-31G(d,p)");
        Map<String, Object> hydrogen = new ShieldingJson.Entry(2, "H", 31.5).fields();
        hydrogen.put("anisotropy", 8.25);
        ShieldingJson.write(results, List.of(new ShieldingJson.Entry(1, "C", -12).fields(), hydrogen));
        ShieldingJson.writeRecoveredBy(results, List.of("noautoz"));

        String text = Json.write(results);

        assertThat(text)
                .isEqualTo("{\"basis\":\"6-31G(d,p)\",\"shielding_data\":["
                        + "{\"index\":1,\"atom\":\"C\",\"shielding\":-12.0},"
                        + "{\"index\":2,\"atom\":\"H\",\"shielding\":31.5,\"anisotropy\":8.25}],"
                        + "\"recovered_by\":[\"noautoz\"]}");
        Map<String, Object> read = Json.asObject(Json.parse(text));
        assertThat(ShieldingJson.isIn(read)).isTrue();
        assertThat(ShieldingJson.basis(read)).contains("6-31G(d,p)");
        assertThat(ShieldingJson.recoveredBy(read)).containsExactly("noautoz");
        assertThat(ShieldingJson.read(read))
                .containsExactly(new ShieldingJson.Entry(1, "C", -12), new ShieldingJson.Entry(2, "H", 31.5));
    }

    @Test
    void geometriesAreReadBackThroughJson() throws IOException {
        List<Atom> atoms = List.of(new Atom(Element.C, 0, -0.1234567890123, 1e-7), new Atom(Element.H, 1, 2, 3));

        String text = Json.write(ShieldingJson.geometry(atoms));

        assertThat(text).contains("{\"atom\":\"H\",\"x\":1.0,\"y\":2.0,\"z\":3.0}");
        assertThat(ShieldingJson.readGeometry(Json.parse(text))).isEqualTo(atoms);
        assertThatThrownBy(() -> ShieldingJson.readGeometry(null)).hasMessageContaining("need a list of atoms");
        assertThatThrownBy(() -> ShieldingJson.readGeometry(List.of(Map.of("atom", "H", "x", 1))))
                .hasMessageContaining("need atom, x, y and z");
    }

    @Test
    void aResultWithoutRecoveryHasNoFieldForIt() {
        Map<String, Object> results = new LinkedHashMap<>();
        ShieldingJson.writeRecoveredBy(results, List.of());
        assertThat(results).isEmpty();
        assertThat(ShieldingJson.isIn(results)).isFalse();
        assertThat(ShieldingJson.recoveredBy(results)).isEmpty();
    }

    @Test
    void passesOverAnEntryOfAnotherForm() {
        Map<String, Object> good = new ShieldingJson.Entry(1, "H", 31).fields();
        assertThat(ShieldingJson.read(Map.of("shielding_data", List.of(good, Map.of("index", 2L), "?"))))
                .containsExactly(new ShieldingJson.Entry(1, "H", 31));
        assertThat(ShieldingJson.read(Map.of("shielding_data", 5))).isEmpty();
    }

    @Test
    void noOtherClassNamesTheFieldOfShieldings() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> sources = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ShieldingJsonTest::sources)
                    .toList();
            assertThat(sources).hasSizeGreaterThan(200);
            assertThat(sources.stream().filter(ShieldingJsonTest::namesIt).map(Path::getFileName))
                    .containsExactly(Path.of("ShieldingJson.java"));
        }
    }

    private static Stream<Path> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean namesIt(Path file) {
        try {
            return Files.readString(file).contains("shielding_data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
