package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jobs are cancelled, with scripts in the place of Slurm's commands. */
@Timeout(60)
class QueueWatchTest {

    private static final String NAME = Cluster.NAME_PREFIX + "a";

    @TempDir
    Path directory;

    private QueueWatch watch;

    /** Starts a watch of a queue with one job, 17, in some state. */
    private void begin(String state) throws IOException {
        begin(state, Duration.ofSeconds(2));
    }

    private void begin(String state, Duration interval) throws IOException {
        begin(
                state,
                SlurmSettings.builder()
                        .environment("PATH", directory.toString())
                        .pollInterval(interval, Duration.ofMinutes(1))
                        .build());
    }

    private void begin(String state, SlurmSettings settings) throws IOException {
        command("squeue", "echo '17|" + state + "|None|n1|0|1000000|1:00|" + NAME + "|'");
        command("scontrol", "exit 1");
        command("scancel", "echo \"$@\" >>'" + directory.resolve("cancelled") + "'");
        watch = new QueueWatch(new SlurmCommands(settings), settings, Cluster.NAME_PREFIX);
    }

    private void command(String name, String script) throws IOException {
        ScriptedCommands.write(directory, name, script);
    }

    /** Returns the arguments of each call of {@code scancel} when the queue has been looked at once. */
    private List<String> cancelledAtTheFirstLook() throws IOException, InterruptedException {
        watch.join();
        try {
            QueueWatch.View view = watch.view();
            while (view.taken() == 0) {
                view = watch.awaitNewer(view, Duration.ofSeconds(1));
            }
            assertThat(view.entries()).containsOnlyKeys(NAME);
        } finally {
            watch.close();
        }
        Path cancelled = directory.resolve("cancelled");
        return Files.exists(cancelled) ? Files.readAllLines(cancelled) : List.of();
    }

    private static String everything() {
        return ScriptedCommands.cancel("17");
    }

    private static String whatWaits() {
        return ScriptedCommands.cancelWhileItWaits("17");
    }

    /** One that Slurm has taken in without saying so may have started long before it is seen. */
    @ParameterizedTest
    @CsvSource({"PENDING, true", "RUNNING, true", "SUSPENDED, true", "COMPLETING, false", "COMPLETED, false"})
    void aJobThatNobodyWantsIsCancelledUnlessItEnds(String state, boolean cancelled) throws Exception {
        begin(state);
        watch.cancelIfSeen(NAME);

        assertThat(cancelledAtTheFirstLook()).isEqualTo(cancelled ? List.of(everything()) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"PENDING, true", "RUNNING, false", "COMPLETED, false"})
    void aJobThatIsWithdrawnIsCancelledOnlyWhileItWaits(String state, boolean cancelled) throws Exception {
        begin(state);
        watch.cancel(NAME, true);

        assertThat(cancelledAtTheFirstLook()).isEqualTo(cancelled ? List.of(whatWaits()) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"PENDING, true", "RUNNING, true", "COMPLETING, false"})
    void aJobThatIsCancelledIsSoThoughItRuns(String state, boolean cancelled) throws Exception {
        begin(state);
        watch.cancel(NAME, false);

        assertThat(cancelledAtTheFirstLook()).isEqualTo(cancelled ? List.of(everything()) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"JobHeldUser, PENDING, true", "None, REQUEUE_HOLD, true", "None, EXPEDITING, false"})
    void aJobThatIsWithdrawnIsCancelledWhereItIsHeldAndNotWhereNobodyKnows(
            String reason, String state, boolean cancelled) throws Exception {
        begin(state);
        command("squeue", "echo '17|" + state + "|" + reason + "||0|N/A|0:00|" + NAME + "|'");
        watch.cancel(NAME, true);

        assertThat(cancelledAtTheFirstLook()).isEqualTo(cancelled ? List.of(whatWaits()) : List.of());
    }

    @Test
    void whatIsToBeCancelledNoMoreIsNot() throws Exception {
        begin("RUNNING");
        watch.cancel(NAME, false);
        watch.cancelNoMore(NAME);

        assertThat(cancelledAtTheFirstLook()).isEmpty();
    }

    @Test
    void aJobThatWasWithdrawnAndIsThenCancelledIsCancelledWhateverItDoes() throws Exception {
        begin("RUNNING");
        watch.cancel(NAME, true);
        watch.cancel(NAME, false);

        assertThat(cancelledAtTheFirstLook()).containsExactly(everything());
    }

    /** A command line has a longest length. */
    @Test
    void fiveHundredJobsAreCancelledWithEachCommand() throws Exception {
        begin("RUNNING");
        StringBuilder jobs = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int id = 1001; id <= 2001; id++) {
            jobs.append("echo '" + id + "|RUNNING|None|n1|0|1000000|1:00|qmbench-" + id + "|'\n");
            watch.cancel(Cluster.NAME_PREFIX + id, false);
            expected.append(' ').append(id);
            if (id == 1500 || id == 2000) {
                expected.append('\n');
            }
        }
        command("squeue", jobs + "echo '17|RUNNING|None|n1|0|1000000|1:00|" + NAME + "|'");
        watch.join();
        awaitQuery();
        watch.close();

        String user = "-u " + System.getProperty("user.name");
        assertThat(Files.readAllLines(directory.resolve("cancelled")))
                .containsExactlyElementsOf(
                        expected.toString().lines().map(ids -> user + ids).toList());
    }

    private QueueWatch.View awaitQuery() throws InterruptedException {
        QueueWatch.View view = watch.view();
        while (view.taken() == 0 && view.trouble().isEmpty()) {
            view = watch.awaitNewer(view, Duration.ofSeconds(1));
        }
        return view;
    }

    @Test
    void aViewHasTheJobsAndTheNumberOfTheQueryThatGaveThem() throws Exception {
        begin("RUNNING");
        assertThat(watch.view()).isEqualTo(new QueueWatch.View(0, 0, Map.of(), Optional.empty()));
        watch.join();
        QueueWatch.View view = awaitQuery();
        watch.close();

        assertThat(view)
                .isEqualTo(new QueueWatch.View(
                        1,
                        1,
                        QueueEntry.parseQueue("17|RUNNING|None|n1|0|1000000|1:00|" + NAME + "|", Cluster.NAME_PREFIX),
                        Optional.empty()));
    }

    @Test
    void aQueryThatFailsLeavesWhatWasKnownAndSaysWhy() throws Exception {
        begin("RUNNING");
        command("squeue", "echo 'no controller' >&2; exit 1");
        watch.join();
        QueueWatch.View view = awaitQuery();
        watch.close();

        assertThat(view).isEqualTo(new QueueWatch.View(1, 0, Map.of(), Optional.of("no controller")));
        assertThat(watch.pace().interval(Duration.ZERO))
                .as("twice the shortest, with a quarter up or down")
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void whatWasSeenIsKnownWhileSlurmDoesNotAnswer() throws Exception {
        begin("RUNNING", Duration.ofMillis(10));
        command(
                "squeue",
                "cd '" + directory + "'; [ -e asked ] && { echo 'no controller' >&2; exit 1; }; : >asked\n"
                        + "echo '17|RUNNING|None|n1|0|1000000|1:00|" + NAME + "|'");
        watch.join();
        QueueWatch.View view = watch.view();
        while (view.trouble().isEmpty()) {
            view = watch.awaitNewer(view, Duration.ofSeconds(1));
        }
        watch.close();

        assertThat(view.taken()).isEqualTo(1);
        assertThat(view.begun()).isGreaterThan(1);
        assertThat(view.entries()).containsOnlyKeys(NAME);
    }

    @Test
    void theIntervalIsThatOfSuccessAgainWhenSlurmAnswers() throws Exception {
        begin("RUNNING", Duration.ofMillis(10));
        command(
                "squeue",
                "cd '" + directory + "'; [ -e asked ] || { : >asked; exit 1; }\n"
                        + "echo '17|RUNNING|None|n1|0|1000000|1:00|" + NAME + "|'");
        watch.join();
        QueueWatch.View view = watch.view();
        while (view.taken() == 0) {
            view = watch.awaitNewer(view, Duration.ofSeconds(1));
        }
        watch.close();

        assertThat(view.taken()).isEqualTo(2);
        assertThat(view.trouble()).isEmpty();
        assertThat(watch.pace().interval(Duration.ZERO)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aCommandThatIsNotThereIsATroubleToo() throws Exception {
        begin("RUNNING");
        Files.delete(directory.resolve("squeue"));
        watch.join();
        QueueWatch.View view = awaitQuery();
        watch.close();

        assertThat(view.trouble())
                .contains("squeue is not on the PATH (" + directory
                        + "): is this a machine from which jobs can be submitted?");
    }

    /** A variable with such a name stops Java from starting a command, as a lack of threads or memory does. */
    @Test
    void aQueryThatCannotEvenBeStartedIsATroubleAndTheNextOneFollows() throws Exception {
        SlurmSettings settings = SlurmSettings.builder()
                .environment("PATH", directory.toString())
                .environment("A=B", "")
                .pollInterval(Duration.ofMillis(10), Duration.ofMinutes(1))
                .build();
        begin("RUNNING", settings);
        watch.join();
        QueueWatch.View view = watch.view();
        while (view.begun() < 3) {
            view = watch.awaitNewer(view, Duration.ofSeconds(1));
        }
        watch.close();

        assertThat(view.taken()).isZero();
        assertThat(view.trouble()).contains("Invalid environment variable name: \"A=B\"");
        assertThat(watch.pace().interval(Duration.ZERO))
                .as("after two failures or more")
                .isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void theQueueIsWatchedAgainAfterItsThreadHasEnded() throws Exception {
        begin("RUNNING", Duration.ofMillis(10));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        watch.join();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().equals("qmbench-slurm-queue") && !before.contains(one))
                .findFirst()
                .orElseThrow();
        watch.leave();
        thread.interrupt();
        thread.join();
        long begun = watch.view().begun();

        watch.join();
        QueueWatch.View view = watch.view();
        while (view.taken() <= begun) {
            view = watch.awaitNewer(view, Duration.ofSeconds(1));
        }
        watch.close();

        assertThat(view.entries()).containsOnlyKeys(NAME);
    }

    /** A third of the time after which Slurm forgets an ended job, but not less than the shortest interval. */
    @ParameterizedTest
    @CsvSource({
        "MinJobAge               = 60 sec, 20",
        "MinJobAge               = 3 sec, 2",
        "MinJobAge               = 3600 sec, 60",
        "MinJobAge               = 12345678901 sec, 60",
        "MinJobAge               = none, 60",
        "MaxJobCount             = 30, 60",
    })
    void theQueueIsAskedBeforeSlurmForgetsAJob(String config, int seconds) throws Exception {
        begin("RUNNING");
        command("scontrol", "[ \"$*\" = 'show config' ] && echo '" + config + "'");
        watch.join();
        awaitQuery();
        watch.close();

        assertThat(watch.pace().interval(Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void nobodyCanJoinWhatIsClosed() throws Exception {
        begin("RUNNING");
        watch.close();

        assertThatThrownBy(watch::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the launcher is closed");
    }

    @Test
    void theNumberOfAJobWithAnotherNameIsNotCancelled() throws Exception {
        begin("RUNNING");
        watch.cancel(NAME + "-2", false);
        watch.cancelIfSeen(NAME + "-3");

        assertThat(cancelledAtTheFirstLook()).isEmpty();
    }
}
