package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the queue is asked, how many jobs are in it, and which nodes they avoid. */
class PaceAndWindowTest {

    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(60);

    private final PollPace pace = new PollPace(LEAST, MOST, new Random(1));
    private final AtomicLong nanos = new AtomicLong();

    private static Duration minutes(int number) {
        return Duration.ofMinutes(number);
    }

    @Test
    void shortJobsAreAskedForOftenAndLongOnesRarely() {
        assertThat(pace.interval(Duration.ZERO)).isEqualTo(LEAST);
        assertThat(pace.interval(minutes(10))).isEqualTo(Duration.ofSeconds(30));
        for (int i = 0; i < 10; i++) {
            pace.jobTook(minutes(5));
        }
        assertThat(pace.interval(minutes(600))).isEqualTo(Duration.ofSeconds(15));
        for (int i = 0; i < 10; i++) {
            pace.jobTook(minutes(300));
        }
        assertThat(pace.interval(minutes(600))).isEqualTo(MOST);
    }

    @Property
    void theIntervalStaysWithinItsBounds(
            @ForAll @Size(max = 30) java.util.List<@IntRange(max = 1_000_000) Integer> seconds,
            @ForAll @IntRange(max = 1_000_000) int sinceFirst) {
        PollPace any = new PollPace(LEAST, MOST, new Random(1));
        seconds.forEach(time -> any.jobTook(Duration.ofSeconds(time)));
        assertThat(any.interval(Duration.ofSeconds(sinceFirst))).isBetween(LEAST, MOST);
    }

    @Test
    void failedQueriesBackOffWithJitterUntilOneSucceeds() {
        Duration before = pace.interval(Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            pace.queryFailed();
            Duration now = pace.interval(Duration.ZERO);
            assertThat(now).isGreaterThan(before.dividedBy(2));
            before = now;
        }
        assertThat(before).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(75));
        assertThat(pace.interval(Duration.ZERO)).as("jitter").isNotEqualTo(before);
        pace.querySucceeded();
        assertThat(pace.interval(Duration.ZERO)).isEqualTo(LEAST);
    }

    /** Up to the longer of the longest interval and a minute, with a quarter up or down by chance. */
    @ParameterizedTest
    @CsvSource({"10, 60", "60, 60", "300, 300"})
    void failedQueriesBackOffToTheLongestIntervalAndAtLeastToAMinute(int longestSeconds, int mostSeconds) {
        PollPace other = new PollPace(LEAST, Duration.ofSeconds(longestSeconds), new Random(1));
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            other.queryFailed();
            if (i >= 100) {
                Duration interval = other.interval(minutes(600));
                assertThat(interval)
                        .isBetween(Duration.ofMillis(750L * mostSeconds), Duration.ofMillis(1250L * mostSeconds));
                sum += interval.toMillis() / 100.0;
            }
        }
        assertThat(sum).as("milliseconds on average").isCloseTo(1000.0 * mostSeconds, withinPercentage(5));
    }

    @Test
    void theIntervalDoublesWithEachFailedQuery() {
        for (int failures = 1; failures <= 4; failures++) {
            pace.queryFailed();
            double factor = pace.interval(Duration.ZERO).toMillis() / 2000.0 / (1 << failures);
            assertThat(factor).as("after %d", failures).isBetween(0.75, 1.25);
        }
    }

    @Test
    void ofTwoJobsTheLongerOneIsTheTypicalOne() {
        pace.jobTook(minutes(5));
        assertThat(pace.interval(minutes(600))).isEqualTo(Duration.ofSeconds(15));
        pace.jobTook(minutes(10));
        assertThat(pace.interval(minutes(600))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void tenJobsAreRemembered() {
        for (int time : new int[] {10, 10, 10, 10, 10, 1, 1, 1, 1, 1}) {
            pace.jobTook(minutes(time));
        }
        assertThat(pace.interval(minutes(600))).as("five of ten").isEqualTo(Duration.ofSeconds(30));
        pace.jobTook(minutes(1));
        assertThat(pace.interval(minutes(600))).as("four of ten").isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theMedianOfTheLastTenJobsCounts() {
        for (int i = 0; i < 10; i++) {
            pace.jobTook(minutes(1));
        }
        for (int time : new int[] {300, 300, 300, 300}) {
            pace.jobTook(minutes(time));
        }
        assertThat(pace.interval(minutes(600))).as("six of ten took a minute").isEqualTo(Duration.ofSeconds(3));
        pace.jobTook(minutes(10));
        pace.jobTook(minutes(10));
        assertThat(pace.interval(minutes(600)))
                .as("four are shorter, four longer")
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void endedJobsAreSeenBeforeSlurmForgetsThem() {
        pace.notLongerThan(Duration.ofSeconds(20));
        assertThat(pace.interval(minutes(600))).isEqualTo(Duration.ofSeconds(20));
        pace.notLongerThan(Duration.ofMillis(1));
        assertThat(pace.interval(minutes(600))).isEqualTo(LEAST);
    }

    private SubmissionWindow window(int most) {
        return new SubmissionWindow(most, minutes(1), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void refusedSubmissionShrinksTheWindowWhichGrowsAgain() {
        SubmissionWindow window = window(10);
        for (int i = 0; i < 5; i++) {
            assertThat(window.tryEnter()).isTrue();
        }
        assertThat(window.refused()).isEqualTo(4);
        window.leave();
        assertThat(window.tryEnter()).as("as many as Slurm takes are inside").isFalse();
        pass(minutes(1));
        assertThat(window.tryEnter()).isTrue();
        assertThat(window.tryEnter()).isFalse();
        pass(minutes(30));
        assertThat(window.width()).isEqualTo(10);
    }

    @Test
    void aJobOfAnEarlierRunnerHasAPlaceAlsoInAFullWindow() {
        SubmissionWindow window = window(1);
        assertThat(window.tryEnter()).isTrue();

        window.enterAnyway();

        assertThat(window.inside()).isEqualTo(2);
        window.leave();
        assertThat(window.tryEnter()).as("one is still inside").isFalse();
        window.leave();
        assertThat(window.tryEnter()).isTrue();
    }

    @Test
    void theWindowNeverCloses() {
        SubmissionWindow window = window(3);
        assertThat(window.tryEnter()).isTrue();
        assertThat(window.refused()).isEqualTo(1);
        window.leave();
        assertThat(window.tryEnter()).isTrue();
    }

    @Property
    void neverMoreInsideThanAskedFor(
            @ForAll @IntRange(min = 1, max = 8) int most, @ForAll @Size(max = 60) byte[] steps) {
        SubmissionWindow window = window(most);
        for (byte step : steps) {
            switch (Math.floorMod(step, 4)) {
                case 0, 1 -> window.tryEnter();
                case 2 -> {
                    if (window.inside() > 0) {
                        window.refused();
                        window.leave();
                    }
                }
                default -> pass(Duration.ofSeconds(step & 0xff));
            }
            assertThat(window.inside()).isBetween(0, most);
            assertThat(window.width()).isBetween(1, most);
        }
    }

    @Test
    void threeFailuresOnOneNodeAndNoneElsewhereExcludeIt() {
        NodeFailures nodes = new NodeFailures();
        assertThat(nodes.failedOn("n1")).isFalse();
        assertThat(nodes.failedOn("")).isFalse();
        assertThat(nodes.failedOn("n1")).isFalse();
        assertThat(nodes.excluded()).isEmpty();
        assertThat(nodes.failedOn("n1")).isTrue();
        assertThat(nodes.excluded()).containsExactly("n1");
        assertThat(nodes.failedOn("n1")).as("said once").isFalse();
    }

    @Test
    void afterOneNodeIsExcludedAnotherCanBe() {
        NodeFailures nodes = new NodeFailures();
        for (String node : new String[] {"n2", "n2", "n2", "n1", "n1"}) {
            nodes.failedOn(node);
        }
        assertThat(nodes.excluded()).containsExactly("n2");
        assertThat(nodes.failedOn("n2")).as("a job that was sent there before").isFalse();
        assertThat(nodes.failedOn("n1")).isTrue();
        assertThat(nodes.excluded()).containsExactly("n1", "n2");
    }

    @Test
    void failuresOnSeveralNodesExcludeNone() {
        NodeFailures nodes = new NodeFailures();
        for (int i = 0; i < 10; i++) {
            nodes.failedOn("n1");
            if (i == 1) {
                nodes.failedOn("n2");
            }
        }
        assertThat(nodes.excluded()).isEmpty();
    }
}
