package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several basis sets in one run directory, from outside: the packaged command line and the installed NWChem, on hydrogen. */
class BasisSetsIT {

    private static final List<String> QUICK = List.of(
            "--dataset", "set", "--solvents", "vacuum", "--parallel", "1", "--min-free", "1M", "--order", "file");

    @TempDir
    Path directory;

    private Distribution distribution;

    @BeforeEach
    void makesAMolecule() throws IOException {
        distribution = new Distribution(directory);
        Files.createDirectory(directory.resolve("set"));
        Files.writeString(directory.resolve("set/h2.xyz"), "2\nhydrogen\nH 0 0 0\nH 0 0 0.74\n");
    }

    @AfterEach
    void endsWhatIsLeft() {
        distribution.endAll();
    }

    private Ended qmbench(String command, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(QUICK);
        all.addAll(List.of(options));
        Ended ended = distribution.run(all.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    private List<String> journal() throws IOException {
        return Files.readAllLines(directory.resolve("results/progress.jsonl"));
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "run",
            value = {
                "With one basis set the id",
                "With several, the id names the basis set",
                "You can add basis sets to a run directory",
                "Its calculations keep their ids"
            })
    void furtherBasisSetsJoinAnOlderRunAndNothingIsCalculatedAgain() throws Exception {
        qmbench("run", "--functionals", "HF", "--basis", "3-21G");
        List<String> before = journal();
        assertThat(before).hasSize(1).first().asString().contains("\"task_id\":\"h2/HF_vacuum\"");

        Ended plan = qmbench("plan", "--functionals", "HF", "--basis", "3-21G", "6-31G*");
        assertThat(plan.out())
                .containsPattern("done +h2/HF_vacuum\\b")
                .containsPattern("new +h2/HF_6-31G\\(d\\)_vacuum\\b");
        Ended both = qmbench("run", "--functionals", "HF", "--basis", "3-21G", "6-31G*");
        assertThat(both.err()).contains("this directory has HF/3-21G under task ids without a basis set");
        assertThat(journal()).hasSize(2).startsWith(before.get(0));
        assertThat(directory.resolve("results/h2/HF_6-31G(d)_vacuum/shifts.json"))
                .exists();

        assertThat(qmbench("plan", "--functionals", "HF", "--basis", "3-21G").out())
                .contains("0 new, 1 done");
        assertThat(qmbench("plan", "--methods", "HF/6-31G(d)", "HF/3-21G").out())
                .contains("0 new, 2 done");
        Files.delete(directory.resolve("results/benchmark.json"));
        assertThat(qmbench("plan", "--functionals", "HF", "--basis", "6-31G(d)", "3-21G")
                        .out())
                .as("the journal tells, not benchmark.json")
                .contains("0 new, 2 done");
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "run", value = "`--methods FUNCTIONAL/BASIS...`")
    void pairsRunWithoutTheirProductAndEveryCommandTellsTheirBasisSets() throws Exception {
        String[] pairs = {"--methods", "HF/6-31G**", "B3LYP/3-21G"};
        qmbench("run", pairs);

        assertThat(journal())
                .hasSize(2)
                .anyMatch(line -> line.contains("\"task_id\":\"h2/HF_6-31G(d,p)_vacuum\""))
                .anyMatch(line -> line.contains("\"task_id\":\"h2/B3LYP_3-21G_vacuum\""));
        assertThat(qmbench("plan", pairs).out()).contains("0 new, 2 done");
        Map<String, Object> status =
                Json.parseObject(distribution.run("status", "--json").out());
        assertThat(status).containsEntry("total_tasks", 2L).containsEntry("completed", 2L);
        assertThat(distribution.run("summary").out())
                .containsPattern("HF +6-31G\\(d,p\\) +vacuum +1 +0 ")
                .containsPattern("B3LYP +3-21G +vacuum +1 +0 ");
        assertThat(distribution.run("summary", "--format", "csv").out())
                .contains("h2,HF,\"6-31G(d,p)\",vacuum,complete,2,0,", "h2,B3LYP,3-21G,vacuum,complete,2,0,");
        assertThat(distribution.run("show", "h2/B3LYP_3-21G_vacuum").out()).contains("3-21G");
        Map<String, Object> description =
                Json.parseObject(Files.readString(directory.resolve("results/benchmark.json")));
        assertThat(description.get("combinations"))
                .isEqualTo(List.of(
                        Map.of("functional", "HF", "basis", "6-31G(d,p)"),
                        Map.of("functional", "B3LYP", "basis", "3-21G")));

        Ended refused = distribution.run("run", "--methods", "HF/3-21G", "--basis", "6-31G");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("--methods", "cannot be combined with --basis");
    }
}
