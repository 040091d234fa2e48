package io.github.qmbench.slurm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Slurm calls the state of a job; names as in {@code squeue(1)}, JOB STATE CODES. A word that is not among them, of a
 * later Slurm, is {@link #UNKNOWN} and never taken for an end.
 */
enum SlurmState {
    PENDING(Phase.WAITING),
    CONFIGURING(Phase.WAITING),
    REQUEUED(Phase.WAITING),
    REQUEUE_FED(Phase.WAITING),
    REQUEUE_HOLD(Phase.HELD),
    RESV_DEL_HOLD(Phase.HELD),
    SPECIAL_EXIT(Phase.HELD),
    RUNNING(Phase.RUNNING),
    COMPLETING(Phase.RUNNING),
    RESIZING(Phase.RUNNING),
    SIGNALING(Phase.RUNNING),
    STAGE_OUT(Phase.RUNNING),
    SUSPENDED(Phase.SUSPENDED),
    STOPPED(Phase.SUSPENDED),
    COMPLETED(Phase.ENDED),
    FAILED(Phase.ENDED),
    OUT_OF_MEMORY(Phase.ENDED),
    TIMEOUT(Phase.ENDED),
    DEADLINE(Phase.ENDED),
    CANCELLED(Phase.ENDED),
    NODE_FAIL(Phase.ENDED),
    BOOT_FAIL(Phase.ENDED),
    PREEMPTED(Phase.ENDED),
    REVOKED(Phase.ENDED),
    UNKNOWN(Phase.UNKNOWN);

    /** What a state means for somebody who waits for the job. */
    enum Phase {
        /** It will start by itself. */
        WAITING,
        /** It will start only if a person lets it. */
        HELD,
        RUNNING,
        /** It has started and its clock stands still. */
        SUSPENDED,
        /** It is over, and nothing of it is left. */
        ENDED,
        /** Not known; to be looked at again. */
        UNKNOWN
    }

    private static final Map<String, SlurmState> BY_WORD = new LinkedHashMap<>();

    static {
        for (SlurmState state : values()) {
            BY_WORD.put(state.name(), state);
        }
        // The short forms, and the two words of older releases.
        BY_WORD.put("PD", PENDING);
        BY_WORD.put("CF", CONFIGURING);
        BY_WORD.put("RQ", REQUEUED);
        BY_WORD.put("RF", REQUEUE_FED);
        BY_WORD.put("RH", REQUEUE_HOLD);
        BY_WORD.put("RD", RESV_DEL_HOLD);
        BY_WORD.put("SE", SPECIAL_EXIT);
        BY_WORD.put("R", RUNNING);
        BY_WORD.put("CG", COMPLETING);
        BY_WORD.put("RS", RESIZING);
        BY_WORD.put("SI", SIGNALING);
        BY_WORD.put("SO", STAGE_OUT);
        BY_WORD.put("S", SUSPENDED);
        BY_WORD.put("ST", STOPPED);
        BY_WORD.put("CD", COMPLETED);
        BY_WORD.put("F", FAILED);
        BY_WORD.put("OOM", OUT_OF_MEMORY);
        BY_WORD.put("TO", TIMEOUT);
        BY_WORD.put("DL", DEADLINE);
        BY_WORD.put("CA", CANCELLED);
        BY_WORD.put("NF", NODE_FAIL);
        BY_WORD.put("BF", BOOT_FAIL);
        BY_WORD.put("PR", PREEMPTED);
        BY_WORD.put("RV", REVOKED);
    }

    private final Phase phase;

    SlurmState(Phase phase) {
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    /** Reads a word as {@code squeue}, {@code scontrol} or {@code sacct} prints it: {@code CANCELLED by 1000} is CANCELLED. */
    static SlurmState of(String word) {
        String first = word.strip().split("[ +]", 2)[0];
        return BY_WORD.getOrDefault(first, UNKNOWN);
    }
}
