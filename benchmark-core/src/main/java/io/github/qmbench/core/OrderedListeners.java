package io.github.qmbench.core;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to listeners one at a time, writes them to the log, and keeps what listeners throw from the run.
 *
 * <p>What happens under a lock is put in line there, with {@link #inLine}, and told after the lock is given back, with {@link
 * #tellLine}: in the order in which it happened, whichever thread comes first to tell it.
 */
final class OrderedListeners {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final List<RunListener> listeners;
    private final boolean heard;
    private final Queue<Consumer<OrderedListeners>> line = new ConcurrentLinkedQueue<>();

    OrderedListeners(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.heard = !listeners.isEmpty() || LOG.isInfoEnabled();
    }

    /** Puts an event in line; it is told by the next {@link #tellLine}. */
    void inLine(Consumer<OrderedListeners> event) {
        if (heard) {
            line.add(event);
        }
    }

    /** Reports what stands in line; when this returns, all that the calling thread has put there is told. */
    void tellLine() {
        if (heard) {
            tellAllInLine();
        }
    }

    private synchronized void tellAllInLine() {
        for (Consumer<OrderedListeners> event = line.poll(); event != null; event = line.poll()) {
            event.accept(this);
        }
    }

    private synchronized void tell(Consumer<RunListener> event) {
        for (RunListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // whatever it is, it is the listener's and not the run's
                LOG.error("a listener threw; the run continues", e);
            }
        }
    }

    void runStarted(RunStatus status) {
        RunStatus.Progress progress = status.progress();
        LOG.info(
                "run {} started: {} calculations, {} done before",
                status.run().id(),
                progress.total(),
                progress.completed());
        RunListener.RunStarted event = new RunListener.RunStarted(status);
        tell(listener -> listener.runStarted(event));
    }

    void calculationStarted(Calculation calculation, int attempt) {
        LOG.info("{} started, attempt {}", calculation, attempt);
        RunListener.CalculationStarted event = new RunListener.CalculationStarted(calculation, attempt);
        tell(listener -> listener.calculationStarted(event));
    }

    void calculationRemarked(Calculation calculation, String remark) {
        LOG.info("{}: {}", calculation, remark);
        RunListener.CalculationRemarked event = new RunListener.CalculationRemarked(calculation, remark);
        tell(listener -> listener.calculationRemarked(event));
    }

    void calculationEnded(JournalRecord record, RunStatus status) {
        LOG.info(
                "{} {} after {} s{}",
                record.calculation(),
                record.outcome().state().word(),
                record.attempt().duration().toMillis() / 1000.0,
                record.outcome()
                        .state()
                        .failure()
                        .map(failure -> ", " + failure)
                        .orElse(""));
        RunListener.CalculationEnded event = new RunListener.CalculationEnded(record, status);
        tell(listener -> listener.calculationEnded(event));
    }

    void notice(String text) {
        LOG.warn(text);
        RunListener.Notice event = new RunListener.Notice(text);
        tell(listener -> listener.notice(event));
    }

    void runEnded(RunStatus status) {
        LOG.info(
                "run {} {}{}: {} completed, {} failed of {}",
                status.run().id(),
                status.state().word(),
                status.run().reason().map(reason -> " (" + reason + ")").orElse(""),
                status.progress().completed(),
                status.progress().failed(),
                status.progress().total());
        RunListener.RunEnded event = new RunListener.RunEnded(status);
        tell(listener -> listener.runEnded(event));
    }
}
