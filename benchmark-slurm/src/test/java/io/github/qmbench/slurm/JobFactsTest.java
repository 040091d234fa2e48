package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.slurm.JobFacts.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next runner knows of a job. */
class JobFactsTest {

    private static final Path FOLDER = Path.of("/data/m1/WP04/slurm");

    private static JobFacts everything(Ending ending) {
        return new JobFacts("qmbench-mark-4", Optional.of("17"), FOLDER, 4, 2, 1_796_000_000L, ending, "n1 died");
    }

    @Test
    void theNextRunnerReadsAllOfIt() {
        for (Ending ending : Ending.values()) {
            assertThat(JobFacts.of(everything(ending).toProcess("mark"))).contains(everything(ending));
        }
        JobFacts first = JobFacts.first("mark", FOLDER);
        assertThat(JobFacts.of(first.toProcess("mark"))).contains(first);
        assertThat(first.toProcess("mark").mark()).isEqualTo("mark");
    }

    /** The names are in the logs of runs: the next version must be able to read them. */
    @Test
    void theFactsHaveTheNamesThatEarlierVersionsWrote() {
        assertThat(everything(Ending.TIMED_OUT).toProcess("mark"))
                .isEqualTo(new LaunchedProcess(
                        "mark",
                        Map.of(
                                "slurm_job_name", "qmbench-mark-4",
                                "slurm_job_id", "17",
                                "folder", "/data/m1/WP04/slurm",
                                "submissions", "4",
                                "failures", "2",
                                "submitted_epoch", "1796000000",
                                "ending", "TIMED_OUT",
                                "history", "n1 died")));
        assertThat(JobFacts.first("mark", FOLDER))
                .isEqualTo(new JobFacts("qmbench-mark", Optional.empty(), FOLDER, 1, 0, 0, Ending.NONE, ""));
        assertThat(JobFacts.of(new LaunchedProcess("mark", Map.of("pid", "17"))))
                .isEmpty();
    }

    @Test
    void aPersonIsToldTheNumberOrElseTheName() {
        assertThat(everything(Ending.NONE)).hasToString("Slurm job 17");
        assertThat(JobFacts.first("mark", FOLDER)).hasToString("Slurm job qmbench-mark");
    }

    @Test
    void theJobInPlaceOfAnotherHasItsFailuresAndItsHistoryAndANameOfItsOwn() {
        assertThat(everything(Ending.CANCELLED).next("mark"))
                .isEqualTo(new JobFacts("qmbench-mark-5", Optional.empty(), FOLDER, 5, 2, 0, Ending.NONE, "n1 died"));
        assertThat(JobFacts.first("mark", FOLDER).name()).isEqualTo("qmbench-mark");
        assertThat(JobFacts.first("mark", FOLDER).next("mark").name()).isEqualTo("qmbench-mark-2");
    }

    @Test
    void eachChangeChangesOneThing() {
        JobFacts facts = everything(Ending.NONE);
        assertThat(facts.failedOnceMore())
                .isEqualTo(new JobFacts(
                        facts.name(), facts.id(), FOLDER, 4, 3, facts.submittedEpoch(), Ending.NONE, "n1 died"));
        assertThat(facts.submittedAt(9))
                .isEqualTo(new JobFacts(facts.name(), facts.id(), FOLDER, 4, 2, 9, Ending.NONE, "n1 died"));
        assertThat(facts.withEnding(Ending.STALLED)).isEqualTo(everything(Ending.STALLED));
        assertThat(facts.withId("18"))
                .isEqualTo(new JobFacts(
                        facts.name(), Optional.of("18"), FOLDER, 4, 2, facts.submittedEpoch(), Ending.NONE, "n1 died"));
        assertThat(facts.because("it was preempted"))
                .isEqualTo(new JobFacts(
                        facts.name(),
                        facts.id(),
                        FOLDER,
                        4,
                        2,
                        facts.submittedEpoch(),
                        Ending.NONE,
                        "n1 died; it was preempted"));
        assertThat(JobFacts.first("mark", FOLDER).because("n1 died").history()).isEqualTo("n1 died");
    }

    @Test
    void theTimeUntilTheStartIsNeverNegative() {
        JobFacts facts = JobFacts.first("mark", FOLDER).submittedAt(1000);
        assertThat(facts.untilStart(Instant.ofEpochSecond(1090))).isEqualTo(Duration.ofSeconds(90));
        assertThat(facts.untilStart(Instant.ofEpochSecond(990)))
                .as("the clocks of runner and node differ")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"submissions", "failures", "submitted_epoch", "ending"})
    void whatIsDamagedIsNoJob(String field) {
        Map<String, String> facts =
                new LinkedHashMap<>(everything(Ending.NONE).toProcess("mark").facts());
        facts.put(field, "x");
        assertThat(JobFacts.of(new LaunchedProcess("mark", facts))).isEmpty();
    }
}
