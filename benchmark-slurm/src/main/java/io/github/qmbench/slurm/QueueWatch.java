package io.github.qmbench.slurm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the queue for all jobs at once, as often as {@link PollPace} says and only while somebody waits for a job, and
 * cancels jobs, many with one command. A job is cancelled only if the queue shows its number with its name at that moment,
 * because Slurm may give a number out again.
 *
 * <p>One thread of its own; safe for use by many threads.
 */
final class QueueWatch implements AutoCloseable {

    /**
     * What is known of the queue.
     *
     * @param begun how many queries have been begun
     * @param taken the number of the query that gave the entries, 0 when none has
     * @param entries jobs by name
     * @param trouble why the last query failed, if it did
     */
    record View(long begun, long taken, Map<String, QueueEntry> entries, Optional<String> trouble) {}

    private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);

    /** Time for others to ask for the cancellation of their jobs as well. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final int IDS_PER_COMMAND = 500;

    private final SlurmCommands commands;
    private final PollPace pace;
    private final String namePrefix;
    private final Duration shortest;

    // Guarded by this.
    private final Map<String, Boolean> toCancel = new LinkedHashMap<>(); // name -> only while it waits
    private final Set<String> unwanted = new LinkedHashSet<>();
    private View view = new View(0, 0, Map.of(), Optional.empty());
    private int waiting;
    private long firstAt = System.nanoTime();
    private long queriedAt;
    private boolean cancelsAreNew;
    private boolean closed;
    private boolean boundKnown;
    private @Nullable Thread thread;

    QueueWatch(SlurmCommands commands, SlurmSettings settings, String namePrefix) {
        this.commands = commands;
        this.shortest = settings.shortestInterval();
        this.pace = new PollPace(shortest, settings.longestInterval(), RandomGenerator.getDefault());
        this.namePrefix = namePrefix;
        this.queriedAt = System.nanoTime() - settings.shortestInterval().toNanos();
    }

    /** Says that one more waits for a job. */
    synchronized void join() {
        if (closed) {
            throw new IllegalStateException("the launcher is closed");
        }
        if (thread == null || !thread.isAlive()) { // it could not be started before, or an error ended it
            thread = new Thread(this::watch, "qmbench-slurm-queue");
            thread.setDaemon(true);
            thread.start();
        }
        if (waiting++ == 0) {
            firstAt = System.nanoTime();
        }
        notifyAll();
    }

    /** Says that one less does. */
    synchronized void leave() {
        waiting--;
    }

    synchronized View view() {
        return view;
    }

    PollPace pace() {
        return pace;
    }

    /** Waits until more is known than a view shows, but not longer than a while. */
    @SuppressWarnings("ReferenceEquality") // the view itself is asked for, not one that is as good
    synchronized View awaitNewer(View seen, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (view == seen) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        return view;
    }

    /** Cancels a job as soon as possible, and again until {@link #cancelNoMore}. */
    synchronized void cancel(String name, boolean onlyWaiting) {
        Boolean before = toCancel.put(name, onlyWaiting);
        if (before == null || (before && !onlyWaiting)) {
            cancelsAreNew = true;
            notifyAll();
        }
    }

    synchronized void cancelNoMore(String name) {
        toCancel.remove(name);
    }

    /** Cancels a job should it ever turn up; for one that Slurm may have taken in without saying so. */
    synchronized void cancelIfSeen(String name) {
        unwanted.add(name);
    }

    private void watch() {
        try {
            while (awaitDue()) {
                lookAtQueue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Waits until it is time for a query; false when closed. */
    private synchronized boolean awaitDue() throws InterruptedException {
        while (!closed) {
            if (waiting == 0) {
                wait();
                continue;
            }
            long now = System.nanoTime();
            Duration interval = pace.interval(Duration.ofNanos(now - firstAt));
            if (view.trouble().isEmpty() && !toCancel.isEmpty() && shortest.compareTo(interval) < 0) {
                interval = shortest;
            }
            long dueAt = queriedAt + interval.toNanos();
            if (cancelsAreNew && view.trouble().isEmpty()) {
                dueAt = Math.min(dueAt, now + GATHER.toNanos());
                queriedAt = dueAt - interval.toNanos(); // later ones do not push it back again
                cancelsAreNew = false;
            }
            if (now >= dueAt) {
                queriedAt = now;
                return true;
            }
            wait(Math.max(1, (dueAt - now) / 1_000_000));
        }
        return false;
    }

    private void lookAtQueue() {
        long number;
        synchronized (this) {
            number = view.begun() + 1;
            view = new View(number, view.taken(), view.entries(), view.trouble());
        }
        try {
            learnBound();
            CommandReply reply = commands.queue();
            if (reply.succeeded()) {
                answered(number, QueueEntry.parseQueue(reply.output(), namePrefix));
            } else {
                failed(number, reply.said());
            }
        } catch (IOException e) {
            failed(number, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // For example, no memory or thread is left for a command. All launches wait for this thread, so it must not
            // end.
            LOG.debug("cannot look at the queue", e);
            failed(number, Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private void answered(long number, Map<String, QueueEntry> entries) {
        cancelAsked(entries);
        if (view().trouble().isPresent()) {
            LOG.info("Slurm answers again");
        }
        pace.querySucceeded();
        publish(new View(number, number, entries, Optional.empty()));
    }

    private void failed(long number, String trouble) {
        View before = view();
        if (before.trouble().isEmpty()) {
            LOG.warn("degraded: the queue cannot be asked, which says nothing about the jobs in it: {}", trouble);
        }
        pace.queryFailed();
        publish(new View(number, before.taken(), before.entries(), Optional.of(trouble)));
    }

    private synchronized void publish(View next) {
        view = next;
        queriedAt = System.nanoTime();
        notifyAll();
    }

    /** Asks once how long Slurm remembers jobs that have ended, for they must be seen before it forgets them. */
    private void learnBound() {
        if (boundKnown) {
            return;
        }
        try {
            CommandReply reply = commands.control("show", "config");
            if (reply.succeeded()) {
                boundKnown = true;
                reply.output()
                        .lines()
                        .filter(line -> line.startsWith("MinJobAge"))
                        .map(line -> line.replaceAll("\\D+", ""))
                        .filter(digits -> !digits.isEmpty() && digits.length() < 10)
                        .findFirst()
                        .ifPresent(seconds -> pace.notLongerThan(
                                Duration.ofSeconds(Long.parseLong(seconds)).dividedBy(3)));
            }
        } catch (IOException e) {
            LOG.debug("cannot ask for Slurm's configuration", e); // asked again with the next query
        }
    }

    private void cancelAsked(Map<String, QueueEntry> entries) {
        for (boolean onlyWaiting : new boolean[] {true, false}) {
            List<String> ids = new ArrayList<>();
            synchronized (this) {
                toCancel.forEach((name, only) -> {
                    QueueEntry entry = entries.get(name);
                    if (only == onlyWaiting && entry != null && isToBeCancelled(entry, onlyWaiting)) {
                        ids.add(entry.id());
                    }
                });
                if (!onlyWaiting) {
                    unwanted.stream()
                            .map(entries::get)
                            .filter(entry -> entry != null && isToBeCancelled(entry, false))
                            .forEach(entry -> ids.add(entry.id()));
                }
            }
            for (int from = 0; from < ids.size(); from += IDS_PER_COMMAND) {
                List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_PER_COMMAND));
                try {
                    CommandReply reply = commands.cancel(some, onlyWaiting);
                    if (!reply.succeeded()) {
                        LOG.warn("cannot cancel jobs {}, which is tried again: {}", some, reply.said());
                    }
                } catch (IOException e) {
                    LOG.warn("cannot cancel jobs {}, which is tried again", some, e);
                }
            }
        }
    }

    private static boolean isToBeCancelled(QueueEntry entry, boolean onlyWaiting) {
        return switch (entry.state().phase()) {
            case ENDED -> false;
            case WAITING, HELD -> true;
            case RUNNING, SUSPENDED, UNKNOWN -> !onlyWaiting && entry.state() != SlurmState.COMPLETING;
        };
    }

    /** Stops looking. Jobs are left as they are. */
    @Override
    public void close() {
        Thread toEnd;
        synchronized (this) {
            closed = true;
            toEnd = thread;
            notifyAll();
        }
        if (toEnd != null) {
            toEnd.interrupt();
        }
    }
}
