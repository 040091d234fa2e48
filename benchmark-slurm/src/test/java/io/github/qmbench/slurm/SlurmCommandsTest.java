package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.slurm.SlurmCommands.CommandMissingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Slurm's commands are called and what their answers say, with scripts in their place. */
@Timeout(60)
class SlurmCommandsTest {

    private static final String USER = System.getProperty("user.name");
    private static final JobFacts JOB =
            JobFacts.first("a", Path.of("/data/slurm")).withId("17");

    @TempDir
    Path directory;

    private SlurmCommands commands(Duration timeout) {
        return new SlurmCommands(SlurmSettings.builder()
                .environment("PATH", directory.toString())
                .environment("SLURM_CONF", "/etc/this.conf")
                .commandTimeout(timeout)
                .build());
    }

    private SlurmCommands commands() {
        return commands(Duration.ofSeconds(50));
    }

    private void command(String name, String script) throws IOException {
        ScriptedCommands.write(directory, name, script);
    }

    /** Writes a command that prints its arguments, one a line. */
    private void echo(String name) throws IOException {
        command(name, "printf '%s\\n' \"$@\"");
    }

    @Test
    void everyCommandIsCalledAsItsManualSays() throws Exception {
        for (String name : List.of("sbatch", "squeue", "scancel", "sacct", "scontrol")) {
            echo(name);
        }

        assertThat(commands().submit(List.of("--nodes=1", "--comment=a b"), Path.of("/data/job.sh")))
                .satisfies(reply -> assertThat(reply.output().lines())
                        .containsExactly("--nodes=1", "--comment=a b", "/data/job.sh"));
        assertThat(commands().queue().output().lines())
                .containsExactly("-h", "-u", USER, "-t", "all", "-O", QueueEntry.FORMAT);
        assertThat(commands().cancel(List.of("17", "18"), true).output().lines())
                .containsExactly("-u", USER, "-t", "PENDING", "17", "18");
        assertThat(commands().cancel(List.of("17", "18"), false).output().lines())
                .containsExactly("-u", USER, "17", "18");
        assertThat(commands().accounting("17").output().lines())
                .containsExactly("-X", "-n", "-P", "-j", "17", "-o", "JobIDRaw,JobName,State,ExitCode,NodeList");
        assertThat(commands().control("show", "job", "17").output().lines()).containsExactly("show", "job", "17");
    }

    @Test
    void onlyTheQueueIsAskedForTimesInSeconds() throws Exception {
        command("squeue", "echo \"$SLURM_CONF,$SLURM_TIME_FORMAT\"");
        command("scontrol", "echo \"$SLURM_CONF,$SLURM_TIME_FORMAT\"");

        assertThat(commands().queue().output()).isEqualTo("/etc/this.conf,%s\n");
        assertThat(commands().control("ping").output()).isEqualTo("/etc/this.conf,\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SLURM_CONF",
                "SLURM_CONF_SERVER",
                "SBATCH_ACCOUNT",
                "SBATCH_PARTITION",
                "SBATCH_QOS",
                "SBATCH_TIMELIMIT",
                "SBATCH_RESERVATION",
                "SBATCH_CONSTRAINT",
                "PATH",
                "HOME"
            })
    void defaultsOfTheUserReachTheCommands(String variable) {
        assertThat(SlurmCommands.isOfTheRunnersOwnJob(variable)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLURM_JOB_ID", "SLURM_NTASKS", "SLURM_EXPORT_ENV", "SBATCH_EXPORT", "SBATCH_JOB_NAME"})
    void whatSpeaksOfTheJobInWhichTheRunnerRunsDoesNot(String variable) {
        assertThat(SlurmCommands.isOfTheRunnersOwnJob(variable)).isTrue();
    }

    @Test
    void anAnswerHasAllThatTheCommandSaid() throws Exception {
        command("sbatch", "echo out; echo error >&2; exit 3");

        CommandReply reply = commands().run(List.of("sbatch", "--version"));

        assertThat(reply)
                .isEqualTo(new CommandReply(
                        List.of("sbatch", "--version"), 3, "out\n", "error\n", false, reply.duration()));
        assertThat(reply.duration()).isPositive().isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void aCommandThatTakesTooLongIsEnded() throws Exception {
        command("squeue", "echo first words; while :; do :; done");

        CommandReply reply = commands(Duration.ofSeconds(1)).queue();

        assertThat(reply.timedOut()).isTrue();
        assertThat(reply.exitCode()).isEqualTo(-1);
        assertThat(reply.output()).isEqualTo("first words\n");
        assertThat(reply.succeeded()).isFalse();
    }

    /** Each ends when the other has begun. */
    @Test
    void twoCommandsRunAtOnce() throws Exception {
        command("scontrol", "cd '" + directory + "'; : >\"$1\"; while [ ! -e first ] || [ ! -e second ]; do :; done");
        SlurmCommands commands = commands();
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> {
            try {
                return commands.control("first").succeeded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(commands.control("second").succeeded()).isTrue();
        assertThat(first.join()).isTrue();
    }

    @Test
    void aCommandThatIsNotThereIsNamedWithThePath() {
        assertThatThrownBy(() -> commands().queue())
                .isInstanceOf(CommandMissingException.class)
                .hasMessage("squeue is not on the PATH (" + directory
                        + "): is this a machine from which jobs can be submitted?");
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, 'out', '', true, 'out'",
        "0, false, 'out', 'warning', true, 'warning'",
        "1, false, '', ' first \n second ', false, 'first; second'",
        "7, false, ' ', '', false, 'squeue ended with exit code 7'",
        "0, true, '', '', false, 'squeue did not answer within 90 s'",
        "0, true, '', 'retrying', false, 'squeue did not answer within 90 s: retrying'",
    })
    void theWordsOfAnAnswerAreThoseOfSlurmOrElseHowTheCommandEnded(
            int code, boolean timedOut, String output, String error, boolean succeeded, String said) {
        CommandReply reply =
                new CommandReply(List.of("squeue", "-h"), code, output, error, timedOut, Duration.ofSeconds(90));

        assertThat(reply.succeeded()).isEqualTo(succeeded);
        assertThat(reply.said()).isEqualTo(said);
        assertThat(reply.saidNothing()).isEqualTo(output.isBlank() && error.isBlank());
    }

    private static QueueEntry failed(String reason, String node) {
        return new QueueEntry(
                "17",
                "qmbench-a",
                SlurmState.FAILED,
                "FAILED",
                reason,
                node,
                new QueueEntry.Exit(3, 0),
                OptionalLong.empty(),
                Duration.ZERO);
    }

    private JobInquiry.Answer ask() throws IOException {
        return JobInquiry.ask(commands(), JOB);
    }

    @Test
    void theAccountingIsAskedForAJobBeforeTheController() throws Exception {
        command("sacct", "[ \"$5\" = 17 ] && echo '17|qmbench-a|FAILED|3:0|n1'");
        command("scontrol", "echo 'JobId=17 JobName=qmbench-a JobState=FAILED Reason=Other ExitCode=3:0 NodeList=n2'");

        assertThat(ask()).isEqualTo(new JobInquiry.Answer(Optional.of(failed("", "n1")), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "exit 0", "echo '17|other|FAILED|3:0|n1'", "echo '17|qmbench-a|FAILED|3:0|n1'; exit 1"})
    void theControllerIsAskedWhereTheAccountingDoesNotKnow(String sacct) throws Exception {
        if (!sacct.isEmpty()) {
            command("sacct", sacct);
        }
        command(
                "scontrol",
                "[ \"$*\" = 'show job 17 -o' ] && echo 'JobId=17 JobName=qmbench-a JobState=FAILED Reason=Other"
                        + " ExitCode=3:0 NodeList=n2'");

        assertThat(ask()).isEqualTo(new JobInquiry.Answer(Optional.of(failed("Other", "n2")), true));
    }

    @ParameterizedTest
    @CsvSource({
        "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1, true",
        "echo 'Unable to contact slurm controller' >&2; exit 1, false",
        "echo 'JobId=17 JobName=other JobState=RUNNING', true",
    })
    void thatNobodyKnowsAJobIsAnAnswerAndSilenceIsNone(String scontrol, boolean answered) throws Exception {
        command("scontrol", scontrol);

        assertThat(ask()).isEqualTo(new JobInquiry.Answer(Optional.empty(), answered));
    }
}
