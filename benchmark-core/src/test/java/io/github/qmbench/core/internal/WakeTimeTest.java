package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Time limits of programs do not run while everything is suspended. */
class WakeTimeTest {

    @Test
    void timeInWhichEverythingWasSuspendedDoesNotCount() {
        long second = 1_000_000_000L;
        WakeTime awake = new WakeTime(0, Duration.ofSeconds(1));

        for (int i = 1; i <= 20; i++) {
            awake.until(i * second / 10);
        }
        assertThat(awake.until(3 * second)).isEqualTo(3 * second);
        assertThat(awake.until(3 * second + 8 * 3600 * second)).isEqualTo(4 * second);
    }
}
