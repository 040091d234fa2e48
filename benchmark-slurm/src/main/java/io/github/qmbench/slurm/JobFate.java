package io.github.qmbench.slurm;

import io.github.qmbench.core.process.ProcessResult;
import java.util.Optional;

/**
 * What became of a job, as far as its exit record, the queue and Slurm's log of the job tell.
 *
 * @param kind how to continue
 * @param ending how the program ended; of meaning when the kind is {@link Kind#ENDED}
 * @param exitCode as the shell shows it, -1 when not known
 * @param why for a person
 */
record JobFate(Kind kind, ProcessResult.Ending ending, int exitCode, String why) {

    enum Kind {
        /** Not over, or not known yet. */
        OPEN,
        /** It ended, and that is the result. */
        ENDED,
        /** The machine failed it: another job may succeed. */
        MACHINE_FAILED,
        /** It had to make room: another job may succeed, and nothing is wrong with the node. */
        PREEMPTED,
        /** The program could not be started on that node. */
        PROGRAM_MISSING,
        /** Slurm has never heard of it. */
        NEVER_ARRIVED
    }

    /** How far the queue can be trusted to know the job by now. */
    enum Presence {
        /** There is an entry. */
        PRESENT,
        /** The queue was read and has none, but that may be too early to tell. */
        ABSENT,
        /** It is not there, long enough and asked often enough, and accounting does not know it either. */
        GONE,
        /** It is not there, and there is no word of Slurm that it ever accepted the job. */
        NEVER_SEEN,
        /** The queue could not be read. */
        UNREADABLE
    }

    /**
     * All that is known.
     *
     * @param patienceOver whether what contradicts itself (a record without an end in the queue, an end without a record)
     *     has done so for longer than shared disks and controllers take
     */
    record Evidence(
            Optional<ExitRecord> record,
            Presence presence,
            Optional<QueueEntry> entry,
            JobFiles.Hint hint,
            boolean patienceOver) {}

    private static final JobFate OPEN = new JobFate(Kind.OPEN, ProcessResult.Ending.EXITED, -1, "");

    /** Decides. */
    static JobFate of(Evidence known) {
        Optional<ExitRecord> record = known.record();
        if (record.isPresent() && record.get().missing()) {
            return new JobFate(Kind.PROGRAM_MISSING, ProcessResult.Ending.LOST, 127, "the program is not there");
        }
        Optional<QueueEntry> ended = known.entry().filter(entry -> entry.state().phase() == SlurmState.Phase.ENDED);
        if (ended.isPresent()) {
            return record.map(ExitRecord::isSuccess).orElse(false) ? exited(0) : ofEnd(ended.get(), known);
        }
        boolean maybeActive = known.presence() == Presence.PRESENT
                && known.entry()
                        .map(entry -> entry.state() != SlurmState.COMPLETING)
                        .orElse(false);
        if (record.isPresent() && record.get().isSuccess()) {
            return maybeActive && !known.patienceOver() ? OPEN : exited(0); // another would be one job too many
        }
        if (record.isPresent()) {
            // It failed; the queue will say whether by itself. If it is back in the queue, somebody has requeued it.
            return maybeActive || !known.patienceOver() ? OPEN : ofRecordAlone(record.get(), known.hint());
        }
        return switch (known.presence()) {
            case PRESENT, ABSENT, UNREADABLE -> OPEN;
            case NEVER_SEEN -> new JobFate(Kind.NEVER_ARRIVED, ProcessResult.Ending.LOST, -1, "Slurm does not know it");
            case GONE -> machineFailed(-1, "it is gone and left no exit record");
        };
    }

    private static JobFate ofEnd(QueueEntry entry, Evidence known) {
        int code = known.record().map(ExitRecord::exitCode).orElse(entry.exit().asShell());
        boolean byItself = known.record().map(record -> !record.terminated()).orElse(false);
        return switch (entry.state()) {
            case COMPLETED -> known.record().isPresent() || known.patienceOver() ? exited(code) : OPEN;
            case FAILED -> ofFailed(entry, known, code);
            case OUT_OF_MEMORY ->
                new JobFate(Kind.ENDED, ProcessResult.Ending.OUT_OF_MEMORY, code, "it used more memory than asked for");
            case TIMEOUT ->
                byItself
                        ? exited(code)
                        : new JobFate(Kind.ENDED, ProcessResult.Ending.TIMED_OUT, code, "its time limit was reached");
            case CANCELLED -> ofCancelled(entry, known, code);
            case DEADLINE -> new JobFate(Kind.ENDED, ProcessResult.Ending.LOST, code, "its deadline had come");
            case PREEMPTED -> new JobFate(Kind.PREEMPTED, ProcessResult.Ending.LOST, code, "it was preempted");
            case NODE_FAIL -> machineFailed(code, "its node failed");
            case BOOT_FAIL -> machineFailed(code, "its node did not boot");
            default -> machineFailed(code, "Slurm ended it as " + entry.word());
        };
    }

    private static JobFate ofFailed(QueueEntry entry, Evidence known, int code) {
        if (known.hint() == JobFiles.Hint.OUT_OF_MEMORY) {
            return new JobFate(
                    Kind.ENDED, ProcessResult.Ending.OUT_OF_MEMORY, code, "it used more memory than asked for");
        }
        if (known.record().isPresent()) {
            return exited(code);
        }
        if (entry.exit().signal() == 53) {
            return machineFailed(-1, "Slurm could not start it there: its directory or its files cannot be written");
        }
        if (entry.exit().code() == JobScript.EXIT_NO_FILES) {
            return machineFailed(code, "the calculation's directory is not there on its node");
        }
        return code == 0 ? machineFailed(-1, "Slurm says " + entry.word() + " and no more") : exited(code);
    }

    private static JobFate ofCancelled(QueueEntry entry, Evidence known, int code) {
        if (known.record().isPresent() && !known.record().get().terminated()) {
            return exited(code); // it had ended by itself before
        }
        return switch (known.hint()) {
            case TIME_LIMIT ->
                new JobFate(Kind.ENDED, ProcessResult.Ending.TIMED_OUT, code, "its time limit was reached");
            case PREEMPTED -> new JobFate(Kind.PREEMPTED, ProcessResult.Ending.LOST, code, "it was preempted");
            case NODE_FAILURE -> machineFailed(code, "its node failed");
            case OUT_OF_MEMORY, NONE ->
                new JobFate(
                        Kind.ENDED, ProcessResult.Ending.LOST, code, "somebody cancelled it (" + entry.word() + ")");
        };
    }

    private static JobFate ofRecordAlone(ExitRecord record, JobFiles.Hint hint) {
        int code = record.exitCode();
        return switch (hint) {
            case OUT_OF_MEMORY ->
                new JobFate(Kind.ENDED, ProcessResult.Ending.OUT_OF_MEMORY, code, "it used more memory than asked for");
            case TIME_LIMIT ->
                new JobFate(Kind.ENDED, ProcessResult.Ending.TIMED_OUT, code, "its time limit was reached");
            case PREEMPTED -> new JobFate(Kind.PREEMPTED, ProcessResult.Ending.LOST, code, "it was preempted");
            case NODE_FAILURE -> machineFailed(code, "its node failed");
            case NONE ->
                record.terminated()
                        ? new JobFate(Kind.ENDED, ProcessResult.Ending.LOST, code, "somebody cancelled it")
                        : exited(code);
        };
    }

    private static JobFate exited(int code) {
        return new JobFate(Kind.ENDED, ProcessResult.Ending.EXITED, code, "it ended by itself");
    }

    private static JobFate machineFailed(int code, String why) {
        return new JobFate(Kind.MACHINE_FAILED, ProcessResult.Ending.LOST, code, why);
    }
}
