package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the runner that comes after one that died is told. */
class AttemptLogTest {

    private static final Instant THEN = Instant.parse("2026-11-30T08:00:00Z");
    private static final Calculation FIRST = Calculation.of("a", Map.of("functional", "B3LYP"));
    private static final Calculation SECOND = Calculation.of("b", Map.of("functional", "WP04"));
    private static final LaunchedProcess PROCESS = new LaunchedProcess("mark-1", Map.of("pid", "4711"));
    private static final LaunchedProcess OTHER = new LaunchedProcess("mark-2", Map.of("job", "42"));

    @TempDir
    Path temporary;

    private RunDirectory directory;
    private RunLock lock;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void lock() throws IOException {
        directory = RunDirectory.of(Files.createDirectory(temporary.resolve("run")));
        lock = RunLock.take(directory, RunnerIdentity.ofThisProcess(), THEN);
    }

    @AfterEach
    void unlock() throws IOException {
        lock.close();
    }

    private AttemptLog log(boolean forced) throws IOException {
        return AttemptLog.create(directory, lock, List.of(), forced);
    }

    private List<AttemptLog.Begun> left() throws IOException {
        return AttemptLog.left(directory, notices::add);
    }

    private Path file() {
        return RunFiles.attempts(directory);
    }

    private static AttemptLog.Begun begun(Calculation calculation, AttemptLog.Program... programs) {
        return new AttemptLog.Begun(calculation, 3, "run-1", THEN, List.of(programs));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHasNoEndIsLeftWithItsProgramsUntilItEnds(boolean forced) throws IOException {
        AttemptLog log = log(forced);
        log.begin(FIRST, 3, "run-1", THEN);
        log.begin(SECOND, 3, "run-1", THEN);
        log.launched(FIRST.taskId(), PROCESS, "request-1");
        log.launched(FIRST.taskId(), OTHER, "request-2");
        log.launchEnded(FIRST.taskId(), "mark-1");

        // that a launch is over matters only where programs outlive their runner
        assertThat(left())
                .containsExactly(
                        begun(
                                FIRST,
                                new AttemptLog.Program(PROCESS, "request-1", forced),
                                new AttemptLog.Program(OTHER, "request-2", false)),
                        begun(SECOND));
        assertThat(log.continued(FIRST))
                .hasValueSatisfying(one -> assertThat(one.programs())
                        .containsExactly(
                                new AttemptLog.Program(PROCESS, "request-1", true),
                                new AttemptLog.Program(OTHER, "request-2", false)));

        log.end(FIRST.taskId());
        assertThat(left()).containsExactly(begun(SECOND));
        assertThat(log.continued(FIRST)).isEmpty();
        log.close();
        assertThat(notices).isEmpty();
    }

    @Test
    void aRunnerThatHasSaidThatItEndedHoldsNothing() throws IOException {
        assertThat(AttemptLog.holder(directory)).isEmpty();
        AttemptLog log = log(false);
        assertThat(AttemptLog.holder(directory)).hasValue(lock.holder());
        log.close();
        assertThat(AttemptLog.holder(directory)).isEmpty();
    }

    @Test
    void whatIsContinuedIsInTheNewFileWithItsPrograms() throws IOException {
        AttemptLog.Begun before = begun(
                FIRST,
                new AttemptLog.Program(PROCESS, "request-1", true),
                new AttemptLog.Program(OTHER, "request-2", false));
        try (AttemptLog log = AttemptLog.create(directory, lock, List.of(before), true)) {
            assertThat(left()).containsExactly(before);
            assertThat(log.continued(FIRST)).hasValue(before);
            assertThat(log.continued(SECOND)).isEmpty();
        }
    }

    @Test
    void aFileThatGrowsIsWrittenAgainWithWhatIsRunning() throws IOException {
        try (AttemptLog log = log(false)) {
            log.begin(FIRST, 3, "run-1", THEN);
            log.launched(FIRST.taskId(), PROCESS, "request-1");
            Calculation large = Calculation.of("x", Map.of("functional", "y".repeat(100_000)));
            int attempts = 0;
            long size = 0;
            while (Files.size(file()) > size) {
                size = Files.size(file());
                log.begin(large, 3, "run-1", THEN);
                log.end(large.taskId());
                attempts++;
            }

            assertThat(size).as("before it is written again").isBetween(900_000L, 1L << 20);
            assertThat(attempts).isBetween(4, 12);
            assertThat(Files.size(file())).isLessThan(2000);
            assertThat(left()).containsExactly(begun(FIRST, new AttemptLog.Program(PROCESS, "request-1", false)));
            assertThat(AttemptLog.holder(directory)).hasValue(lock.holder());
            if (OS.LINUX.isCurrentOs()) {
                assertThat(OpenFiles.in(directory.path()))
                        .as("the file before is closed")
                        .filteredOn(name -> name.contains("attempts"))
                        .containsExactly(file().toRealPath().toString());
            }
        }
    }

    @Test
    void whatARunnerThatDiedLeftOfTheNewFileIsNotReadAsPartOfIt() throws IOException {
        Path leftOver = file().resolveSibling(".attempts.jsonl.next");
        Files.writeString(leftOver, "{\"event\":\"begin\"}\n".repeat(1000));

        try (AttemptLog log = log(false)) {
            log.begin(FIRST, 3, "run-1", THEN);
            assertThat(left()).containsExactly(begun(FIRST));
            assertThat(notices).isEmpty();
            assertThat(leftOver).doesNotExist();
        }
    }

    @Test
    void ofAProgramThatIsToldOfTwiceTheLastFactsCount() throws IOException {
        LaunchedProcess known = new LaunchedProcess("mark-1", Map.of("pid", "4711", "job", "42"));
        try (AttemptLog log = log(false)) {
            log.begin(FIRST, 3, "run-1", THEN);
            log.launched(FIRST.taskId(), PROCESS, "request-1");
            log.launched(FIRST.taskId(), known, "request-1");

            AttemptLog.Begun expected = begun(FIRST, new AttemptLog.Program(known, "request-1", false));
            assertThat(log.continued(FIRST)).hasValue(expected);
            assertThat(left()).containsExactly(expected);
        }
    }

    @Test
    void aCopyKnowsTheAttemptsAndLeavesTheProgramsOfTheOriginalAlone() throws IOException {
        AttemptLog log = log(false);
        log.begin(FIRST, 3, "run-1", THEN);
        Path copy = Files.createDirectory(temporary.resolve("copy"));
        RunDirectory copied = RunDirectory.of(copy);
        Files.copy(file(), RunFiles.attempts(copied));
        assertThat(AttemptLog.left(copied, notices::add)).containsExactly(begun(FIRST));
        assertThat(notices).isEmpty();

        log.launched(FIRST.taskId(), PROCESS, "request-1");
        log.close();
        Files.delete(RunFiles.attempts(copied));
        Files.copy(file(), RunFiles.attempts(copied));

        assertThat(AttemptLog.left(copied, notices::add)).containsExactly(begun(FIRST));
        assertThat(notices)
                .singleElement()
                .asString()
                .contains("is a copy of " + directory.path().toRealPath())
                .contains("left alone");
    }

    @Test
    void linesThatCannotBeReadAreSkippedAndTheFirstIsNamed() throws IOException {
        AttemptLog log = log(false);
        log.begin(FIRST, 3, "run-1", THEN);
        log.close();
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        lines.add(1, "{\"event\":\"begin\",\"task_id\":");
        lines.add(2, lines.get(2).replace("\"attempt\":3", "\"attempt\":0"));
        lines.add("{\"event\":\"of a later version\"}");
        Files.write(file(), lines);
        Files.writeString(file(), Files.readString(file()) + "{\"event\":\"begin\",\"torn");

        assertThat(left()).containsExactly(begun(FIRST));
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("skipped 2 of the lines of ")
                .endsWith("the first is line 2");
    }

    @Test
    void nothingIsBegunInADirectoryThatIsNoLongerLocked() throws IOException {
        Files.delete(RunFiles.lock(directory));
        Files.delete(RunFiles.secondLock(directory));

        assertThatThrownBy(() -> log(false)).isInstanceOf(RunDirectoryUnusableException.class);
        assertThat(file()).doesNotExist();
    }
}
