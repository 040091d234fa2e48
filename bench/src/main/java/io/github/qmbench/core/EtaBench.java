package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nwchem.NwchemProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Replays the completed calculations of a run of NWChem, one after another, and prints how far the estimates of its time left
 * would have been off: the median errors of the rolling mean and of the size model, with 10, 25, 50 and 75 % done.
 */
public final class EtaBench {

    private static final int[] PERCENT_DONE = {10, 25, 50, 75};

    private record Done(Calculation calculation, Duration time, double size) {}

    private EtaBench() {}

    /**
     * Replays.
     *
     * @param args the run directory, the basis set of the run, the order (file, smallest_first or longest_first); then, if not
     *     the wall time, the result that has the seconds of a calculation: cpu_seconds is what a quiet machine takes
     */
    public static void main(String[] args) throws Exception {
        RunDirectory directory = RunDirectory.of(Path.of(args[0]));
        NwchemProvider nwchem = new NwchemProvider();
        CostHint hint = (CostHint) nwchem.prepare(
                        BackendOptions.of(nwchem.options(), Map.of("basis", List.of(args[1]))), directory)
                .backend();
        List<Done> done = new ArrayList<>();
        RecordedRun.open(directory).forEachStanding(record -> {
            if (record.isComplete() && record.attempt().origin().isEmpty()) {
                Duration time = args.length < 4
                        ? record.attempt().duration()
                        : seconds((Number) record.outcome().results().get(args[3]));
                done.add(new Done(
                        record.calculation(),
                        time,
                        hint.cost(record.calculation()).relative()));
            }
        });
        Comparator<Done> bySize = Comparator.comparingDouble(Done::size);
        done.sort(
                switch (args[2]) {
                    case "file" -> Comparator.comparing(one -> one.calculation().taskId());
                    case "smallest_first" -> bySize;
                    case "longest_first" -> bySize.reversed();
                    default -> throw new IllegalArgumentException(args[2]);
                });
        List<Double> ofMean = new ArrayList<>();
        List<Double> ofModel = new ArrayList<>();
        for (int percent : PERCENT_DONE) {
            int number = Math.max(1, Math.round(done.size() * percent / 100f));
            ofMean.add(error(EtaEstimator.rollingMean(), done, number));
            ofModel.add(error(EtaEstimator.sizeModel(hint), done, number));
        }
        System.out.printf(Locale.ROOT, "%.0f %% | %.0f %%%n", 100 * median(ofMean), 100 * median(ofModel));
    }

    private static Duration seconds(Number seconds) {
        return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    }

    /** How far the estimate is off, as a share of the time that was left. */
    private static double error(EtaEstimator estimator, List<Done> done, int number) {
        done.subList(0, number).forEach(one -> estimator.completed(one.calculation(), one.time()));
        List<Done> left = done.subList(number, done.size());
        TimeLeft said = estimator.estimate(EtaEstimator.Workload.of(
                1,
                left.stream()
                        .map(one -> EtaEstimator.Batch.of(one.calculation(), 1))
                        .toList(),
                List.of()));
        double truth = left.stream().mapToLong(one -> one.time().toMillis()).sum();
        return Math.abs(said.remaining().orElse(Duration.ZERO).toMillis() / truth - 1);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
