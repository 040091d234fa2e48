package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.DeviceFaults;
import io.github.qmbench.core.harness.DiskTrouble;
import io.github.qmbench.core.harness.JournalCorruption;
import io.github.qmbench.core.harness.KillLoop;
import io.github.qmbench.core.harness.PowerCut;
import io.github.qmbench.core.harness.TwoRunners;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of every part of {@link Torture}; the full one is {@code scripts/torture}. */
class TortureIT {

    private static final long SEED = Long.getLong("torture.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void survivesKillsAtRandomInstants() throws Exception {
        assertThat(KillLoop.run(directory, 12, new Random(SEED), null))
                .as("seed " + SEED)
                .contains("12 kills");
    }

    @Test
    void losesNothingInPowerCut() throws Exception {
        assertThat(PowerCut.run(directory, 100, new Random(SEED)))
                .as("seed " + SEED)
                .contains("nothing lost");
    }

    @Test
    void seesEveryDamageOfJournal() throws Exception {
        assertThat(JournalCorruption.run(directory, 50)).contains("no wrong count");
    }

    @Test
    void endsInOrderWhenTheDiskDoesNot() throws Exception {
        assertThat(DiskTrouble.run(directory)).contains("clock set back");
    }

    @Test
    void blamesNoSubjectForDeviceThatFails() throws Exception {
        assertThat(DeviceFaults.run(directory)).containsAnyOf("none counted", "SKIPPED");
    }

    @Test
    void letsExactlyOneOfTwoRunnersRun() throws Exception {
        assertThat(TwoRunners.run(directory, 20)).contains("exactly one ran");
    }
}
