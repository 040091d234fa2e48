package io.github.qmbench.slurm;

import java.util.HashMap;
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

    private static final Map<String, SlurmState> BY_WORD = new HashMap<>();

    static {
        for (SlurmState state : values()) {
            BY_WORD.put(state.name(), state);
        }
        // The short forms, and the two words of older releases.
        BY_WORD.putAll(Map.ofEntries(
                Map.entry("PD", PENDING),
                Map.entry("CF", CONFIGURING),
                Map.entry("RQ", REQUEUED),
                Map.entry("RF", REQUEUE_FED),
                Map.entry("RH", REQUEUE_HOLD),
                Map.entry("RD", RESV_DEL_HOLD),
                Map.entry("SE", SPECIAL_EXIT),
                Map.entry("R", RUNNING),
                Map.entry("CG", COMPLETING),
                Map.entry("RS", RESIZING),
                Map.entry("SI", SIGNALING),
                Map.entry("SO", STAGE_OUT),
                Map.entry("S", SUSPENDED),
                Map.entry("ST", STOPPED),
                Map.entry("CD", COMPLETED),
                Map.entry("F", FAILED),
                Map.entry("OOM", OUT_OF_MEMORY),
                Map.entry("TO", TIMEOUT),
                Map.entry("DL", DEADLINE),
                Map.entry("CA", CANCELLED),
                Map.entry("NF", NODE_FAIL),
                Map.entry("BF", BOOT_FAIL),
                Map.entry("PR", PREEMPTED),
                Map.entry("RV", REVOKED)));
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
