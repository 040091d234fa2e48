package io.github.qmbench.nmr.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTextTest {

    private final MachineText machine = new MachineText(Path.of("/work/J. Döe/delta50"), "/home/jdoe", "jdoe");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/work/J. Döe/delta50/c_1/output.out       | ./c_1/output.out",
                "output in /work/J. Döe/delta50            | output in .",
                "scratch_dir /home/jdoe/tmp                | scratch_dir ~/tmp",
                "program         = /usr/bin/nwchem         | program         = nwchem",
                "/scratch/project/jdoe                     | (directory)",
                "/scratch/project/                         | (directory)",
                "/home/other                               | (directory)",
                "    hostname        = node17              | hostname        = (left out)",
                "Host name: node17.example.org             | Host name: (left out)",
                "'\"directory\":\"/a/b/c\",\"x\":1'        | '\"directory\":\"c\",\"x\":1'",
                "first\\n/a/b/c                            | first\\nc"
            })
    void leavesOutWhatTellsOfTheMachine(String text, String clean) {
        assertThat(machine.cleanText(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compound_05/B3LYP_CHCl3",
                "* library \"6-311+G(2d,p)\"",
                "https://doi.org/10.3390/molecules28062449",
                "kcal/mol/K and a / b",
                "B3LYP/6-31G*/vacuum",
                "input           = ../input.nw",
                "data base       = ./molecule.db",
                "the most important host"
            })
    void leavesEverythingElse(String text) {
        assertThat(machine.cleanText(text)).isEqualTo(text);
    }

    @Property
    void noDirectoryOfAnAbsolutePathStays(
            @ForAll @Size(min = 3, max = 6) List<@AlphaChars @StringLength(min = 4, max = 9) String> names) {
        String path = "/" + String.join("/", names);

        String clean = machine.cleanText("output: " + path + ", and so on");

        assertThat(clean)
                .isIn("output: " + names.get(names.size() - 1) + ", and so on", "output: (directory), and so on");
    }

    @Test
    void anyBytesComeThrough() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1) + " host /a/b/c";

        String clean = machine.clean(text);

        assertThat(clean).endsWith(" host c");
        assertThat(Arrays.copyOf(clean.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 256))
                .isEqualTo(bytes);
    }

    @Test
    void cleansTheFailureOfARecordAndNotWhatItIsOf() {
        JournalRecord record = JournalRecord.of(
                Calculation.of("m1", Map.of("input", "/a/b/c")),
                Attempt.of(1, "r", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                CalculationOutcome.failed(CalculationFailure.of("killed")
                        .because("see /a/b/output.out")
                        .withEvidence(evidence())),
                Fingerprint.of(Map.of("f", "/a/b/c")));

        JournalRecord clean = machine.clean(record);

        assertThat(clean.calculation()).isEqualTo(record.calculation());
        assertThat(clean.fingerprint()).isEqualTo(record.fingerprint());
        CalculationFailure failure = clean.outcome().state().failure().orElseThrow();
        assertThat(failure.message()).isEqualTo("see output.out");
        assertThat(failure.kind()).isEqualTo("killed");
        assertThat(failure.evidence().toString())
                .contains("nwchem", "input.nw", "1.5", "null")
                .doesNotContain("/");
    }

    @Test
    void ofAResultFromAnotherDirectoryTheLastNameStays() {
        JournalRecord record = JournalRecord.of(
                Calculation.of("m1", Map.of()),
                Attempt.of(
                        2,
                        "r",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Duration.ZERO,
                        List.of(),
                        Optional.of(Attempt.Origin.of(1, "q").in("/home/other/runs/first"))),
                CalculationOutcome.complete(Map.of()),
                Fingerprint.EMPTY);

        assertThat(machine.clean(record).attempt().origin())
                .contains(Attempt.Origin.of(1, "q").in("first"));
    }

    private static Map<String, Object> evidence() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("command", List.of("/usr/bin/nwchem", "/x/y/input.nw"));
        evidence.put("inner", new LinkedHashMap<>(Map.of("seconds", 1.5)));
        evidence.put("nothing", null);
        return evidence;
    }

    @Test
    void aRecordThatTellsNothingStaysTheSame() {
        JournalRecord record = JournalRecord.of(
                Calculation.of("m1", Map.of()),
                Attempt.of(1, "r", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                CalculationOutcome.complete(Map.of("energy", -1.0, "note", "fine")),
                Fingerprint.EMPTY);

        assertThat(machine.clean(record)).isSameAs(record);
    }
}
