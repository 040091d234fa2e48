package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ProcessResult.Ending;
import io.github.qmbench.slurm.JobFate.Evidence;
import io.github.qmbench.slurm.JobFate.Kind;
import io.github.qmbench.slurm.JobFate.Presence;
import io.github.qmbench.slurm.JobFiles.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFateTest {

    private static ExitRecord record(int code, boolean terminated) {
        return new ExitRecord(
                "qmbench-a",
                "17",
                "n1",
                code,
                terminated,
                false,
                Instant.EPOCH,
                Duration.ofSeconds(3),
                Optional.empty());
    }

    private static QueueEntry entry(SlurmState state, int code, int signal) {
        return new QueueEntry(
                "17",
                "qmbench-a",
                state,
                state.name(),
                "None",
                "n1",
                new QueueEntry.Exit(code, signal),
                OptionalLong.empty(),
                Duration.ZERO);
    }

    private static JobFate fate(Optional<ExitRecord> record, SlurmState state, int code, int signal, Hint hint) {
        return JobFate.of(new Evidence(record, Presence.PRESENT, Optional.of(entry(state, code, signal)), hint, false));
    }

    private static JobFate absent(Presence presence, boolean patienceOver, Optional<ExitRecord> record) {
        return JobFate.of(new Evidence(record, presence, Optional.empty(), Hint.NONE, patienceOver));
    }

    private static void assertEnded(JobFate fate, Ending ending, int code) {
        assertThat(fate.kind()).isEqualTo(Kind.ENDED);
        assertThat(fate.ending()).isEqualTo(ending);
        assertThat(fate.exitCode()).isEqualTo(code);
    }

    @Property
    void aRecordOfSuccessIsTheTruthWhateverTheQueueSays(
            @ForAll SlurmState state, @ForAll Presence presence, @ForAll Hint hint, @ForAll boolean patienceOver) {
        Optional<QueueEntry> entry = presence == Presence.PRESENT ? Optional.of(entry(state, 0, 9)) : Optional.empty();
        boolean hasAPlaceInTheQueue = presence == Presence.PRESENT
                && state.phase() != SlurmState.Phase.ENDED
                && state != SlurmState.COMPLETING;
        JobFate fate = JobFate.of(new Evidence(Optional.of(record(0, false)), presence, entry, hint, patienceOver));
        if (hasAPlaceInTheQueue && !patienceOver) {
            assertThat(fate.kind()).as("another would be one job too many").isEqualTo(Kind.OPEN);
        } else {
            assertEnded(fate, Ending.EXITED, 0);
        }
    }

    @Property
    void withoutRecordNothingIsASuccessButWhatSlurmCallsCompleted(
            @ForAll SlurmState state,
            @ForAll Hint hint,
            @ForAll boolean patienceOver,
            @ForAll @IntRange(max = 255) int code) {
        JobFate fate = JobFate.of(new Evidence(
                Optional.empty(), Presence.PRESENT, Optional.of(entry(state, code, 0)), hint, patienceOver));
        boolean success = fate.kind() == Kind.ENDED && fate.ending() == Ending.EXITED && fate.exitCode() == 0;
        if (state != SlurmState.COMPLETED) {
            assertThat(success).isFalse();
        }
        if (state.phase() != SlurmState.Phase.ENDED) {
            assertThat(fate.kind()).as("not over").isEqualTo(Kind.OPEN);
        }
    }

    @Test
    void theProgramsOwnFailures() {
        assertEnded(fate(Optional.of(record(3, false)), SlurmState.FAILED, 3, 0, Hint.NONE), Ending.EXITED, 3);
        assertEnded(fate(Optional.of(record(139, false)), SlurmState.FAILED, 139, 0, Hint.NONE), Ending.EXITED, 139);
        assertEnded(fate(Optional.empty(), SlurmState.FAILED, 7, 0, Hint.NONE), Ending.EXITED, 7);
    }

    @Test
    void whatSlurmEndedIsToldApart() {
        Optional<ExitRecord> terminated = Optional.of(record(143, true));
        assertEnded(fate(terminated, SlurmState.TIMEOUT, 0, 15, Hint.NONE), Ending.TIMED_OUT, 143);
        assertEnded(fate(Optional.empty(), SlurmState.OUT_OF_MEMORY, 0, 125, Hint.NONE), Ending.OUT_OF_MEMORY, 253);
        assertEnded(fate(Optional.empty(), SlurmState.FAILED, 0, 9, Hint.OUT_OF_MEMORY), Ending.OUT_OF_MEMORY, 137);
        assertEnded(fate(terminated, SlurmState.CANCELLED, 0, 15, Hint.NONE), Ending.LOST, 143);
        assertEnded(fate(terminated, SlurmState.CANCELLED, 0, 15, Hint.TIME_LIMIT), Ending.TIMED_OUT, 143);
    }

    @Test
    void whatTheMachineFailedMayRunAgain() {
        assertThat(fate(Optional.empty(), SlurmState.NODE_FAIL, 0, 0, Hint.NONE).kind())
                .isEqualTo(Kind.MACHINE_FAILED);
        assertThat(fate(Optional.empty(), SlurmState.BOOT_FAIL, 0, 0, Hint.NONE).kind())
                .isEqualTo(Kind.MACHINE_FAILED);
        assertThat(fate(Optional.empty(), SlurmState.FAILED, 0, 53, Hint.NONE).kind())
                .as("its output could not be opened")
                .isEqualTo(Kind.MACHINE_FAILED);
        assertThat(fate(Optional.empty(), SlurmState.FAILED, JobScript.EXIT_NO_FILES, 0, Hint.NONE)
                        .kind())
                .isEqualTo(Kind.MACHINE_FAILED);
        assertThat(fate(Optional.of(record(143, true)), SlurmState.PREEMPTED, 0, 15, Hint.NONE)
                        .kind())
                .isEqualTo(Kind.PREEMPTED);
    }

    @Test
    void absenceIsNoEndBeforeItIsCertain() {
        assertThat(absent(Presence.UNREADABLE, true, Optional.empty()).kind()).isEqualTo(Kind.OPEN);
        assertThat(absent(Presence.ABSENT, true, Optional.empty()).kind()).isEqualTo(Kind.OPEN);
        assertThat(absent(Presence.GONE, true, Optional.empty()).kind()).isEqualTo(Kind.MACHINE_FAILED);
        assertThat(absent(Presence.NEVER_SEEN, true, Optional.empty()).kind()).isEqualTo(Kind.NEVER_ARRIVED);
    }

    @Test
    void aRecordOfFailureWaitsForTheQueueToSayWhyAndCountsWithoutIt() {
        assertThat(absent(Presence.ABSENT, false, Optional.of(record(3, false))).kind())
                .isEqualTo(Kind.OPEN);
        assertEnded(absent(Presence.ABSENT, true, Optional.of(record(3, false))), Ending.EXITED, 3);
        assertEnded(absent(Presence.UNREADABLE, true, Optional.of(record(143, true))), Ending.LOST, 143);
    }

    @Test
    void completedWithoutRecordWaitsForTheDisk() {
        assertThat(fate(Optional.empty(), SlurmState.COMPLETED, 0, 0, Hint.NONE).kind())
                .isEqualTo(Kind.OPEN);
    }

    /** With the record of a program that Slurm told to end: each end of the manual, each hint of the log. */
    @ParameterizedTest
    @CsvSource({
        "COMPLETED, NONE, ENDED, EXITED, it ended by itself",
        "FAILED, NONE, ENDED, EXITED, it ended by itself",
        "FAILED, OUT_OF_MEMORY, ENDED, OUT_OF_MEMORY, it used more memory than asked for",
        "OUT_OF_MEMORY, NONE, ENDED, OUT_OF_MEMORY, it used more memory than asked for",
        "TIMEOUT, NONE, ENDED, TIMED_OUT, its time limit was reached",
        "DEADLINE, NONE, ENDED, LOST, its deadline had come",
        "CANCELLED, NONE, ENDED, LOST, somebody cancelled it (CANCELLED)",
        "CANCELLED, OUT_OF_MEMORY, ENDED, LOST, somebody cancelled it (CANCELLED)",
        "CANCELLED, TIME_LIMIT, ENDED, TIMED_OUT, its time limit was reached",
        "CANCELLED, PREEMPTED, PREEMPTED, LOST, it was preempted",
        "CANCELLED, NODE_FAILURE, MACHINE_FAILED, LOST, its node failed",
        "PREEMPTED, NONE, PREEMPTED, LOST, it was preempted",
        "NODE_FAIL, NONE, MACHINE_FAILED, LOST, its node failed",
        "BOOT_FAIL, NONE, MACHINE_FAILED, LOST, its node did not boot",
        "REVOKED, NONE, MACHINE_FAILED, LOST, Slurm ended it as REVOKED",
    })
    void everyEndOfTheManualIsDecidedOn(SlurmState state, Hint hint, Kind kind, Ending ending, String why) {
        assertThat(fate(Optional.of(record(143, true)), state, 0, 15, hint))
                .isEqualTo(new JobFate(kind, ending, 143, why));
    }

    @ParameterizedTest
    @CsvSource({
        "OUT_OF_MEMORY, ENDED, OUT_OF_MEMORY, it used more memory than asked for",
        "TIME_LIMIT, ENDED, TIMED_OUT, its time limit was reached",
        "PREEMPTED, PREEMPTED, LOST, it was preempted",
        "NODE_FAILURE, MACHINE_FAILED, LOST, its node failed",
        "NONE, ENDED, LOST, somebody cancelled it",
    })
    void aRecordThatTheQueueForgotIsExplainedByTheLog(Hint hint, Kind kind, Ending ending, String why) {
        JobFate fate =
                JobFate.of(new Evidence(Optional.of(record(143, true)), Presence.GONE, Optional.empty(), hint, true));

        assertThat(fate).isEqualTo(new JobFate(kind, ending, 143, why));
    }

    @Test
    void whatLeftNoRecordIsExplainedAsFarAsSlurmDoes() {
        assertThat(fate(Optional.empty(), SlurmState.FAILED, 0, 53, Hint.NONE))
                .isEqualTo(machineFailed(
                        -1, "Slurm could not start it there: its directory or its files cannot be written"));
        assertThat(fate(Optional.empty(), SlurmState.FAILED, 79, 0, Hint.NONE))
                .isEqualTo(machineFailed(79, "the calculation's directory is not there on its node"));
        assertThat(fate(Optional.empty(), SlurmState.FAILED, 0, 0, Hint.NONE))
                .isEqualTo(machineFailed(-1, "Slurm says FAILED and no more"));
        assertThat(fate(Optional.empty(), SlurmState.NODE_FAIL, 0, 9, Hint.NONE))
                .isEqualTo(machineFailed(137, "its node failed"));
        assertThat(absent(Presence.GONE, false, Optional.empty()))
                .isEqualTo(machineFailed(-1, "it is gone and left no exit record"));
        assertThat(absent(Presence.NEVER_SEEN, false, Optional.empty()))
                .isEqualTo(new JobFate(Kind.NEVER_ARRIVED, Ending.LOST, -1, "Slurm does not know it"));
        assertThat(absent(Presence.ABSENT, false, Optional.empty()))
                .isEqualTo(new JobFate(Kind.OPEN, Ending.EXITED, -1, ""));
    }

    private static JobFate machineFailed(int code, String why) {
        return new JobFate(Kind.MACHINE_FAILED, Ending.LOST, code, why);
    }

    @Test
    void aProgramThatIsNotThereIsThatWhateverTheQueueSays() {
        ExitRecord missing = new ExitRecord(
                "qmbench-a", "17", "n1", 3, false, true, Instant.EPOCH, Duration.ofSeconds(3), Optional.empty());

        assertThat(fate(Optional.of(missing), SlurmState.NODE_FAIL, 0, 9, Hint.OUT_OF_MEMORY))
                .isEqualTo(new JobFate(Kind.PROGRAM_MISSING, Ending.LOST, 127, "the program is not there"));
    }

    @Test
    void completedWithoutARecordIsBelievedAfterAWhile() {
        JobFate fate = JobFate.of(new Evidence(
                Optional.empty(), Presence.PRESENT, Optional.of(entry(SlurmState.COMPLETED, 0, 0)), Hint.NONE, true));

        assertThat(fate).isEqualTo(new JobFate(Kind.ENDED, Ending.EXITED, 0, "it ended by itself"));
    }

    @Test
    void whatHadEndedByItselfBeforeItsTimeWasUpCounts() {
        Optional<ExitRecord> itself = Optional.of(record(3, false));
        assertEnded(fate(itself, SlurmState.TIMEOUT, 0, 15, Hint.NONE), Ending.EXITED, 3);
        assertEnded(fate(itself, SlurmState.CANCELLED, 0, 15, Hint.NONE), Ending.EXITED, 3);
        assertThat(fate(Optional.empty(), SlurmState.FAILED, 0, 0, Hint.NONE).kind())
                .as("failed, and nothing says how")
                .isEqualTo(Kind.MACHINE_FAILED);
    }

    @Test
    void slurmsLogTellsMemoryFromTheRest() {
        assertThat(JobFiles.hintIn(Samples.text("log-over-memory.txt"))).isEqualTo(Hint.OUT_OF_MEMORY);
        assertThat(JobFiles.hintIn("slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2026 DUE TO TIME LIMIT ***"))
                .isEqualTo(Hint.TIME_LIMIT);
        assertThat(JobFiles.hintIn("slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2026 DUE TO PREEMPTION ***"))
                .isEqualTo(Hint.PREEMPTED);
        assertThat(JobFiles.hintIn("slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2026 DUE TO NODE FAILURE ***"))
                .isEqualTo(Hint.NODE_FAILURE);
        // As Slurm with cgroups writes it (slurm.conf(5), JobAcctGatherParams; task/cgroup).
        assertThat(JobFiles.hintIn("slurmstepd: error: Detected 1 oom-kill event(s) in StepId=5.batch."))
                .isEqualTo(Hint.OUT_OF_MEMORY);
        // As slurmstepd and slurmctld of other releases write it.
        assertThat(JobFiles.hintIn("slurmstepd: error: Exceeded job memory limit at some point."))
                .isEqualTo(Hint.OUT_OF_MEMORY);
        assertThat(JobFiles.hintIn("slurmstepd: error: Exceeded step memory limit at some point."))
                .isEqualTo(Hint.OUT_OF_MEMORY);
        assertThat(JobFiles.hintIn(
                        "slurmstepd: error: Detected 1 oom_kill event in StepId=5.batch. Some of the step tasks"
                                + " have been OOM Killed."))
                .isEqualTo(Hint.OUT_OF_MEMORY);
        assertThat(JobFiles.hintIn("Some of your processes may have been killed by the cgroup out-of-memory handler."))
                .isEqualTo(Hint.OUT_OF_MEMORY);
        assertThat(JobFiles.hintIn("")).isEqualTo(Hint.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        // requeued by somebody: the record is that of the attempt before
        "PENDING, false, OPEN",
        "PENDING, true, OPEN",
        "RUNNING, true, OPEN",
        // Slurm tidies up: it will say how the job ended, unless that takes too long
        "COMPLETING, false, OPEN",
        "COMPLETING, true, ENDED"
    })
    void aRecordOfAFailureWaitsForTheQueueUnlessThatOnlyTidiesUp(SlurmState state, boolean patienceOver, Kind kind) {
        JobFate fate = JobFate.of(new Evidence(
                Optional.of(record(3, false)),
                Presence.PRESENT,
                Optional.of(entry(state, 0, 0)),
                Hint.NONE,
                patienceOver));

        assertThat(fate.kind()).isEqualTo(kind);
        if (kind == Kind.ENDED) {
            assertEnded(fate, Ending.EXITED, 3);
        }
    }
}
