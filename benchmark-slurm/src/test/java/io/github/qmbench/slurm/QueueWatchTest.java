package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        command("squeue", "echo '17|" + state + "|None|n1|0|1000000|1:00|" + NAME + "|'");
        command("scontrol", "exit 1");
        command("scancel", "echo \"$@\" >>'" + directory.resolve("cancelled") + "'");
        SlurmSettings settings = SlurmSettings.builder()
                .environment("PATH", directory.toString())
                .build();
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

    @Test
    void theNumberOfAJobWithAnotherNameIsNotCancelled() throws Exception {
        begin("RUNNING");
        watch.cancel(NAME + "-2", false);
        watch.cancelIfSeen(NAME + "-3");

        assertThat(cancelledAtTheFirstLook()).isEmpty();
    }
}
