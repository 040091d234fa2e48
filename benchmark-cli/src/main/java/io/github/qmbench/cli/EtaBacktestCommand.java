package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.store.RecordedRun;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code qmbench eta-backtest}: how good the estimates of the time left would have been. */
@Command(
        name = "eta-backtest",
        sortOptions = false,
        description = {
            "Replay a run and show how far the estimates of its time left would have been off.",
            "Takes the options with which the run was begun, which say what its calculations depend on. The time left is that"
                    + " of one calculation after another."
        })
final class EtaBacktestCommand implements Callable<Integer> {

    /** In which order the calculations are replayed. */
    enum ReplayOrder {
        recorded,
        file,
        smallest_first,
        longest_first
    }

    private static final int[] PERCENT_DONE = {5, 10, 25, 50, 75};

    @ParentCommand
    private Qmbench root;

    @Mixin
    private BackendChoice backend;

    @Mixin
    private ResultsOption results;

    @Option(
            names = "--replay",
            paramLabel = "ORDER",
            defaultValue = "recorded",
            description = "Order of the replay: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}, as they ended")
    private ReplayOrder order = ReplayOrder.recorded;

    @Option(
            names = "--times",
            paramLabel = "RESULT",
            description =
                    "Take this number of each result, in seconds, for its time: cpu_seconds of NWChem is what a quiet"
                            + " machine takes; default: the wall time")
    private @Nullable String times;

    /** A calculation that was completed. */
    private record Done(Calculation calculation, Duration time, CostHint.Cost cost) {
        double seconds() {
            return time.toMillis() / 1000.0;
        }
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        RecordedRun run = results.begunRun();
        if (!(backend.prepare(run.directory()).backend() instanceof CostHint hint)) {
            throw Refusal.badInput("this backend does not tell what the time of a calculation depends on");
        }
        List<Done> done = read(run, hint);
        if (done.size() < 4) {
            throw Refusal.badInput("a replay needs at least 4 completed calculations, and there are " + done.size());
        }
        print(root.session().console().out(), done, hint);
        return ExitCode.OK;
    }

    private List<Done> read(RecordedRun run, CostHint hint) throws Refusal, IOException {
        List<Done> done = new ArrayList<>();
        try {
            run.forEachStanding(record -> {
                if (record.isComplete() && record.attempt().origin().isEmpty()) {
                    done.add(new Done(record.calculation(), time(record), hint.cost(record.calculation())));
                }
            });
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
        Comparator<Done> bySize = Comparator.comparingDouble(one -> one.cost().relative());
        switch (order) {
            case file -> done.sort(Comparator.comparing(one -> one.calculation().taskId()));
            case smallest_first -> done.sort(bySize);
            case longest_first -> done.sort(bySize.reversed());
            case recorded -> {}
        }
        return done;
    }

    private Duration time(JournalRecord record) {
        if (times == null) {
            return record.attempt().duration();
        }
        if (record.outcome().results().get(times) instanceof Number seconds && seconds.doubleValue() > 0) {
            return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
        }
        throw new IllegalArgumentException(
                "--times: the result of " + record.calculation() + " has no positive number " + times);
    }

    private static void print(PrintStream out, List<Done> done, CostHint hint) {
        out.println("done    time left   rolling mean    error   size model    error   80 % range");
        List<Double> ofMean = new ArrayList<>();
        List<Double> ofModel = new ArrayList<>();
        for (int percent : PERCENT_DONE) {
            int number = Math.max(1, Math.round(done.size() * percent / 100f));
            Estimate mean = estimate(EtaEstimator.rollingMean(), done, number);
            Estimate model = estimate(EtaEstimator.sizeModel(hint), done, number);
            out.printf(
                    Locale.ROOT,
                    "%3d %% %9.0f s %12.0f s %+7.0f %% %10.0f s %+7.0f %%   %.0f to %.0f s%n",
                    percent,
                    model.actual(),
                    mean.seconds(),
                    100 * mean.error(),
                    model.seconds(),
                    100 * model.error(),
                    model.from(),
                    model.to());
            if (percent >= 10) {
                ofMean.add(Math.abs(mean.error()));
                ofModel.add(Math.abs(model.error()));
            }
        }
        out.printf(
                Locale.ROOT,
                "median error from 10 %% done on: rolling mean %.0f %%, size model %.0f %%%n",
                100 * median(ofMean),
                100 * median(ofModel));
    }

    /** What was said, in seconds, and what came. */
    private record Estimate(double seconds, double from, double to, double actual) {
        double error() {
            return seconds / actual - 1;
        }
    }

    private static Estimate estimate(EtaEstimator estimator, List<Done> done, int number) {
        done.subList(0, number).forEach(one -> estimator.completed(one.calculation(), one.time()));
        List<Done> left = done.subList(number, done.size());
        var timeLeft = estimator.estimate(EtaEstimator.Workload.of(
                1,
                left.stream()
                        .map(one -> EtaEstimator.Batch.of(one.calculation(), 1))
                        .toList(),
                List.of()));
        double seconds = timeLeft.remaining().orElse(Duration.ZERO).toMillis() / 1000.0;
        return new Estimate(
                seconds,
                timeLeft.range().map(range -> range.from().toMillis() / 1000.0).orElse(seconds),
                timeLeft.range().map(range -> range.to().toMillis() / 1000.0).orElse(seconds),
                left.stream().mapToDouble(Done::seconds).sum());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
