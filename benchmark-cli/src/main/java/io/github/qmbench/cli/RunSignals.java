package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.StopRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What signals do to a run: the first INT (Ctrl-C) lets running calculations finish, the second ends it; TERM ends it at
 * once, as does HUP (the terminal is gone) unless the run is headless, where it is ignored; USR1, by which batch systems
 * announce that time is nearly up, does as the first INT, but leaves jobs of a cluster to the next run. Until {@link
 * #close}.
 *
 * <p>As no signal ends the process meanwhile, only somebody inside of it can: a plug-in that calls {@link System#exit}. That
 * is no success, whatever exit code it asks for.
 */
final class RunSignals implements AutoCloseable {

    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int TERM = 15;

    private final BenchmarkRunner runner;
    private final RunView view;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final Thread endedFromInside;
    private int interrupts;
    private boolean over;
    private Optional<Integer> endedBy = Optional.empty();

    private RunSignals(CommandLineSession session, BenchmarkRunner runner, RunView view) {
        this.runner = Objects.requireNonNull(runner, "runner");
        this.view = Objects.requireNonNull(view, "view");
        this.endedFromInside = new Thread(() -> {
            session.console()
                    .err()
                    .println("qmbench: the backend ended the whole process from inside (System.exit), so this run was"
                            + " interrupted. Finished calculations are safe; the same command resumes the run.");
            session.console().err().flush();
            Runtime.getRuntime().halt(ExitCode.SOFTWARE);
        });
    }

    /** Handles the signals of this process, if it is the session's own. */
    static RunSignals handle(CommandLineSession session, BenchmarkRunner runner, RunView view, boolean headless) {
        RunSignals signals = new RunSignals(session, runner, view);
        if (session.ownsProcess()) {
            Runtime.getRuntime().addShutdownHook(signals.endedFromInside);
            signals.install("INT", signals::interrupted);
            signals.install("TERM", () -> signals.end(TERM, "SIGTERM"));
            signals.install("USR1", signals::leave);
            signals.install("HUP", headless ? () -> {} : () -> signals.end(HUP, "SIGHUP"));
        }
        return signals;
    }

    private void install(String name, Runnable action) {
        try {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, received -> action.run()));
        } catch (IllegalArgumentException e) {
            view.say("signal " + name + " cannot be handled here: " + e.getMessage());
        }
    }

    /** Says that the run has ended and its status is written: a signal that comes later ends the process at once. */
    synchronized void runHasEnded() {
        over = true;
    }

    synchronized void interrupted() {
        endIfOver(INT);
        interrupts++;
        if (interrupts == 1) {
            runner.requestStop(StopRequest.DRAIN);
            view.say("Ctrl-C: stopping; Ctrl-C again ends the running calculations");
        } else {
            end(INT, "Ctrl-C again");
        }
    }

    /** What a cluster still runs is left to the next run: the time that is left is not enough to wait for it. */
    private synchronized void leave() {
        runner.requestStop(StopRequest.LEAVE);
        view.say("SIGUSR1: stopping; jobs of a cluster continue, and the next run collects them");
    }

    private synchronized void endIfOver(int signal) {
        if (over) {
            Runtime.getRuntime().halt(ExitCode.SIGNAL_BASE + signal);
        }
    }

    synchronized void end(int signal, String why) {
        endIfOver(signal);
        if (endedBy.isEmpty()) {
            endedBy = Optional.of(signal);
            runner.requestStop(StopRequest.NOW);
            view.say(why + ": ending the running calculations");
        }
    }

    /** The number of the signal that ended the run at once, if one did. */
    synchronized Optional<Integer> endedBy() {
        return endedBy;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(endedFromInside);
        } catch (IllegalStateException ending) {
            return; // and the hook says so
        }
        before.forEach(Signal::handle);
    }
}
