package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.NwchemBackend;
import io.github.qmbench.nwchem.NwchemProgram;
import io.github.qmbench.nwchem.NwchemSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real NWChem leaves keeps to the schemas, too. */
class ShiftsSchemaIT {

    @TempDir
    Path directory;

    @Test
    void hydrogen() throws Exception {
        Molecule hydrogen = new Molecule(
                "h2", "hydrogen", List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.74)), 0, 1);
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("h2")
                .axis("functional", "HF")
                .axis("solvent", "vacuum")
                .build();
        NwchemBackend backend = NwchemBackend.builder(NwchemProgram.detect())
                .molecules(Map.of("h2", hydrogen))
                .settings(NwchemSettings.builder().basis("STO-3G").build())
                .build();

        assertThat(BenchmarkRunner.builder(directory, matrix, backend)
                        .build()
                        .run()
                        .isWhole())
                .isTrue();

        Path calculation = directory.resolve("h2/HF_vacuum");
        assertThat(Schema.of("shifts").problems(Files.readString(calculation.resolve("shifts.json"))))
                .isEmpty();
        assertThat(Schema.of("benchmark").problems(Files.readString(directory.resolve("benchmark.json"))))
                .isEmpty();
        String line = Files.readAllLines(directory.resolve("progress.jsonl")).get(0);
        assertThat(Schema.of("progress-line").problems(line)).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("attempts.jsonl")))
                .allSatisfy(event ->
                        assertThat(Schema.of("attempts-line").problems(event)).isEmpty());
    }
}
