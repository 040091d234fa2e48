package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.slurm.QueueEntry.Exit;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

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
                        "qmbench-time");
    }

    @Test
    void readsStateNodeExitAndStart() {
        QueueEntry three = queue.get("qmbench-three");
        assertThat(three.id()).isEqualTo("31");
        assertThat(three.state()).isEqualTo(SlurmState.FAILED);
        assertThat(three.node()).isEqualTo("n1");
        assertThat(three.exit()).isEqualTo(new Exit(3, 0));
        assertThat(three.startedEpoch()).hasValue(1795496059L);
        assertThat(queue.get("qmbench-killed").exit()).isEqualTo(new Exit(0, 9));
        assertThat(queue.get("qmbench-killed").exit().asShell()).isEqualTo(137);
        assertThat(queue.get("qmbench-nolog").exit().signal()).isEqualTo(53);
        assertThat(queue.get("qmbench-held").startedEpoch()).isEmpty();
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

    @Test
    void readsWhatTheControllerSaysOfOneJob() {
        QueueEntry job = QueueEntry.parseControl(Samples.text("scontrol-failed.txt"), "qmbench-three")
                .orElseThrow();
        assertThat(job.state()).isEqualTo(SlurmState.FAILED);
        assertThat(job.exit()).isEqualTo(new Exit(3, 0));
        assertThat(job.node()).isEqualTo("n1");
        assertThat(QueueEntry.parseControl(Samples.text("scontrol-failed.txt"), "qmbench-of-another-run"))
                .as("a number that was given out again")
                .isEmpty();
    }

    @Test
    void readsWhatTheAccountingSaysOfOneJob() {
        String output = "17|qmbench-a|CANCELLED by 1000|0:15|n3\n17|another|COMPLETED|0:0|n1\n";
        QueueEntry job = QueueEntry.parseAccounting(output, "qmbench-a").orElseThrow();
        assertThat(job.state()).isEqualTo(SlurmState.CANCELLED);
        assertThat(job.exit().signal()).isEqualTo(15);
        assertThat(job.node()).isEqualTo("n3");
        assertThat(QueueEntry.parseAccounting("", "qmbench-a")).isEmpty();
    }

    @Property
    void anyOutputIsReadWithoutAFault(@ForAll String output) {
        assertThat(QueueEntry.parseQueue(output, Cluster.NAME_PREFIX).values())
                .allMatch(entry -> entry.name().startsWith(Cluster.NAME_PREFIX));
        assertThat(QueueEntry.parseAccounting(output, "qmbench-a").map(QueueEntry::name))
                .isIn(none(), some());
        assertThat(QueueEntry.parseControl(output, "qmbench-a").map(QueueEntry::name))
                .isIn(none(), some());
    }

    private static java.util.Optional<String> none() {
        return java.util.Optional.empty();
    }

    private static java.util.Optional<String> some() {
        return java.util.Optional.of("qmbench-a");
    }

    @Property
    void outputCutAnywhereGivesNoWrongJob(@ForAll @IntRange(max = 500) int length) {
        String whole = Samples.text("squeue-22.05.txt");
        String cut = whole.substring(0, Math.min(length, whole.length()));
        QueueEntry.parseQueue(cut, Cluster.NAME_PREFIX).forEach((name, entry) -> {
            if (queue.containsKey(name)) {
                assertThat(entry).isEqualTo(queue.get(name));
            }
        });
    }
}
