package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The states of a run and of a calculation, and the words that stand for them in files. */
class StateTest {

    @Property
    void onlyTheEndAndTheBeginningOfARunLeadToEachOther(@ForAll RunState from, @ForAll RunState to) {
        assertThat(from.canBecome(to)).isEqualTo((from == RunState.RUNNING) != (to == RunState.RUNNING));
        assertThat(from.isFinal()).isEqualTo(from != RunState.RUNNING);
    }

    @Property
    void everyStateIsFoundByItsWord(@ForAll RunState state) {
        assertThat(RunState.ofWord(state.word())).isEqualTo(state);
    }

    @Test
    void unknownWordIsRefusedWithTheValidOnes() {
        assertThatThrownBy(() -> RunState.ofWord("done"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown state 'done'; use one of [running, complete, stopped, paused, failed]");
    }

    @Test
    void everyEndOfACalculationHasItsWordAndOnlyAFailedOneAFailure() {
        CalculationFailure failure = CalculationFailure.of("scf").because("does not converge");
        List<CalculationState> states = List.of(
                CalculationState.COMPLETE,
                new CalculationState.Failed(failure),
                CalculationState.CANCELLED,
                CalculationState.INTERRUPTED);

        assertThat(states)
                .extracting(CalculationState::word)
                .containsExactly("complete", "failed", "cancelled", "interrupted");
        assertThat(states).extracting(state -> state.failure().orElse(null)).containsExactly(null, failure, null, null);
    }

    @Test
    void whetherTheRunnerIsThereHasAWordForEachAnswer() {
        assertThat(Liveness.values()).extracting(Liveness::word).containsExactly("alive", "dead", "unknown", "stale");
    }
}
