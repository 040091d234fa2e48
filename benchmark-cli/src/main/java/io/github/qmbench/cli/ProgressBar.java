package io.github.qmbench.cli;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows a run on a terminal in one line that is written over: how many are done, how many failed, what is running, how
 * long it will still take. Failures and notices stay above it.
 *
 * <p>Written here and not taken from a library, because the time left is the run's own estimate and must agree with
 * {@code status}, and because the libraries ask the terminal through native code that Java 24 warns of.
 *
 * <p>Safe for use by many threads.
 */
final class ProgressBar implements RunView {

    private static final int SHORTEST_NAME = 6;
    private static final int WIDEST_BAR = 24;
    private static final long REFRESH_MILLIS = 1000;
    private static final String ERASE_TO_END = "\u001b[K";

    private final PrintStream out;
    private final int columns;
    private final LongSupplier nanoTime;
    private final Map<String, Long> startedAt = new LinkedHashMap<>();
    private RunStatus.Progress progress = RunStatus.Progress.of(0, 0, 0, 0, 0);
    private Optional<Duration> left = Optional.empty();
    private long leftAt;
    private boolean drawn;
    private boolean closed;

    ProgressBar(Console console, LongSupplier nanoTime) {
        this.out = Objects.requireNonNull(console, "console").err();
        this.columns = console.columns();
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** Returns a bar that is drawn again every second, so that its times advance. */
    static ProgressBar start(Console console) {
        ProgressBar bar = new ProgressBar(console, System::nanoTime);
        Thread ticker = new Thread(bar::tick, "qmbench-progress");
        ticker.setDaemon(true);
        ticker.start();
        return bar;
    }

    private void tick() {
        try {
            while (!isClosed()) {
                Thread.sleep(REFRESH_MILLIS);
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does so; the bar just stands still from here on
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void runStarted(RunStarted event) {
        started(event.status());
    }

    synchronized void started(RunStatus status) {
        say(EventLines.started(status));
        take(status);
    }

    @Override
    public synchronized void calculationStarted(CalculationStarted event) {
        begun(event.calculation());
    }

    synchronized void begun(Calculation calculation) {
        startedAt.put(calculation.taskId(), nanoTime.getAsLong());
        draw();
    }

    @Override
    public synchronized void calculationEnded(CalculationEnded event) {
        JournalRecord record = event.record();
        RunStatus status = event.status();
        startedAt.remove(record.calculation().taskId());
        take(status);
        if (record.outcome().state().failure().isPresent()) {
            say(EventLines.ended(record));
        } else {
            draw();
        }
    }

    @Override
    public synchronized void notice(Notice event) {
        say(event.text());
    }

    @Override
    public synchronized void runEnded(RunEnded event) {
        take(event.status());
    }

    private void take(RunStatus status) {
        progress = status.progress();
        left = status.timeLeft().remaining();
        leftAt = nanoTime.getAsLong();
    }

    @Override
    public synchronized void say(String text) {
        erase();
        out.println(Phrases.clean(text));
        draw();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            erase();
            closed = true;
            out.flush();
        }
    }

    private void erase() {
        if (drawn) {
            out.print("\r" + ERASE_TO_END);
            drawn = false;
        }
    }

    synchronized void draw() {
        if (closed || progress.total() == 0) {
            return;
        }
        out.print("\r" + line() + ERASE_TO_END);
        out.flush();
        drawn = true;
    }

    /** The line as it is now, no longer than the terminal is wide. */
    synchronized String line() {
        int done = progress.completed() + progress.failed();
        StringBuilder line = new StringBuilder();
        line.append(done).append('/').append(progress.total());
        line.append(' ').append(bar(done));
        if (progress.failed() > 0) {
            line.append("  ").append(progress.failed()).append(" failed");
        }
        timeLeft(line);
        int room = startedAt.isEmpty() ? 0 : (columns - 1 - line.length()) / startedAt.size();
        startedAt.forEach((task, start) -> {
            String clock = clock(nanoTime.getAsLong() - start);
            line.append("  ")
                    .append(shortened(Phrases.clean(task), room - clock.length() - 3))
                    .append(' ')
                    .append(clock);
        });
        return line.length() < columns ? line.toString() : line.substring(0, columns - 1);
    }

    /** A name of at most so many characters, without its middle, so that each of several calculations is seen. */
    private static String shortened(String name, int most) {
        if (name.length() <= most || most < SHORTEST_NAME) {
            return name;
        }
        int head = (most - 2) / 2;
        return name.substring(0, head) + ".." + name.substring(name.length() - (most - 2 - head));
    }

    private String bar(int done) {
        int width = Math.min(WIDEST_BAR, columns / 4);
        int full = progress.total() == 0 ? width : (int) ((long) width * done / progress.total());
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }

    private void timeLeft(StringBuilder line) {
        if (left.isPresent() && progress.completed() + progress.failed() < progress.total()) {
            Duration now = left.get().minusNanos(nanoTime.getAsLong() - leftAt);
            line.append("  ")
                    .append(Phrases.about(now.isNegative() ? Duration.ZERO : now))
                    .append(" left");
        }
    }

    /** {@code 0:12}, {@code 1:02:03}. */
    private static String clock(long nanos) {
        long seconds = Math.max(0, nanos / 1_000_000_000L);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
