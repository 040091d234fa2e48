package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationContext;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The memory of a calculation: what each process of NWChem is told to take and, where the calculation has a job of its own,
 * what that job is given. Both grow by a factor when it was too little. Used by one thread.
 */
final class MemoryShare {

    private static final int STEP = 8;
    private static final int MOST = STEP * STEP;
    private static final int STEP_OF_JOB = 2;

    private final NwchemSettings settings;
    private final CalculationContext context;

    MemoryShare(NwchemSettings settings, CalculationContext context) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.context = Objects.requireNonNull(context, "context");
    }

    /** What each process is told to take, in megabytes. */
    long perProcessMb(int factor) {
        return context.givenMemoryBytes().isPresent() ? inJobMb(factor) : onMachineMb(factor);
    }

    private long onMachineMb(int factor) {
        int processes = settings.ranks() * Math.max(1, context.sideBySide());
        long plain = plainMb(MachineMemory.totalMb(), processes);
        return factor == 1
                ? plain
                : Math.max(
                        plain,
                        Math.min(plain * factor, MachineMemory.mostPerProcessMb(MachineMemory.totalMb(), processes)));
    }

    private long inJobMb(int factor) {
        long job = context.givenMemoryBytes().getAsLong(); // what was learnt holds for what NWChem was told before
        long plain = plainMb(job >> 20, settings.ranks());
        return factor == 1
                ? plain
                : Math.max(
                        MachineMemory.LEAST_MB,
                        Math.min(
                                plain * factor,
                                MachineMemory.shareMb(jobBytes(factor).orElse(job) >> 20, settings.ranks())));
    }

    private long plainMb(long totalMb, int processes) {
        return settings.memoryPerProcessMb().orElseGet(() -> MachineMemory.perProcessMb(totalMb, processes));
    }

    /** What the job is to be given; empty where it has no more than the others, or is none. */
    OptionalLong jobBytes(int factor) {
        OptionalLong own = context.memoryBytes();
        OptionalLong most = context.mostMemoryBytes();
        if (factor == 1 || own.isEmpty() || most.isEmpty() || most.getAsLong() <= own.getAsLong()) {
            return OptionalLong.empty();
        }
        long more = own.getAsLong() * factor;
        OptionalLong given = context.givenMemoryBytes();
        if (given.isPresent() && !given.equals(own)) {
            more = Math.max(more, given.getAsLong() * (factor / STEP_OF_JOB)); // first what it would have had unlearnt
        }
        return OptionalLong.of(Math.min(more, most.getAsLong()));
    }

    /** The factor after this one; empty when it would give no more. */
    OptionalInt next(int factor) {
        if (context.givenMemoryBytes().isEmpty()) {
            return factor >= MOST ? OptionalInt.empty() : OptionalInt.of(factor * STEP);
        }
        int next = factor * STEP_OF_JOB;
        boolean more =
                jobBytes(next).orElse(0) > jobBytes(factor).orElse(0) || perProcessMb(next) > perProcessMb(factor);
        return more ? OptionalInt.of(next) : OptionalInt.empty();
    }
}
