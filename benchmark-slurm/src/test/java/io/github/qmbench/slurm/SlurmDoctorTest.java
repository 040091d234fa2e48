package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.plugin.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the check of Slurm finds, with scripts in the place of Slurm's commands. */
@Timeout(60)
class SlurmDoctorTest {

    private static final Finding LIMITS = Finding.about("limits")
            .good(
                    "at most 100 jobs of this run in the queue; the cluster takes 10000 in all, and remembers ended ones for"
                            + " 300 sec");

    @TempDir
    Path directory;

    @BeforeEach
    void aClusterOfTwoPartitions() throws IOException {
        command("sbatch", "[ \"$1\" = --version ] && echo slurm 22.05.8 || echo \"$*\" >>'" + directory + "/asked'");
        command("squeue", "");
        command("scancel", "");
        Files.writeString(
                directory.resolve("partitions"),
                "PartitionName=cpu Default=YES State=UP TotalNodes=4 TotalCPUs=64 DefaultTime=01:00:00 MaxTime=2-00:00:00\n"
                        + "PartitionName=gpu Default=NO State=DOWN TotalNodes=1 TotalCPUs=8 DefaultTime=NONE MaxTime=4:00:00\n"
                        + "PartitionName=odd Default=NO\n");
        Files.writeString(
                directory.resolve("config"),
                "MaxJobCount             = 10000\nMaxJobCountOther = 7\nMinJobAge               = 300 sec\n");
        control("ping) echo 'Slurmctld(primary) at head is UP';;");
    }

    private void command(String name, String script) throws IOException {
        ScriptedCommands.write(directory, name, script);
    }

    /** Writes the controller, with one more case. */
    private void control(String ping) throws IOException {
        String print = "while read -r line; do echo \"$line\"; done <'" + directory + "/";
        command(
                "scontrol",
                "case \"$*\" in\n" + ping + "\n'show partition -o') " + print + "partitions';;\n'show config') " + print
                        + "config';;\n*) exit 9;;\nesac");
    }

    private SlurmSettings.Builder settings() {
        return SlurmSettings.builder().environment("PATH", directory.toString());
    }

    private static List<Finding> examine(SlurmSettings.Builder settings) {
        return new SlurmDoctor(settings.build()).examine(3);
    }

    @Test
    void tellsWhatTheClusterIs() throws Exception {
        assertThat(examine(settings().account("chem").sbatchArgument("--nice")))
                .containsExactly(
                        Finding.about("Slurm").good("slurm 22.05.8, Slurmctld(primary) at head is UP"),
                        Finding.about("job options").good("--account=chem --nice --ntasks=3: accepted"),
                        Finding.about("partition")
                                .good("cpu: UP, 4 nodes, 64 CPUs, jobs of at most 2-00:00:00 (default 01:00:00)"),
                        LIMITS);
        assertThat(Files.readAllLines(directory.resolve("asked")))
                .containsExactly("--test-only --nodes=1 --ntasks=3 --account=chem --nice --wrap=true");
        assertThatCode(() -> new SlurmDoctor(settings().build()).require(3)).doesNotThrowAnyException();
    }

    @Test
    void doubtsAPartitionThatIsDown() {
        assertThat(examine(settings().partition("gpu")).get(2))
                .isEqualTo(Finding.about("partition")
                        .doubtful("gpu: DOWN, 1 nodes, 8 CPUs, jobs of at most 4:00:00 (default NONE)")
                        .withRemedy("its jobs wait until it is up again; or choose another one"));
    }

    @Test
    void saysWhatIsNotKnown() throws Exception {
        Files.writeString(directory.resolve("config"), "");

        assertThat(examine(settings().partition("odd").maxJobs(7)).subList(2, 4))
                .containsExactly(
                        Finding.about("partition").good("odd: ?, ? nodes, ? CPUs, jobs of at most ? (default ?)"),
                        Finding.about("limits")
                                .good(
                                        "at most 7 jobs of this run in the queue; the cluster takes an unknown number in all,"
                                                + " and remembers ended ones for an unknown number"));
        assertThat(examine(settings().partition("none")).get(2))
                .isEqualTo(Finding.about("partition").good("not known; Slurm or the options choose it"));
    }

    @Test
    void aClusterThatDoesNotTellItsPartitionsIsGoodEnough() throws Exception {
        control("'show partition -o') exit 1;;\nping) echo 'head is UP';;");

        assertThat(examine(settings().timeLimit("30-0")).get(2))
                .isEqualTo(Finding.about("partition").good("not known; Slurm or the options choose it"));
    }

    @ParameterizedTest
    @CsvSource({"cpu, 2-0, true", "cpu, 2-0:1, false", "gpu, 4:00:00, true", "gpu, 241, false", "odd, 90-0, true"})
    void refusesMoreTimeThanThePartitionHas(String partition, String time, boolean accepted) {
        List<Finding> findings = examine(settings().partition(partition).timeLimit(time));

        String most = partition.equals("cpu") ? "2-00:00:00" : "4:00:00";
        assertThat(findings.get(1))
                .isEqualTo(
                        accepted
                                ? Finding.about("job options")
                                        .good("--partition=" + partition + " --time=" + time + " --ntasks=3: accepted")
                                : Finding.about("job options")
                                        .unusable("the time limit " + time + " is more than the " + most
                                                + " that jobs may have in partition " + partition)
                                        .withRemedy("ask for less with --time"));
        assertThat(findings).hasSize(accepted ? 4 : 2);
    }

    @Test
    void whatSlurmRefusesIsSaidInItsWords() throws Exception {
        command(
                "sbatch",
                "[ \"$1\" = --version ] && echo slurm 22.05.8 || { echo 'error: no such account' >&2; exit 1; }");

        assertThat(examine(settings()).get(1))
                .isEqualTo(Finding.about("job options").unusable("Slurm refuses such jobs: error: no such account"));
        assertThatThrownBy(() -> new SlurmDoctor(settings().build()).require(3))
                .isInstanceOfSatisfying(
                        SlurmUnusableException.class,
                        e -> assertThat(e.optionsRefused()).isTrue())
                .hasMessage("Slurm refuses such jobs: error: no such account");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"echo 'Slurmctld(primary) at head is DOWN'", "echo 'Slurmctld(primary) at head is UP'; exit 1"})
    void aControllerThatDoesNotAnswerIsSaid(String ping) throws Exception {
        control("ping) " + ping + ";;");
        String said = "Slurm does not answer: Slurmctld(primary) at head is " + (ping.contains("DOWN") ? "DOWN" : "UP");

        assertThat(examine(settings()))
                .containsExactly(Finding.about("Slurm").unusable(said).withRemedy("try again later"));
        assertThatThrownBy(() -> new SlurmDoctor(settings().build()).require(3))
                .isInstanceOfSatisfying(
                        SlurmUnusableException.class,
                        e -> assertThat(e.optionsRefused()).isFalse())
                .hasMessage(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbatch", "squeue", "scancel", "scontrol"})
    void aCommandThatIsNotThereIsSaid(String command) throws Exception {
        Files.delete(directory.resolve(command));

        assertThat(examine(settings()))
                .containsExactly(Finding.about("Slurm")
                        .unusable(command + " is not on the PATH (" + directory
                                + "): is this a machine from which jobs can be submitted?"));
    }

    @Test
    void aConfigurationThatCannotBeReadIsSaid() throws Exception {
        Path conf = directory.resolve("slurm.conf");
        assertThat(examine(settings().environment("SLURM_CONF", conf.toString())))
                .containsExactly(
                        Finding.about("Slurm").unusable("SLURM_CONF names " + conf + ", which cannot be read"));

        Files.createFile(conf);
        assertThat(examine(settings().environment("SLURM_CONF", conf.toString())))
                .hasSize(4);
    }
}
