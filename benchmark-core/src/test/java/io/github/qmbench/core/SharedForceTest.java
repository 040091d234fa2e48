package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.JournalAppender;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calculations that end at the same time share a force of the journal: whom it serves, and what becomes of them when it fails. */
@Timeout(20)
class SharedForceTest {

    /** A file of which a force begins and ends when the test says so. */
    private static final class HeldFile implements Storage.AppendFile {
        private final Semaphore appended = new Semaphore(0);
        private final Semaphore begun = new Semaphore(0);
        private final Semaphore mayEnd = new Semaphore(0);
        private volatile boolean failing;

        @Override
        public long size() {
            return 0;
        }

        @Override
        public void append(byte[] bytes) {
            appended.release();
        }

        @Override
        public void force() throws IOException {
            begun.release();
            mayEnd.acquireUninterruptibly();
            if (failing) {
                failing = false; // as Linux does it: an error is told once, and the next force is said to be well
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void truncate(long size) {
            throw new AssertionError("nothing is to be cut off");
        }

        @Override
        public void close() {}
    }

    @TempDir
    Path temporary;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HeldFile file = new HeldFile();
    private JournalAppender journal;

    @BeforeEach
    void open() throws IOException {
        Storage storage = new QuickStorage() {
            @Override
            public Storage.AppendFile open(Path path) {
                return file;
            }
        };
        file.mayEnd.release();
        journal = JournalAppender.open(
                temporary.resolve("progress.jsonl"), new RunJournal.Extent(0, 0, 0), storage, Durability.FORCED);
        file.begun.acquireUninterruptibly();
    }

    @AfterEach
    void close() throws IOException {
        file.mayEnd.release(100);
        workers.shutdownNow();
        journal.close();
    }

    /** Appends in a thread of its own; returns when the line is in the file, and not forced yet. */
    private Future<Long> append(String subject) {
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        JournalRecord record = JournalRecord.of(
                Calculation.of(subject, Map.of()),
                Attempt.of(1, "run", then, then, Duration.ZERO),
                CalculationOutcome.complete(Map.of("value", 1)),
                Fingerprint.EMPTY);
        Future<Long> end = workers.submit(() -> journal.append(record));
        file.appended.acquireUninterruptibly();
        return end;
    }

    @Test
    void oneForceServesAllThatWereAppendedBeforeItAndNobodyWaitsForMore() throws Exception {
        Future<Long> first = append("first");
        file.begun.acquire();
        Future<Long> second = append("second");
        Future<Long> third = append("third");
        assertThat(first.isDone()).isFalse();
        file.mayEnd.release();
        first.get();

        file.begun.acquire();
        Future<Long> fourth = append("fourth");
        assertThat(second.isDone() || third.isDone()).isFalse();
        file.mayEnd.release();
        file.begun.acquire(); // the force of the fourth, which does not end yet
        second.get();
        third.get();

        assertThat(fourth.isDone()).isFalse();
        file.mayEnd.release();
        fourth.get();
        assertThat(file.begun.tryAcquire()).as("a force that serves nobody").isFalse();
    }

    @Test
    void whoWaitedForAForceThatFailedIsToldSoAndDoesNotTrustTheNextOne() throws Exception {
        Future<Long> first = append("first");
        file.begun.acquire();
        Future<Long> second = append("second");
        file.failing = true;
        file.mayEnd.release(2);

        assertThatThrownBy(first::get).hasMessageContaining("Input/output error");
        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("is not trusted since: Input/output error");
        assertThatThrownBy(journal::force).hasMessageContaining("is not trusted since");
    }

    @Test
    void anInterruptDoesNotEndTheWaitForAForceAndIsNotLost() throws Exception {
        append("first");
        file.begun.acquire();
        AtomicBoolean interruptedAfter = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                journal.force();
                interruptedAfter.set(Thread.interrupted());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        waiting.start();
        while (waiting.getState() == Thread.State.NEW || waiting.getState() == Thread.State.RUNNABLE) {
            Thread.yield();
        }
        file.mayEnd.release();
        waiting.join();

        assertThat(interruptedAfter).isTrue();
    }
}
