package io.github.qmbench.core.estimate;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A model of the memory that a calculation needs, learnt from completed ones. It has a power of each size that a {@link
 * CostHint} gives, and a factor for each condition, as the size model has them for times.
 *
 * <p>Safe for use by many threads; asks the hint without its lock.
 */
public final class MemoryModel {

    /** The least memory in bytes that {@link #bound} returns. */
    public static final long LEAST_BYTES = 256L << 20;

    /** Fewer values than this say nothing of how they depend on sizes. */
    private static final int ENOUGH = 3;

    /** How many of the last values are kept. */
    private static final int MOST = 500;

    /** Of a normal distribution: 95 of 100 lie below so many standard deviations. */
    private static final double NINETY_FIVE_PERCENT = 1.6449;

    /** Where times grow as the cube of a size, the matrices that are kept grow as its square. */
    private static final double POWER_OF_TIME = 2.0 / 3;

    private static final double MOST_BYTES = 1e18;

    private final @Nullable CostHint hint;

    // Guarded by this.
    private final Deque<PowerLaw.Observation> observations = new ArrayDeque<>();
    private @Nullable Learnt learnt;
    private long count;
    private long nextFit = ENOUGH;

    /** The law, and the largest calculation that it was learnt from. */
    private record Learnt(PowerLaw law, CostHint.Cost largest) {
        double bound(CostHint.Cost cost) {
            return law.seconds(cost) * Math.exp(NINETY_FIVE_PERCENT * law.deviation(cost));
        }
    }

    private MemoryModel(@Nullable CostHint hint) {
        this.hint = hint;
    }

    /**
     * {@return a model that has learnt nothing yet}
     *
     * @param hint gives the sizes and conditions of a calculation
     */
    public static MemoryModel of(CostHint hint) {
        return new MemoryModel(Objects.requireNonNull(hint, "hint"));
    }

    /** {@return a model to which all calculations are alike} */
    public static MemoryModel withoutSizes() {
        return new MemoryModel(null);
    }

    private CostHint.Cost cost(Calculation calculation) {
        if (hint == null) {
            return new CostHint.Cost(1, Map.of(), Map.of());
        }
        CostHint.Cost cost = hint.cost(calculation);
        return new CostHint.Cost(Math.pow(cost.relative(), POWER_OF_TIME), cost.sizes(), cost.conditions());
    }

    /**
     * Learns the peak of a completed calculation.
     *
     * @param calculation one of the run's matrix
     * @param peakBytes its largest use of memory, in bytes
     */
    public void completed(Calculation calculation, long peakBytes) {
        if (peakBytes < 1) {
            throw new IllegalArgumentException("peakBytes must be positive but was " + peakBytes);
        }
        PowerLaw.Observation seen =
                new PowerLaw.Observation(cost(Objects.requireNonNull(calculation, "calculation")), peakBytes, false);
        synchronized (this) {
            observations.addLast(seen);
            if (observations.size() > MOST) {
                observations.removeFirst();
            }
            count++;
        }
    }

    /**
     * {@return the memory in bytes that 95 of 100 such calculations do not exceed, at least {@link #LEAST_BYTES}; empty
     * while fewer than three values are known}
     *
     * @param calculation one of the run's matrix
     */
    public OptionalLong bound(Calculation calculation) {
        CostHint.Cost cost = cost(Objects.requireNonNull(calculation, "calculation"));
        Learnt known = learnt();
        if (known == null) {
            return OptionalLong.empty();
        }
        double bytes = known.bound(cost);
        if (cost.relative() > known.largest().relative()) {
            // What a program takes in any case makes the law flatter among small calculations than it is beyond them.
            bytes = Math.max(
                    bytes,
                    known.bound(known.largest())
                            * cost.relative()
                            / known.largest().relative());
        }
        return OptionalLong.of(Math.max(LEAST_BYTES, Math.round(Math.min(bytes, MOST_BYTES))));
    }

    /** The law of what was learnt; fitted again when that has grown by a fiftieth, so that the cost for each stays flat. */
    private synchronized @Nullable Learnt learnt() {
        if (count >= nextFit) {
            CostHint.Cost largest = observations.stream()
                    .map(PowerLaw.Observation::cost)
                    .max(Comparator.comparingDouble(CostHint.Cost::relative))
                    .orElseThrow();
            learnt = new Learnt(new PowerLaw(List.copyOf(observations)), largest);
            nextFit = count + 1 + count / 50;
        }
        return learnt;
    }
}
