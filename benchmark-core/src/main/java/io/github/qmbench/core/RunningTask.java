package io.github.qmbench.core;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way: what can be asked of it from outside (cancel, time out), and the context that its backend gets.
 * Two of them are equal only if they are the same.
 */
final class RunningTask {

    private enum Ending {
        CANCELLED,
        LEFT,
        TIMED_OUT
    }

    /** Whether the attempt stands in the {@link AttemptLog}. */
    private enum Note {
        NONE,
        BEGUN,
        OVER
    }

    private final int index;
    private final Calculation calculation;
    private final int number;
    private final Start start;
    private final Thread worker;
    private final Cancellation cancellation = new Cancellation();

    private Fingerprint fingerprint = Fingerprint.EMPTY; // set and read by the worker

    // Guarded by this.
    private Optional<String> remark = Optional.empty();
    private @Nullable Ending ending;
    private Note note = Note.NONE;
    private boolean over;
    private int launching;
    private long launchedNanos;
    private long launchBegan;
    private final List<Attempt.Launch> launches = new ArrayList<>();

    /**
     * How an attempt began.
     *
     * @param at when, by the clock; of a continued one, when the runner before began it
     * @param nanos when this runner took it up, by the timer
     * @param before how long it had been under way by then
     * @param programs what the runner before launched for it, in order
     */
    record Start(Instant at, long nanos, Duration before, List<AttemptLog.Program> programs) {

        /** A new attempt. */
        static Start now(Instant at, long nanos) {
            return new Start(at, nanos, Duration.ZERO, List.of());
        }

        /** One that a runner before this one began. */
        static Start earlier(AttemptLog.Begun begun, Instant now, long nanos) {
            Duration before = Duration.between(begun.startedAt(), now);
            return new Start(begun.startedAt(), nanos, before.isNegative() ? Duration.ZERO : before, begun.programs());
        }
    }

    RunningTask(int index, Calculation calculation, int number, Start start, Thread worker) {
        this.index = index;
        this.calculation = calculation;
        this.number = number;
        this.start = start;
        this.worker = worker;
    }

    int index() {
        return index;
    }

    Calculation calculation() {
        return calculation;
    }

    int number() {
        return number;
    }

    Instant startedAt() {
        return start.at();
    }

    /** How long it has been under way, with the time before this runner took it up. */
    Duration duration(long now) {
        return start.before().plusNanos(Math.max(0, now - start.nanos()));
    }

    /** Notes that this attempt is under way, if that is not known yet. */
    synchronized void noteBegin(AttemptLog log, String runId) throws IOException {
        if (note == Note.NONE) {
            note = Note.BEGUN;
            if (log.continued(calculation).isEmpty()) {
                log.begin(calculation, number, runId, start.at());
            }
        }
    }

    /** Notes that this attempt is over, if it was noted that it is under way. */
    synchronized void noteEnd(AttemptLog log) throws IOException {
        if (note == Note.BEGUN || log.continued(calculation).isPresent()) {
            log.end(calculation.taskId());
        }
        note = Note.OVER;
    }

    void setFingerprint(Fingerprint value) {
        fingerprint = Objects.requireNonNull(value, "the fingerprint of the backend");
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    synchronized RunStatus.TaskUnderWay picture() {
        return new RunStatus.TaskUnderWay(calculation, number, start.at(), remark);
    }

    synchronized void setRemark(String text) {
        remark = Optional.of(text);
    }

    /** Tells the calculation to end because the run is to end. */
    void cancel() {
        endEarly(Ending.CANCELLED);
    }

    /** Tells the calculation to end because its time is over. */
    void timeOut() {
        endEarly(Ending.TIMED_OUT);
    }

    /** Leaves it to the next runner. */
    private synchronized void leave() {
        if (ending == null) {
            ending = Ending.LEFT;
        }
    }

    /** Whether its program goes on, for the next runner to take up: there is no outcome to be recorded. */
    synchronized boolean isLeft() {
        return ending == Ending.LEFT;
    }

    /** What ran for it elsewhere. */
    synchronized List<Attempt.Launch> launches() {
        return List.copyOf(launches);
    }

    private synchronized void launched(ProcessResult result) {
        launches.add(new Attempt.Launch(result.where(), result.waited(), result.duration()));
    }

    /** Makes it one that was not counted, because the run cannot go on. */
    private synchronized void giveUp() {
        if (ending == null) {
            ending = Ending.CANCELLED;
        }
    }

    private void endEarly(Ending how) {
        synchronized (this) {
            if (over || ending != null) {
                return;
            }
            ending = how;
        }
        cancellation.cancel();
        synchronized (this) {
            if (!over) {
                worker.interrupt();
            }
        }
    }

    /**
     * How long it has been at work itself, in this runner, without the time spent in launched programs, which have limits
     * of their own.
     */
    synchronized long ownTime(long now) {
        return launching > 0 ? 0 : now - start.nanos() - launchedNanos;
    }

    private synchronized void launchBegins(long now) {
        if (launching++ == 0) {
            launchBegan = now;
        }
    }

    private synchronized void launchEnds(long now) {
        if (--launching == 0) {
            launchedNanos += now - launchBegan;
        }
    }

    /**
     * Says what an outcome means, given how the calculation was told to end.
     *
     * @param draining whether the run is to end; asked only when that matters, and without this object's lock
     */
    CalculationOutcome judge(CalculationOutcome outcome, BooleanSupplier draining) {
        return judge(outcome, outcome.state() instanceof CalculationState.Cancelled && draining.getAsBoolean());
    }

    private synchronized CalculationOutcome judge(CalculationOutcome outcome, boolean cancelledByRun) {
        over = true;
        if (outcome.state() instanceof CalculationState.Complete) {
            return outcome;
        }
        boolean endedAsCancelled = outcome.state().failure().isEmpty();
        if (ending == Ending.CANCELLED || ending == Ending.LEFT || cancelledByRun) {
            return CalculationOutcome.cancelled();
        }
        if (ending == Ending.TIMED_OUT) {
            return CalculationOutcome.failed(CalculationFailure.TIMEOUT, "it took longer than allowed (--timeout)");
        }
        if (endedAsCancelled) {
            return CalculationOutcome.failed(
                    CalculationFailure.EXCEPTION, "it ended as cancelled although nobody had asked for that");
        }
        return outcome;
    }

    /** What the backend sees of the run. */
    static final class Context implements CalculationContext, AutoCloseable {
        private final RunningTask task;
        private final RunLoop loop;
        private final List<AttemptLog.Program> leftBefore;
        private @Nullable Path directory;

        Context(RunningTask task, RunLoop loop) {
            this.task = task;
            this.loop = loop;
            this.leftBefore = new ArrayList<>(task.start.programs());
        }

        @Override
        public synchronized Path directory() throws IOException {
            if (directory == null) {
                loop.noteBegin(task);
                Path path = loop.settings().directory.calculation(task.calculation.taskId());
                Files.createDirectories(path);
                if (task.start.programs().isEmpty()) {
                    keepEarlierAttempt(path);
                }
                directory = path;
            }
            return directory;
        }

        /** Moves what an earlier attempt left into a folder of its own. */
        private static void keepEarlierAttempt(Path path) throws IOException {
            List<Path> left = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    if (!entry.getFileName().toString().matches("attempt-\\d+")) {
                        left.add(entry);
                    }
                }
            }
            if (!left.isEmpty()) {
                int number = 1;
                while (Files.exists(path.resolve("attempt-" + number))) {
                    number++;
                }
                Path attempt = Files.createDirectory(path.resolve("attempt-" + number));
                for (Path entry : left) {
                    Files.move(entry, attempt.resolve(entry.getFileName()));
                }
            }
        }

        @Override
        public int attempt() {
            return task.number;
        }

        @Override
        public Cancellation cancellation() {
            return task.cancellation;
        }

        @Override
        public int sideBySide() {
            return loop.settings().parallel;
        }

        @Override
        public OptionalLong memoryBytes() {
            long each = loop.settings().memoryBytesEach;
            return each == 0 ? OptionalLong.empty() : OptionalLong.of(each);
        }

        @Override
        public OptionalLong mostMemoryBytes() {
            return loop.settings().launcher.mostMemoryBytes();
        }

        @Override
        public ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException {
            ProcessRequest.Builder limited = request.toBuilder();
            if (request.timeout().isEmpty()) {
                loop.settings().timeout.ifPresent(limited::timeout);
            }
            if (request.stall().isEmpty()) {
                loop.settings().stall.ifPresent(limited::stall);
            }
            if (task.cancellation.isCancelled()) {
                throw new InterruptedException("cancelled");
            }
            loop.noteBegin(task);
            task.launchBegins(loop.settings().nanoTime.getAsLong());
            try {
                Control control = control(request);
                ProcessResult result = loop.settings().launcher.launch(limited.build(), control);
                noteEnd(control.mark());
                if (loop.settings().launcher.reattaches()) {
                    task.launched(result);
                }
                return result;
            } catch (InterruptedException e) {
                if (loop.isLeaving() && !task.cancellation.isCancelled()) {
                    task.leave();
                }
                throw e;
            } catch (LauncherUnusableException e) {
                task.giveUp(); // whatever the backend makes of it: it is not the calculation's failure
                loop.launcherUnusable(e);
                throw e;
            } finally {
                task.launchEnds(loop.settings().nanoTime.getAsLong());
            }
        }

        @Override
        public synchronized boolean takesUp(ProcessRequest request) {
            return earlier(request).isPresent();
        }

        /**
         * The program that does what a request asks for. One of which the launch was over counts only if it was the only
         * one: otherwise the backend may have moved its files since.
         */
        private Optional<AttemptLog.Program> earlier(ProcessRequest request) {
            boolean only = task.start.programs().size() == 1;
            return leftBefore.stream()
                    .filter(program -> !program.ended() || only)
                    .filter(program -> program.identity().equals(request.identity()))
                    .findFirst();
        }

        private synchronized Control control(ProcessRequest request) {
            Optional<AttemptLog.Program> earlier = earlier(request);
            if (earlier.isPresent()) {
                leftBefore.remove(earlier.get());
            } else {
                endLeftBefore();
            }
            return new Control(earlier.map(AttemptLog.Program::process), request.identity());
        }

        private void noteEnd(String mark) {
            try {
                loop.around().attempts().launchEnded(task.calculation.taskId(), mark);
            } catch (IOException e) {
                loop.around().listener().notice("cannot note that a program of " + task.calculation + " ended: " + e);
            }
        }

        /** Ends what the runner before launched and nobody takes up, for other settings or in another order. */
        private void endLeftBefore() {
            for (AttemptLog.Program program : leftBefore) {
                if (!program.ended()) {
                    if (loop.settings().launcher.endLeftOver(program.process())) {
                        loop.around().listener().notice("ended what the runner before had left of " + task.calculation);
                    }
                    noteEnd(program.process().mark());
                }
            }
            leftBefore.clear();
        }

        @Override
        public void remark(String text) {
            loop.remarked(task, text);
            loop.around().listener().calculationRemarked(task.calculation, text);
        }

        /** After this, nobody interrupts the worker on behalf of the calculation. */
        @Override
        public void close() {
            synchronized (task) {
                task.over = true;
            }
            synchronized (this) {
                if (!task.isLeft()) {
                    endLeftBefore();
                }
            }
        }

        /** What a launcher sees of the run. */
        private final class Control implements LaunchControl {
            private final Optional<LaunchedProcess> earlier;
            private final String mark;
            private final String identity;

            Control(Optional<LaunchedProcess> earlier, String identity) {
                this.earlier = earlier;
                this.identity = identity;
                this.mark = earlier.map(LaunchedProcess::mark)
                        .orElseGet(() -> UUID.randomUUID().toString());
            }

            @Override
            public Optional<LaunchedProcess> earlier() {
                return earlier;
            }

            @Override
            public boolean isDraining() {
                return loop.isDraining();
            }

            @Override
            public boolean isLeaving() {
                return loop.isLeaving();
            }

            @Override
            public void remark(String text) {
                Context.this.remark(text);
            }

            @Override
            public Cancellation cancellation() {
                return task.cancellation;
            }

            @Override
            public String mark() {
                return mark;
            }

            @Override
            public void launched(LaunchedProcess process) {
                try {
                    loop.around().attempts().launched(task.calculation.taskId(), process, identity);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException("cannot note how to find a program again", e);
                }
            }
        }
    }
}
