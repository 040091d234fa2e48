package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.store.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order calculations start, and which do not start because they would not end in time. */
class StartQueueTest {

    private static final Instant BEGIN = Instant.parse("2026-11-24T22:00:00Z");

    @TempDir
    Path path;

    /** A backend whose calculations take as many minutes as their subject's name ends in; time passes as they say. */
    private static final class Clockwork implements CalculationBackend, CostHint {
        private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
        private final List<String> started = Collections.synchronizedList(new ArrayList<>());

        static int minutes(Calculation calculation) {
            return Integer.parseInt(calculation.subject().substring(1));
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            started.add(calculation.subject());
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(minutes(calculation))));
            return CalculationOutcome.complete(Map.of());
        }

        @Override
        public Cost cost(Calculation calculation) {
            return new Cost(minutes(calculation), Map.of("minutes", (double) minutes(calculation)), Map.of());
        }

        long nanos() {
            return Duration.between(BEGIN, now.get()).toNanos();
        }
    }

    private BenchmarkRunner.Builder runner(Clockwork backend, List<Integer> minutes) {
        CalculationMatrix.Builder matrix = CalculationMatrix.builder();
        minutes.forEach(length -> matrix.subjects("m" + length));
        return BenchmarkRunner.builder(path, matrix.build(), backend)
                .clock(new TestClock(backend.now::get, backend::nanos))
                .storage(new QuickStorage());
    }

    @Test
    void oneAfterTheOtherKeepsTheOrderOfTheMatrix() throws Exception {
        Clockwork backend = new Clockwork();
        runner(backend, List.of(5, 90, 7, 30)).build().run();
        assertThat(backend.started).containsExactly("m5", "m90", "m7", "m30");
    }

    @Test
    void longestComeFirstWhenAskedFor() throws Exception {
        Clockwork backend = new Clockwork();
        runner(backend, List.of(5, 90, 7, 30))
                .order(StartOrder.LONGEST_FIRST)
                .build()
                .run();
        assertThat(backend.started).containsExactly("m90", "m30", "m7", "m5");
    }

    @Test
    void inParallelTheLongestComeFirstUnlessTheFileOrderIsAskedFor() throws Exception {
        assertThat(settings(new Clockwork()).settings().order).isEqualTo(StartOrder.FILE);
        RunSettings.Draft parallel = settings(new Clockwork());
        parallel.parallel = 2;
        assertThat(parallel.settings().order).isEqualTo(StartOrder.LONGEST_FIRST);
        parallel.order = Optional.of(StartOrder.FILE);
        assertThat(parallel.settings().order).isEqualTo(StartOrder.FILE);
    }

    private RunSettings.Draft settings(Clockwork backend) {
        return new RunSettings.Draft(RunDirectory.of(path), matrix(2), backend);
    }

    @Test
    void onlyWhatShouldEndBeforeTheDeadlineStartsAndTheRunStopsWithThatReason() throws Exception {
        Clockwork backend = new Clockwork();

        RunOutcome outcome = runner(backend, List.of(10, 12, 14, 16, 500, 20, 600, 22))
                .deadline(BEGIN.plus(Duration.ofHours(2)))
                .build()
                .run();

        // Ten minutes are left after the sixth, which is less than the shortest of the rest.
        assertThat(backend.started).doesNotContain("m500", "m600").contains("m10", "m12", "m14", "m16", "m20");
        assertThat(backend.now.get()).isBefore(BEGIN.plus(Duration.ofHours(2)));
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(outcome.results().status().run().reason().orElseThrow())
                .isEqualTo("nothing that is left would end before 2026-11-25T00:00:00Z");

        backend.started.clear();
        assertThat(runner(backend, List.of(10, 12, 14, 16, 500, 20, 600, 22))
                        .build()
                        .run()
                        .state())
                .isEqualTo(RunState.COMPLETE);
        assertThat(backend.started).contains("m500", "m600").doesNotContain("m10");
    }

    @Test
    void afterTheDeadlineNothingStarts() throws Exception {
        Clockwork backend = new Clockwork();
        RunOutcome outcome =
                runner(backend, List.of(1, 2)).deadline(BEGIN).build().run();
        assertThat(backend.started).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
    }

    @Test
    void runThatIsDoneByTheDeadlineIsCompleteWithoutAReason() throws Exception {
        Clockwork backend = new Clockwork();
        RunOutcome outcome = runner(backend, List.of(1, 2))
                .deadline(BEGIN.plusSeconds(9999))
                .build()
                .run();
        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.results().status().run().reason()).isEmpty();
    }

    @Property(tries = 100)
    void takesEveryCalculationOnceInTheOrderAskedFor(
            @ForAll @NotEmpty @Size(max = 60) List<@IntRange(min = 1, max = 8) Integer> costs, @ForAll StartOrder order)
            throws Exception {
        CalculationMatrix matrix = matrix(costs.size());
        CostHint hint = calculation -> new CostHint.Cost(
                costs.get(Integer.parseInt(calculation.subject().substring(1))), Map.of(), Map.of());
        JournalIndex point = JournalIndex.ofRun(
                Path.of("no-such-run"), matrix, calculation -> Fingerprint.of(Map.of()), (calculation, time) -> {});
        StartQueue queue = new StartQueue(matrix, point, Optional.of(hint), order, calculation -> Optional.empty());

        List<Integer> taken = new ArrayList<>();
        while (!queue.isEmpty()) {
            assertThat(queue.waiting().stream()
                            .mapToInt(EtaEstimator.Batch::count)
                            .sum())
                    .isEqualTo(costs.size() - taken.size());
            taken.add(queue.take(calculation -> true, 0));
        }

        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < costs.size(); i++) {
            expected.add(i);
        }
        if (order == StartOrder.LONGEST_FIRST) {
            expected.sort(Comparator.comparing((Integer i) -> -costs.get(i)));
        }
        assertThat(taken).isEqualTo(expected);
        assertThat(queue.take(calculation -> true, 0)).isEqualTo(-1);
    }

    private static CalculationMatrix matrix(int size) {
        CalculationMatrix.Builder subjects = CalculationMatrix.builder();
        for (int i = 0; i < size; i++) {
            subjects.subjects("s" + i);
        }
        return subjects.build();
    }

    private static StartQueue longestFirst(
            CalculationMatrix matrix,
            ToDoubleFunction<Integer> cost,
            Function<Calculation, Optional<EtaEstimator.Expected>> expected)
            throws Exception {
        JournalIndex point = JournalIndex.ofRun(
                Path.of("no-such-run"), matrix, calculation -> Fingerprint.of(Map.of()), (calculation, time) -> {});
        CostHint hint = calculation -> new CostHint.Cost(cost.applyAsDouble(number(calculation)), Map.of(), Map.of());
        return new StartQueue(matrix, point, Optional.of(hint), StartOrder.LONGEST_FIRST, expected);
    }

    private static int number(Calculation calculation) {
        return Integer.parseInt(calculation.subject().substring(1));
    }

    private static List<Integer> takeAll(StartQueue queue) {
        List<Integer> taken = new ArrayList<>();
        while (!queue.isEmpty()) {
            taken.add(queue.take(calculation -> true, 0));
        }
        return taken;
    }

    @Test
    void expectedTimesCountMoreThanTheHintWhichDecidesBetweenEqualOnes() throws Exception {
        List<Long> millis = List.of(1500L, 1500L, 9000L, 1600L);

        StartQueue queue = longestFirst(matrix(4), number -> 1 + number, calculation -> {
            Duration time = Duration.ofMillis(millis.get(number(calculation)));
            return Optional.of(EtaEstimator.Expected.likely(time).atMost(time));
        });

        assertThat(takeAll(queue)).containsExactly(2, 3, 1, 0);
    }

    @Test
    void withThousandsOfCostsSimilarOnesCountAsOne() throws Exception {
        int size = 3000;

        // From 1 to 2 in steps of a 3000th: sixteen steps of about 4 %, and a half one at either end.
        StartQueue queue = longestFirst(matrix(size), number -> 1 + number / (double) size, any -> Optional.empty());

        assertThat(queue.waiting())
                .hasSize(17)
                .extracting(batch -> number(batch.example()))
                .isSortedAccordingTo(Comparator.reverseOrder());
        List<Integer> taken = takeAll(queue);
        assertThat(taken).hasSize(size).doesNotHaveDuplicates();
        assertThat(taken.get(0)).isGreaterThan(size * 9 / 10);
    }

    @Test
    void calculationsOfOneCostAreToldApartFromOthersUpToAThousandCosts() throws Exception {
        StartQueue queue = longestFirst(matrix(2000), number -> 1 + number % 1000 / 1000.0, any -> Optional.empty());

        assertThat(queue.waiting())
                .hasSize(1000)
                .allSatisfy(batch -> assertThat(batch.count()).isEqualTo(2));
    }

    @Test
    void whatIsTriedAgainWaitsForItsTimeAndThenComesFirst() throws Exception {
        StartQueue queue = longestFirst(matrix(3), number -> 1, any -> Optional.empty());
        assertThat(queue.take(0)).isZero();
        assertThat(queue.take(0)).isEqualTo(1);
        assertThat(queue.untilRetry(0)).isEmpty();

        queue.putBack(1, 500);
        queue.putBack(0, 900);
        queue.putBack(1, 700);

        assertThat(queue.untilRetry(100)).hasValue(400);
        assertThat(queue.untilRetry(500)).hasValue(200);
        assertThat(queue.untilRetry(900)).isEmpty();
        assertThat(queue.waiting()).extracting(batch -> number(batch.example())).containsExactly(2, 1, 1, 0);
        assertThat(queue.take(499)).isEqualTo(2);
        assertThat(queue.take(499)).isEqualTo(-1);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.take(500)).isEqualTo(1);
        assertThat(queue.take(calculation -> number(calculation) == 0, 699)).isEqualTo(-1);
        assertThat(queue.take(calculation -> number(calculation) == 0, 900)).isZero();
        assertThat(queue.take(900)).isEqualTo(1);
        assertThat(queue.isEmpty()).isTrue();
    }
}
