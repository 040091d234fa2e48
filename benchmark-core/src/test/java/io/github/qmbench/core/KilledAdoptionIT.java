package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.Torture;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL while results of another directory are adopted. */
@Timeout(300)
class KilledAdoptionIT {

    private static final int KILLS = 3;

    @TempDir
    Path temporary;

    @Test
    void losesAndRepeatsNothing() throws Exception {
        Path source = temporary.resolve("source");
        AdoptingVictim.runner(source).storage(new QuickStorage()).build().run();
        RunDirectory own = RunDirectory.of(temporary.resolve("own"));
        int killedWithin = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long before = size(own);
            Process victim = start(own, source);
            while (victim.isAlive() && size(own) == before) {
                Thread.sleep(1);
            }
            victim.destroyForcibly().waitFor();
            killedWithin += records(own).size() < AdoptingVictim.MATRIX.size() ? 1 : 0;
        }
        assertThat(killedWithin).as("kills within the adoption").isPositive();

        Process last = start(own, source);
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();

        assertThat(records(own)).hasSize(AdoptingVictim.MATRIX.size());
        assertThat(new StatusReader(own).read().orElseThrow().progress().completed())
                .isEqualTo(AdoptingVictim.MATRIX.size());
    }

    private static Process start(RunDirectory own, Path source) throws IOException {
        return new ProcessBuilder(Torture.java(AdoptingVictim.class, own.path().toString(), source.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long size(RunDirectory directory) throws IOException {
        Path journal = RunFiles.journal(directory);
        return Files.exists(journal) ? Files.size(journal) : 0;
    }

    /** The whole records by task, each of which must be an adopted one, and the only one of its task. */
    private static Map<String, JournalRecord> records(RunDirectory directory) throws IOException {
        Map<String, JournalRecord> records = new LinkedHashMap<>();
        RunJournal.read(directory, record -> {
            String task = record.calculation().taskId();
            assertThat(records.put(task, record))
                    .as("another record of " + task)
                    .isNull();
            assertThat(record.attempt().origin()).as(task).isPresent();
            assertThat(record.outcome().results())
                    .isEqualTo(Map.of("value", record.calculation().subject()));
        });
        return records;
    }
}
