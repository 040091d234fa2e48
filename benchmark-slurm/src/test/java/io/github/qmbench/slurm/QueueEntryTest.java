package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.slurm.QueueEntry.Exit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueEntryTest {

    private final Map<String, QueueEntry> queue =
            QueueEntry.parseQueue(Samples.text("squeue-22.05.txt"), Cluster.NAME_PREFIX);

    @Test
    void readsOwnJobsAndNoOthers() {
        assertThat(queue)
                .containsOnlyKeys(
                        "qmbench-cancelled",
                        "qmbench-ok",
                        "qmbench-three",
                        "qmbench-killed",
                        "qmbench-memory",
                        "qmbench-nolog",
                        "qmbench-nodes",
                        "qmbench-held",
                        "qmbench-running",
                        "qmbench-suspended",
                        "qmbench-time");
    }

    @Test
    void readsStateNodeExitAndStart() {
        QueueEntry three = queue.get("qmbench-three");
        assertThat(three.id()).isEqualTo("2");
        assertThat(three.state()).isEqualTo(SlurmState.FAILED);
        assertThat(three.node()).isEqualTo("n1");
        assertThat(three.exit()).isEqualTo(new Exit(3, 0));
        assertThat(three.startedEpoch()).hasValue(1796033247L);
        assertThat(queue.get("qmbench-killed").exit()).isEqualTo(new Exit(0, 9));
        assertThat(queue.get("qmbench-killed").exit().asShell()).isEqualTo(137);
        assertThat(queue.get("qmbench-nolog").exit().signal()).isEqualTo(53);
        assertThat(queue.get("qmbench-held").startedEpoch()).isEmpty();
        assertThat(queue.get("qmbench-running").used()).isEqualTo(Duration.ofSeconds(20));
        assertThat(queue.get("qmbench-suspended").used()).isEqualTo(Duration.ofSeconds(14));
        assertThat(queue.get("qmbench-held").used()).isZero();
    }

    @Test
    void eachFieldOfALineIsReadAsWhatItIs() {
        String line = " 17 |CANCELLED by 9| Reason |n[1-2]|5|1796033247|1-02:03:04|qmbench-a|\n";

        assertThat(QueueEntry.parseQueue(line + "18|RUNNING|None|n3|0|1|0:01|other|\n", Cluster.NAME_PREFIX))
                .isEqualTo(Map.of(
                        "qmbench-a",
                        new QueueEntry(
                                "17",
                                "qmbench-a",
                                SlurmState.CANCELLED,
                                "CANCELLED by 9",
                                "Reason",
                                "n[1-2]",
                                new Exit(0, 5),
                                OptionalLong.of(1796033247L),
                                Duration.ofHours(26).plusMinutes(3).plusSeconds(4))));
        assertThat(QueueEntry.FORMAT)
                .isEqualTo("JobID:|,State:|,Reason:|,NodeList:|,exit_code:|,StartTime:|,TimeUsed:|,Name:|");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "768, 3, 0, 3", "9, 0, 9, 137", "139, 0, 11, 139", "65280, 255, 0, 255"})
    void waitStatusesAreReadAsTheSystemWritesThem(int status, int code, int signal, int asShell) {
        assertThat(Exit.ofWaitStatus(status)).isEqualTo(new Exit(code, signal));
        assertThat(Exit.ofWaitStatus(status).asShell()).isEqualTo(asShell);
        assertThat(Exit.parse(code + ":" + signal)).contains(new Exit(code, signal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3:x", "3:0:1"})
    void otherTextsAreNoExits(String text) {
        assertThat(Exit.parse(text)).isEmpty();
    }

    @Test
    void tellsHeldAndHopelessFromWaiting() {
        assertThat(queue.get("qmbench-held").isHeld()).isTrue();
        assertThat(queue.get("qmbench-nodes").isHopeless()).isTrue();
        assertThat(queue.get("qmbench-time").isHopeless()).isTrue();
        assertThat(queue.get("qmbench-running").isHopeless()).isFalse();
        assertThat(queue.get("qmbench-held").isHopeless()).isFalse();
        assertThat(queue.values().stream().filter(QueueEntry::hasEnded)).hasSize(6);
    }

    /** Reasons of squeue(1), JOB REASON CODES, and of job_reason_string() in slurm_protocol_defs.c. */
    @ParameterizedTest
    @CsvSource({
        "PartitionConfig, true, false",
        "PartitionNodeLimit, true, false",
        "PartitionTimeLimit, true, false",
        "BadConstraints, true, false",
        "DependencyNeverSatisfied, true, false",
        "InvalidAccount, true, false",
        "InvalidQOS, true, false",
        "AssocMaxCpuPerJobLimit, true, false",
        "QOSMaxMemoryPerJob, true, false",
        "JobHeldUser, false, true",
        "JobHeldAdmin, false, true",
        "launch failed requeued held, false, true",
        "Resources, false, false",
        "Priority, false, false",
        "Dependency, false, false",
        "PartitionDown, false, false",
        "PartitionInactive, false, false",
        "NodeDown, false, false",
        "ReqNodeNotAvail, false, false",
        "Licenses, false, false",
        "AssocGrpCpuLimit, false, false",
        "QOSMaxJobsPerUserLimit, false, false",
        "BeginTime, false, false",
        "None, false, false",
    })
    void reasonsTellWhetherAJobStartsByItself(String reason, boolean hopeless, boolean held) {
        assertThat(entry(SlurmState.PENDING, reason).isHopeless()).isEqualTo(hopeless);
        assertThat(entry(SlurmState.PENDING, reason).isHeld()).isEqualTo(held);
        assertThat(entry(SlurmState.RUNNING, reason).isHopeless()).isFalse();
        assertThat(entry(SlurmState.RUNNING, reason).isHeld()).isFalse();
        assertThat(entry(SlurmState.REQUEUE_HOLD, reason).isHeld()).isTrue();
    }

    private static QueueEntry entry(SlurmState state, String reason) {
        return new QueueEntry(
                "17",
                "qmbench-a",
                state,
                state.name(),
                reason,
                "",
                new Exit(0, 0),
                OptionalLong.empty(),
                Duration.ZERO);
    }

    @Test
    void readsWhatTheControllerSaysOfOneJob() {
        assertThat(QueueEntry.parseControl(Samples.text("scontrol-failed.txt"), "qmbench-three"))
                .contains(new QueueEntry(
                        "31",
                        "qmbench-three",
                        SlurmState.FAILED,
                        "FAILED",
                        "NonZeroExitCode",
                        "n1",
                        new Exit(3, 0),
                        OptionalLong.empty(),
                        Duration.ZERO));
        assertThat(QueueEntry.parseControl(Samples.text("scontrol-failed.txt"), "qmbench-of-another-run"))
                .as("a number that was given out again")
                .isEmpty();
        assertThat(QueueEntry.parseControl("JobName=qmbench-a JobName=b ExitCode=odd", "qmbench-a"))
                .as("what is not said")
                .contains(new QueueEntry(
                        "",
                        "qmbench-a",
                        SlurmState.UNKNOWN,
                        "",
                        "",
                        "",
                        new Exit(0, 0),
                        OptionalLong.empty(),
                        Duration.ZERO));
    }

    @Test
    void readsWhatTheAccountingSaysOfOneJob() {
        String output = "17|qmbench-a|CANCELLED by 1000|2:15|n3\n18|another|COMPLETED|0:0|n1\n17|qmbench-a|short\n";
        assertThat(QueueEntry.parseAccounting(output, "qmbench-a"))
                .contains(new QueueEntry(
                        "17",
                        "qmbench-a",
                        SlurmState.CANCELLED,
                        "CANCELLED by 1000",
                        "",
                        "n3",
                        new Exit(2, 15),
                        OptionalLong.empty(),
                        Duration.ZERO));
        assertThat(QueueEntry.parseAccounting("17|qmbench-a|FAILED|odd|n3\n", "qmbench-a")
                        .orElseThrow()
                        .exit())
                .isEqualTo(new Exit(0, 0));
        assertThat(QueueEntry.parseAccounting("", "qmbench-a")).isEmpty();
    }

    /** One for each time that the job was queued, the latest last. */
    @Test
    void ofSeveralLinesOfTheAccountingTheLastIsHowTheJobEnded() {
        String output = "17|qmbench-a|NODE_FAIL|0:0|n3\n17|qmbench-a|FAILED|3:0|n4\n17|another|COMPLETED|0:0|n1\n";
        QueueEntry job = QueueEntry.parseAccounting(output, "qmbench-a").orElseThrow();
        assertThat(job.state()).isEqualTo(SlurmState.FAILED);
        assertThat(job.exit()).isEqualTo(new Exit(3, 0));
        assertThat(job.node()).isEqualTo("n4");
    }

    @Test
    void aJobWithoutANodeHasNone() {
        assertThat(QueueEntry.parseAccounting("17|qmbench-a|CANCELLED|0:0|None assigned\n", "qmbench-a")
                        .orElseThrow()
                        .node())
                .isEmpty();
        assertThat(QueueEntry.parseControl("JobId=17 JobName=qmbench-a JobState=PENDING NodeList=(null)", "qmbench-a")
                        .orElseThrow()
                        .node())
                .isEmpty();
    }

    /** Lines of the right number of fields with anything in them, so that they are not refused before they are read. */
    @Property
    void whateverIsInTheFieldsTheOtherJobsAreReadAsTheyAre(
            @ForAll @Size(7) List<@StringLength(max = 12) @CharRange(from = ' ', to = '{') String> fields,
            @ForAll boolean first) {
        String line = String.join("|", fields) + "|qmbench-odd|\n";
        String others = Samples.text("squeue-22.05.txt");

        Map<String, QueueEntry> read =
                QueueEntry.parseQueue(first ? line + others : others + line, Cluster.NAME_PREFIX);

        assertThat(read).containsKey("qmbench-odd").containsAllEntriesOf(queue);
        assertThat(read.get("qmbench-odd").state()).isEqualTo(SlurmState.of(fields.get(1)));
        assertThat(read.get("qmbench-odd").id()).isEqualTo(fields.get(0).strip());
    }

    @Property
    void whateverAccountingAndControllerSayIsReadOfThisJobAlone(
            @ForAll @Size(4) List<@StringLength(max = 12) @CharRange(from = ' ', to = '{') String> fields) {
        String accounting = fields.get(0) + "|qmbench-a|" + String.join("|", fields.subList(1, 4)) + "\n";
        String control = "JobId=17 JobName=qmbench-a JobState=" + fields.get(1) + " ExitCode=" + fields.get(2) + "\n";

        assertThat(QueueEntry.parseAccounting(accounting, "qmbench-a"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(SlurmState.of(fields.get(1))));
        assertThat(QueueEntry.parseAccounting(accounting, "qmbench-b")).isEmpty();
        assertThat(QueueEntry.parseControl(control, "qmbench-a").map(QueueEntry::name))
                .contains("qmbench-a");
        assertThat(QueueEntry.parseControl(control, "qmbench-b")).isEmpty();
    }

    @Test
    void outputCutAnywhereGivesNoWrongJob() {
        String whole = Samples.text("squeue-22.05.txt");
        for (int length = 0; length <= whole.length(); length++) {
            Map<String, QueueEntry> read = QueueEntry.parseQueue(whole.substring(0, length), Cluster.NAME_PREFIX);
            // Of the line that is cut, the name may be cut, too; all lines before it are as they are.
            List<String> wholeLines = whole.substring(0, length).lines().toList();
            int sure = length == 0 || whole.charAt(length - 1) == '\n' ? wholeLines.size() : wholeLines.size() - 1;
            Map<String, QueueEntry> before =
                    QueueEntry.parseQueue(String.join("\n", wholeLines.subList(0, sure)), Cluster.NAME_PREFIX);

            assertThat(read).containsAllEntriesOf(before);
            assertThat(read.size() - before.size()).isBetween(0, 1);
            before.forEach((name, entry) -> assertThat(entry).isEqualTo(queue.get(name)));
        }
    }
}
