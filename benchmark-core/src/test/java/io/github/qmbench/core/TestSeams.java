package io.github.qmbench.core;

import io.github.qmbench.core.internal.Storage;

/** What the harness needs of the engine and no user does. */
public final class TestSeams {

    private TestSeams() {}

    /** Gives a runner another disk. */
    public static BenchmarkRunner.Builder onStorage(BenchmarkRunner.Builder builder, Storage storage) {
        return builder.storage(storage);
    }

    /** Returns the record with which a later run adopts a result. */
    public static JournalRecord adopted(JournalRecord record, int attemptNumber, String runId) {
        return record.adopted(attemptNumber, runId);
    }
}
