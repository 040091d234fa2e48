package io.github.qmbench.cli;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;

/** Shows a run as one plain line for each event, for files, pipes and terminals that cannot do more. */
final class EventLines implements RunView {

    private final PrintStream out;

    EventLines(PrintStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    @Override
    public void runStarted(RunStarted event) {
        out.println(started(event.status()));
    }

    @Override
    public void calculationStarted(CalculationStarted event) {
        int attempt = event.attempt();
        say("started " + event.calculation() + (attempt > 1 ? ", attempt " + attempt : ""));
    }

    @Override
    public void calculationEnded(CalculationEnded event) {
        JournalRecord record = event.record();
        RunStatus status = event.status();
        RunStatus.Progress progress = status.progress();
        say("[" + (progress.completed() + progress.failed()) + "/" + progress.total() + "] " + ended(record)
                + status.timeLeft()
                        .remaining()
                        .filter(left -> progress.remaining() + progress.running() > 0)
                        .map(left -> "; " + Phrases.about(left) + " left")
                        .orElse(""));
    }

    @Override
    public void notice(Notice event) {
        say(event.text());
    }

    @Override
    public void say(String text) {
        out.println(Phrases.clean(text));
    }

    /** The first line about a run. */
    static String started(RunStatus status) {
        RunStatus.Progress progress = status.progress();
        return Phrases.count(progress.total(), "calculation")
                + (progress.completed() > 0 ? ", " + progress.completed() + " of them done before" : "");
    }

    /** How a calculation ended. */
    static String ended(JournalRecord record) {
        Optional<CalculationFailure> failure = record.outcome().state().failure();
        String time = Phrases.duration(record.attempt().duration());
        if (record.outcome().state() instanceof CalculationState.Retrying retrying) {
            return record.calculation() + " failed after " + time + " and is tried again: " + retrying.reason();
        }
        return failure.map(reason -> record.calculation() + " FAILED after " + time + ": " + reason)
                .orElseGet(() ->
                        record.calculation() + " " + record.outcome().state().word() + " in " + time);
    }
}
