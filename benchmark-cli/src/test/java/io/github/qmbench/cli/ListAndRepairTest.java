package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListAndRepairTest {

    @TempDir
    Path temporary;

    private Path results;
    private Screen screen;

    @BeforeEach
    void opensScreen() {
        results = temporary.resolve("results");
        screen = new Screen(new FakeBenchmarks(), results);
    }

    @Test
    void listsFunctionalsWithTheirBasisAndSource() {
        assertThat(screen.runAsIs("list", "functionals")).isZero();
        assertThat(screen.out())
                .containsPattern("WP04 +6-311\\+\\+G\\(2d,p\\) .*Wiitala")
                .containsPattern("M06-L .*\\(NWChem has no shieldings for it\\)");
    }

    @Test
    void listsSolventsWithDielectricConstantAndAliases() {
        assertThat(screen.runAsIs("list", "solvents")).isZero();
        assertThat(screen.out())
                .containsPattern("CHCl3 +4.7113 +chcl3 +.*chloroform")
                .containsPattern("vacuum +1.0 +-");
    }

    @Test
    void listsMoleculesOfADirectory() throws IOException {
        Files.writeString(temporary.resolve("water.xyz"), "3\nWater\nO 0 0 0\nH 0.757 0.586 0\nH -0.757 0.586 0\n");

        assertThat(screen.runAsIs("list", "molecules", "--dataset", temporary.toString()))
                .isZero();
        assertThat(screen.out().lines().toList())
                .hasSize(2)
                .element(1)
                .asString()
                .matches("water +Water +3 +10 +0");
    }

    @Test
    void repairsADamagedJournalAndTheNextRunDoesWhatWasLost() throws IOException {
        screen.run("run");
        Path journal = results.resolve("progress.jsonl");
        String whole = Files.readString(journal);
        Files.writeString(journal, whole.replaceFirst("complete", "comqlete"));

        assertThat(screen.run("repair")).isZero();

        assertThat(screen.out()).contains("line 1, byte 0, ", "kept 5 records in " + journal);
        assertThat(results.resolve("progress-damaged-1.jsonl")).hasContent(whole.replaceFirst("complete", "comqlete"));
        assertThat(screen.run("run")).isZero();
        assertThat(screen.err()).contains("6 calculations, 5 of them done before");
        assertThat(screen.run("repair")).isZero();
        assertThat(screen.out()).startsWith("nothing to repair: the journal is intact, with 6 records");
    }

    /** No more than a hundred pieces are named. */
    @Test
    void countsWhatItLeavesOutBeyondAHundredPieces() throws IOException {
        screen.run("run");
        Path journal = results.resolve("progress.jsonl");
        String line = Files.readAllLines(journal).get(0);
        String damaged = (line.replace("complete", "comqlete") + "\n").repeat(103);
        Files.writeString(journal, damaged + line + "\n");

        assertThat(screen.run("repair")).isZero();

        List<String> lines = screen.out().lines().toList();
        assertThat(lines).hasSize(103);
        assertThat(lines.get(99)).startsWith("line 100, byte ");
        assertThat(lines.subList(100, 103))
                .containsExactly(
                        "and 3 more",
                        "kept 1 record in " + journal,
                        "the damaged journal: " + results.resolve("progress-damaged-1.jsonl"));
    }

    @Test
    void thereIsNothingToRepairWithoutARun() {
        assertThat(screen.run("repair")).isZero();
        assertThat(screen.out()).startsWith("nothing to repair: no run in");
        assertThat(results).doesNotExist();
    }

    @Test
    void watchEndsAtOnceWhenTheRunHasEndedOrThereIsNone() {
        assertThat(screen.run("watch")).isZero();
        assertThat(screen.out()).startsWith("no run in");

        screen.run("run");
        assertThat(screen.run("watch")).isZero();
        assertThat(screen.out()).contains("state      complete");
    }
}
