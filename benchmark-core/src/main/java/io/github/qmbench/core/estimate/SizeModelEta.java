package io.github.qmbench.core.estimate;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.TimeLeft;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The time left from a {@link PowerLaw} of the sizes of calculations, learnt from those that were completed. */
final class SizeModelEta implements EtaEstimator {

    private static final String NAME = "size_model";

    /** Fewer times than this say nothing of how they depend on sizes. */
    private static final int ENOUGH = 3;

    /** How many of the last times are kept. */
    private static final int MOST = 500;

    /** Of a normal distribution: 8 of 10 lie within so many standard deviations, 9 of 10 below. */
    private static final double EIGHTY_PERCENT = 1.2816;

    private static final double MOST_SECONDS = 1e11; // three thousand years

    private final CostHint hint;
    private final EtaEstimator rollingMean = EtaEstimator.rollingMean();
    private final Deque<PowerLaw.Observation> observations = new ArrayDeque<>();
    private @Nullable PowerLaw law;
    private long learnt;
    private long nextFit = ENOUGH;

    SizeModelEta(CostHint hint) {
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    @Override
    public void completed(Calculation calculation, Duration duration) {
        learn(calculation, duration, false);
    }

    @Override
    public void completedEarlier(Calculation calculation, Duration duration) {
        learn(calculation, duration, true);
    }

    private void learn(Calculation calculation, Duration duration, boolean earlier) {
        rollingMean.completed(calculation, duration);
        double seconds = Math.max(0.001, duration.toMillis() / 1000.0);
        observations.addLast(new PowerLaw.Observation(hint.cost(calculation), seconds, earlier));
        if (observations.size() > MOST) {
            observations.removeFirst();
        }
        learnt++;
    }

    /** The law of what was learnt; fitted again when that has grown by a fiftieth, so that the cost for each stays flat. */
    private Optional<PowerLaw> law() {
        if (learnt >= nextFit) {
            law = new PowerLaw(List.copyOf(observations));
            nextFit = learnt + 1 + learnt / 50;
        }
        return Optional.ofNullable(law);
    }

    @Override
    public Optional<Expected> expected(Calculation calculation) {
        return law().map(known -> {
            CostHint.Cost cost = hint.cost(calculation);
            double likely = known.seconds(cost);
            return Expected.likely(duration(likely))
                    .atMost(duration(likely * Math.exp(EIGHTY_PERCENT * known.deviation(cost))));
        });
    }

    @Override
    public TimeLeft estimate(Workload workload) {
        TimeLeft mean = rollingMean.estimate(workload);
        int left = workload.count();
        if (law().isEmpty() || left == 0) {
            return mean;
        }
        Sum sum = new Sum(law().orElseThrow());
        Schedule schedule = new Schedule(Math.min(workload.parallel(), left));
        for (Running task : workload.running()) {
            schedule.add(sum.rest(hint.cost(task.calculation()), task.elapsed().toMillis() / 1000.0), 1);
        }
        for (Batch batch : workload.waiting()) {
            CostHint.Cost cost = hint.cost(batch.example());
            schedule.add(sum.add(cost, sum.law.seconds(cost), batch.count()), batch.count());
        }
        double seconds = schedule.end();
        double spread = Math.exp(EIGHTY_PERCENT * sum.relativeDeviation());
        TimeLeft timeLeft = TimeLeft.of(duration(seconds))
                .withRange(TimeLeft.Range.from(duration(seconds / spread)).to(duration(seconds * spread)))
                .withModel(NAME);
        return mean.averageCalculation().map(timeLeft::withAverageCalculation).orElse(timeLeft);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(Math.min(MOST_SECONDS, seconds) * 1000));
    }

    /** Adds times, and how uncertain their sum is: biases add up, what is by chance averages out. */
    private static final class Sum {
        private final PowerLaw law;
        private double seconds;
        private double bias;
        private double chance;

        Sum(PowerLaw law) {
            this.law = law;
        }

        /** Adds so many calculations that take so long, and returns the time of one. */
        double add(CostHint.Cost cost, double each, int count) {
            double deviation = law.deviation(cost);
            double ownBias = law.bias(cost);
            seconds += each * count;
            bias += each * count * ownBias;
            chance += each * each * count * Math.max(0, deviation * deviation - ownBias * ownBias);
            return each;
        }

        /** Adds what is left of a running calculation; one that is overdue takes some more of what it has taken. */
        double rest(CostHint.Cost cost, double elapsed) {
            double deviation = law.deviation(cost);
            double rest = Math.max(law.seconds(cost) - elapsed, Math.min(1, deviation) * elapsed / 2);
            return add(cost, rest, 1);
        }

        double relativeDeviation() {
            return seconds == 0 ? 0 : Math.min(3, Math.sqrt(bias * bias + chance) / seconds);
        }
    }

    /** Calculations in the order of their start, each on the place that is free first. */
    private static final class Schedule {
        private final PriorityQueue<Double> places = new PriorityQueue<>();
        private double later; // added to all places

        Schedule(int parallel) {
            for (int i = 0; i < parallel; i++) {
                places.add(0.0);
            }
        }

        /** Adds calculations of one length; whole rounds of many at once. */
        void add(double seconds, int count) {
            int rounds = count / places.size();
            later += rounds * seconds;
            for (int i = rounds * places.size(); i < count; i++) {
                places.add(places.remove() + seconds);
            }
        }

        /** When the last one ends. */
        double end() {
            return later + places.stream().mapToDouble(place -> place).max().orElse(0);
        }
    }
}
