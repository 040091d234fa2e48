package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.slurm.SlurmState.Phase;
import java.util.EnumSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmStateTest {

    @Test
    void onlyTheseEndAJob() {
        EnumSet<SlurmState> ended = EnumSet.noneOf(SlurmState.class);
        for (SlurmState state : SlurmState.values()) {
            if (state.phase() == Phase.ENDED) {
                ended.add(state);
            }
        }
        assertThat(ended)
                .containsExactlyInAnyOrder(
                        SlurmState.COMPLETED,
                        SlurmState.FAILED,
                        SlurmState.OUT_OF_MEMORY,
                        SlurmState.TIMEOUT,
                        SlurmState.DEADLINE,
                        SlurmState.CANCELLED,
                        SlurmState.NODE_FAIL,
                        SlurmState.BOOT_FAIL,
                        SlurmState.PREEMPTED,
                        SlurmState.REVOKED);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, WAITING",
        "PD, WAITING",
        "CF, WAITING",
        "REQUEUED, WAITING",
        "SE, HELD",
        "RH, HELD",
        "R, RUNNING",
        "COMPLETING, RUNNING",
        "CG, RUNNING",
        "SO, RUNNING",
        "S, SUSPENDED",
        "STOPPED, SUSPENDED",
        "CD, ENDED",
        "'CANCELLED by 1000', ENDED",
        "CANCELLED+, ENDED",
        "TO, ENDED",
        "OOM, ENDED",
        "NF, ENDED",
        "PR, ENDED",
        "EXPEDITING, UNKNOWN",
        "'', UNKNOWN"
    })
    void wordsMeanWhatTheyMean(String word, Phase phase) {
        assertThat(SlurmState.of(word).phase()).isEqualTo(phase);
    }

    @Property
    void anUnknownWordIsNeverAnEnd(@ForAll String word) {
        SlurmState state = SlurmState.of("x" + word);
        assertThat(state).isEqualTo(SlurmState.UNKNOWN);
        assertThat(state.phase()).isEqualTo(Phase.UNKNOWN);
    }
}
