package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final List<String> ran = new ArrayList<>();

    @Test
    void anActionThatThrowsLeavesOutNoOther() {
        cancellation.onCancel(() -> ran.add("first"));
        cancellation.onCancel(() -> {
            throw new IllegalStateException("action");
        });
        cancellation.onCancel(() -> {
            throw new AssertionError("action");
        });
        cancellation.onCancel(() -> ran.add("last"));

        cancellation.cancel();

        assertThat(ran).containsExactly("first", "last");
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    void oneActionRunsOnceForEachOfItsRegistrations() {
        Runnable action = () -> ran.add("action");
        cancellation.onCancel(action);
        cancellation.onCancel(action);
        Cancellation.Registration third = cancellation.onCancel(action);
        third.close();
        third.close();

        cancellation.cancel();
        cancellation.cancel();

        assertThat(ran).hasSize(2);
    }

    @Test
    void anActionThatComesTooLateRunsAtOnceAndMayThrowAsWell() {
        cancellation.cancel();

        cancellation.onCancel(() -> ran.add("late")).close();
        cancellation.onCancel(() -> {
            throw new IllegalStateException("action");
        });

        assertThat(ran).containsExactly("late");
    }
}
