package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.slurm.SlurmState.Phase;
import java.util.EnumSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
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

    /** All words of squeue(1), JOB STATE CODES, short and long, and what each means for somebody who waits. */
    @ParameterizedTest
    @CsvSource({
        "BF, BOOT_FAIL, ENDED",
        "CA, CANCELLED, ENDED",
        "CD, COMPLETED, ENDED",
        "CF, CONFIGURING, WAITING",
        "CG, COMPLETING, RUNNING",
        "DL, DEADLINE, ENDED",
        "F, FAILED, ENDED",
        "NF, NODE_FAIL, ENDED",
        "OOM, OUT_OF_MEMORY, ENDED",
        "PD, PENDING, WAITING",
        "PR, PREEMPTED, ENDED",
        "R, RUNNING, RUNNING",
        "RD, RESV_DEL_HOLD, HELD",
        "RF, REQUEUE_FED, WAITING",
        "RH, REQUEUE_HOLD, HELD",
        "RQ, REQUEUED, WAITING",
        "RS, RESIZING, RUNNING",
        "RV, REVOKED, ENDED",
        "SI, SIGNALING, RUNNING",
        "SE, SPECIAL_EXIT, HELD",
        "SO, STAGE_OUT, RUNNING",
        "ST, STOPPED, SUSPENDED",
        "S, SUSPENDED, SUSPENDED",
        "TO, TIMEOUT, ENDED",
    })
    void wordsOfTheManualMeanWhatItSays(String code, String word, Phase phase) {
        assertThat(SlurmState.of(word).name()).isEqualTo(word);
        assertThat(SlurmState.of(word).phase()).isEqualTo(phase);
        assertThat(SlurmState.of(code)).isEqualTo(SlurmState.of(word));
    }

    @ParameterizedTest
    @CsvSource({
        "'CANCELLED by 1000', ENDED",
        "CANCELLED+, ENDED",
        "EXPEDITING, UNKNOWN",
        "'', UNKNOWN",
    })
    void wordsMeanWhatTheyMean(String word, Phase phase) {
        assertThat(SlurmState.of(word).phase()).isEqualTo(phase);
    }

    /** Words that differ from a known one in one letter, as a later Slurm or a damaged line may have them. */
    @Property
    void aWordThatIsNotQuiteAKnownOneIsNeverAnEnd(
            @ForAll SlurmState known,
            @ForAll @IntRange(max = 20) int place,
            @ForAll @CharRange(from = 'A', to = 'Z') char letter) {
        StringBuilder word = new StringBuilder(known.name());
        word.insert(Math.min(place, word.length()), letter);

        assertThat(SlurmState.of(word.toString())).isEqualTo(SlurmState.UNKNOWN);
    }
}
