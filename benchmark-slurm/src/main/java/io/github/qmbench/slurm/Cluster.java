package io.github.qmbench.slurm;

import java.util.function.LongSupplier;

/** What all launches of one launcher share. */
record Cluster(
        SlurmSettings settings,
        SlurmCommands commands,
        QueueWatch watch,
        SubmissionWindow window,
        NodeFailures nodes,
        LongSupplier nanoTime,
        Sleeper sleeper) {

    /** Waits for a number of milliseconds. */
    interface Sleeper {
        void sleep(long millis) throws InterruptedException;
    }

    /** Begins the name of every job of this library. */
    static final String NAME_PREFIX = "qmbench-";

    static Cluster of(SlurmSettings settings) {
        SlurmCommands commands = new SlurmCommands(settings);
        return new Cluster(
                settings,
                commands,
                new QueueWatch(commands, settings, NAME_PREFIX),
                new SubmissionWindow(settings.maxJobs(), settings.windowGrows(), System::nanoTime),
                new NodeFailures(),
                System::nanoTime,
                Thread::sleep);
    }
}
