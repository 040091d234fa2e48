package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.slurm.Submission.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {

    private static CommandReply reply(int exitCode, String output, String error) {
        return new CommandReply(List.of("sbatch"), exitCode, output, error, false, Duration.ZERO);
    }

    private static Verdict refused(String error) {
        return Submission.of(reply(1, "", error)).verdict();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17\n", "17;cluster2\n", "Welcome to the machine.\nNote: maintenance tomorrow\n17\n"})
    void acceptedJobHasItsNumber(String output) {
        assertThat(Submission.of(reply(0, output, ""))).isEqualTo(new Submission(Verdict.ACCEPTED, "17"));
    }

    @Test
    void everyRefusalOfOptionsIsOneAndKeepsSlurmsWords() {
        int refusals = 0;
        for (String one : Samples.text("sbatch-refusals.txt").split("== .*\n")) {
            if (!one.isBlank()) {
                Submission submission = Submission.of(reply(1, "", one));
                assertThat(submission.verdict()).as(one).isEqualTo(Verdict.REFUSED);
                assertThat(submission.text()).contains(one.lines().findFirst().orElseThrow());
                refusals++;
            }
        }
        assertThat(refusals).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates"
                        + " accounting/QOS policy (job submit limit, user's size and/or time limits)",
                "sbatch: error: QOSMaxSubmitJobPerUserLimit",
                "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying"
            })
    void limitsOfTheNumberOfJobsAreToldApart(String error) {
        assertThat(refused(error)).isEqualTo(Verdict.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
                "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
                "sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received"
            })
    void withoutAnAnswerItIsNotClear(String error) {
        assertThat(refused(error)).isEqualTo(Verdict.UNCLEAR);
    }

    /** Sentences of Slurm's slurm_errno.c, 22.05. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Invalid account or account/partition combination specified | REFUSED",
                "Invalid qos specification | REFUSED",
                "Invalid partition name specified | REFUSED",
                "Requested node configuration is not available | REFUSED",
                "Requested time limit is invalid (missing or exceeds some limit) | REFUSED",
                "Memory specification can not be satisfied | REFUSED",
                "More processors requested than permitted | REFUSED",
                "Access/permission denied | REFUSED",
                "User not permitted to use this partition (unavailable partition) | REFUSED",
                "Invalid feature specification | REFUSED",
                "Job violates accounting/QOS policy (job submit limit, user's size and/or time limits) | LIMIT",
                "Slurm temporarily unable to accept job, sleeping and retrying | LIMIT",
                "Unable to contact slurm controller (connect failure) | UNCLEAR",
                "Socket timed out on send/recv operation | UNCLEAR",
                "Zero Bytes were transmitted or received | UNCLEAR",
                "Slurm backup controller in standby mode | UNCLEAR",
                "Transport endpoint is not connected | UNCLEAR",
                "Communication connection failure | UNCLEAR",
                "Message receive failure | UNCLEAR",
            })
    void sentencesOfSlurmAreUnderstood(String sentence, Verdict verdict) {
        assertThat(refused("sbatch: error: Batch job submission failed: " + sentence))
                .isEqualTo(verdict);
    }

    /** Each sentence holds one of the phrases by which a refusal is told, and no other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "connect: Connection refused | UNCLEAR",
                "connect: Connection timed out | UNCLEAR",
                "recv: Connection reset by peer | UNCLEAR",
                "Incompatible versions of client and server code | UNCLEAR",
                "slurmctld is not responding | UNCLEAR",
                "QOSMaxSubmitJobPerUserLimit | LIMIT",
                "AssocGrpSubmitJobsLimit | LIMIT",
                "AssocMaxJobsLimit | LIMIT",
                "Job submit limit reached | LIMIT",
                "Job violates accounting/QOS policy | LIMIT",
                "Too many jobs of this user | LIMIT",
                "Job count is at its maximum | LIMIT",
                "Reached the pending job limit | LIMIT",
                "Slurm temporarily unable to accept job | LIMIT",
                "fork: Resource temporarily unavailable | LIMIT",
                "Invalid generic resource | REFUSED",
                "unrecognized option '--x' | REFUSED",
                "unrecognised option '--x' | REFUSED",
                "option '--x' requires an argument | REFUSED",
                "option '--x' doesn't allow an argument | REFUSED",
                "option '--x' is ambiguous | REFUSED",
                "unknown option -- y | REFUSED",
                "The node configuration is not available | REFUSED",
                "The constraint cannot be satisfied | REFUSED",
                "The memory can not be satisfied | REFUSED",
                "User not permitted here | REFUSED",
                "Permission denied | REFUSED",
                "Access/permission problem | REFUSED",
                "You must specify an account | REFUSED",
                "More processors requested than there are | REFUSED",
                "This does not look like a batch script | REFUSED",
                "No partition specified or system default partition | REFUSED",
                "Unable to open file job.sh | REFUSED",
                "Something else | TRANSIENT",
            })
    void aRefusalIsToldByItsWords(String sentence, Verdict verdict) {
        assertThat(Submission.of(reply(1, "", sentence + "\n"))).isEqualTo(new Submission(verdict, sentence));
    }

    @Test
    void whatIsNotUnderstoodIsTriedAgain() {
        assertThat(refused("sbatch: error: I/O error writing script/environment to file"))
                .isEqualTo(Verdict.TRANSIENT);
        assertThat(Submission.of(new CommandReply(List.of("sbatch"), -1, "", "", true, Duration.ofMinutes(1)))
                        .verdict())
                .isEqualTo(Verdict.UNCLEAR);
        assertThat(Submission.of(reply(0, "no number\n", "")).verdict()).isEqualTo(Verdict.UNCLEAR);
    }

    @ParameterizedTest
    @CsvSource({
        "137, '', UNCLEAR", // killed: perhaps after it has submitted the job
        "129, '', UNCLEAR",
        "128, '', TRANSIENT",
        "1, '', TRANSIENT",
        "137, 'sbatch: error: invalid partition specified: none', REFUSED"
    })
    void whoeverKillsSbatchLeavesOpenWhetherThereIsAJob(int exitCode, String error, Verdict verdict) {
        assertThat(Submission.of(reply(exitCode, "", error)).verdict()).isEqualTo(verdict);
    }
}
