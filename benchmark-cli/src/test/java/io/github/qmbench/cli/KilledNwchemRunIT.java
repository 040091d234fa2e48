package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The last part of the torture: the runner is killed while real NWChem computes, and started again. */
@Timeout(300)
class KilledNwchemRunIT {

    private static final Path PROC = Path.of("/proc");
    private static final String METHANOL = """
            6
            methanol
            C -0.047 0.664 0.000
            O -0.047 -0.758 0.000
            H -1.093 0.969 0.000
            H 0.878 -1.045 0.000
            H 0.437 1.080 0.891
            H 0.437 1.080 -0.891
            """;

    @TempDir
    Path temporary;

    private Path directory;
    private Distribution distribution;

    @BeforeEach
    void makesMoleculeInADirectoryWithAnUglyName() throws IOException {
        assumeThat(PROC.resolve("self/cwd")).as("there is a /proc").exists();
        directory = Files.createDirectory(temporary.resolve("it's a \"test\"\nünder way"));
        distribution = new Distribution(directory);
        Files.writeString(Files.createDirectory(directory.resolve("molecules")).resolve("methanol.xyz"), METHANOL);
    }

    @Test
    void nextRunEndsTheOldNwchemAndCalculatesTheSameNumbers() throws Exception {
        assertThat(distribution.run(run("undisturbed")).exitCode()).isZero();

        Started killed = distribution.start(run("killed"));
        Path output = calculation("killed").resolve("output.out");
        Distribution.await(() -> holds(output, "d= 0,ls=0.0,diis     1"));
        killed.signal("KILL");
        killed.await();
        List<Long> old = nwchemIn(directory.resolve("killed"));
        assertThat(old).as("NWChem computes on without its runner").isNotEmpty();
        for (long pid : old) { // so that it has not ended by itself when a slow machine has started the next runner
            new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
        }
        assertThat(distribution.run("status", "--results", "killed").out())
                .contains("state      interrupted after ", "cut short  methanol B3LYP CHCl3");

        Started next = distribution.start(run("killed"));
        Distribution.await(() -> next.err().contains("started methanol/B3LYP_CHCl3"));
        assertThat(nwchemIn(directory.resolve("killed")))
                .as("before the first calculation the old one is ended")
                .doesNotContainAnyElementsOf(old);
        Ended ended = next.await();

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.err())
                .contains("ended programs that a dead runner had left running for methanol/B3LYP_CHCl3")
                .contains("methanol/B3LYP_CHCl3 was interrupted in attempt 1 and runs again");
        List<JournalRecord> records = journal("killed");
        assertThat(records)
                .extracting(record -> record.attempt().number() + " "
                        + record.outcome().state().word())
                .containsExactly("1 interrupted", "2 complete");
        assertThat(calculation("killed").resolve("attempt-1/output.out")).exists();
        assertThat(nwchemIn(directory.resolve("killed"))).isEmpty();
        List<Double> expected = shieldings(journal("undisturbed").get(0));
        List<Double> actual = shieldings(records.get(1));
        assertThat(expected).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(0.001));
        }
    }

    private static String[] run(String results) {
        return new String[] {
            "run",
            "--results",
            results,
            "--dataset",
            "molecules",
            "--functionals",
            "b3lyp",
            "--basis",
            "6-311G**",
            "--solvents",
            "chloroform",
            "--parallel",
            "1",
            "--min-free",
            "1M"
        };
    }

    private Path calculation(String results) {
        return RunDirectory.of(directory.resolve(results)).calculation("methanol/B3LYP_CHCl3");
    }

    private List<JournalRecord> journal(String results) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(directory.resolve(results))), records::add);
        return records;
    }

    private static List<Double> shieldings(JournalRecord record) {
        return Json.asArray(record.outcome().results().get("shielding_data")).stream()
                .map(one -> ((Number) Json.asObject(one).get("shielding")).doubleValue())
                .toList();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.exists(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of the NWChem processes that work below a directory. */
    private static List<Long> nwchemIn(Path place) throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readString(process.resolve("comm")).startsWith("nwchem")
                            && Files.readSymbolicLink(process.resolve("cwd")).startsWith(place.toRealPath())) {
                        found.add(Long.parseLong(process.getFileName().toString()));
                    }
                } catch (IOException gone) {
                    continue; // between being listed and being looked at
                }
            }
        }
        return found;
    }
}
