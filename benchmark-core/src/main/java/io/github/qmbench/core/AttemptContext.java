package io.github.qmbench.core;

import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunStore;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ResourceUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the backend sees of the run during one attempt. Knows nothing of other attempts. */
final class AttemptContext implements CalculationContext, AutoCloseable {

    /**
     * What all attempts of a run share.
     *
     * @param learntMemory how much memory a calculation needs, as far as that was learnt
     * @param isDraining whether the run is to end after what is running
     * @param isLeaving whether what continues without the runner is to be left to the next one
     * @param changed is told when the status has something new to show
     */
    record Shared(
            RunSettings settings,
            RunStore store,
            OrderedListeners listener,
            Function<Calculation, OptionalLong> learntMemory,
            BooleanSupplier isDraining,
            BooleanSupplier isLeaving,
            Runnable changed) {}

    private final RunningTask task;
    private final Shared run;
    private final List<AttemptLog.Program> leftBefore;
    private final OptionalLong learntMemory;
    private @Nullable Path directory;

    AttemptContext(RunningTask task, Shared run) {
        this.task = task;
        this.run = run;
        this.leftBefore = new ArrayList<>(task.start().programs());
        this.learntMemory = learntMemory(task, run);
    }

    @Override
    public synchronized Path directory() throws IOException {
        if (directory == null) {
            task.noteBegin(run.store());
            Path path = run.settings().directory.calculation(task.calculation().taskId());
            run.store().requireHeld();
            RunFiles.requireNoLinks(run.settings().directory, path);
            Files.createDirectories(path);
            if (task.start().programs().isEmpty()) {
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
        return task.number();
    }

    @Override
    public Cancellation cancellation() {
        return task.cancellation();
    }

    @Override
    public int sideBySide() {
        return run.settings().parallel;
    }

    @Override
    public OptionalLong memoryBytes() {
        return learntMemory.isPresent() ? learntMemory : givenMemoryBytes();
    }

    @Override
    public OptionalLong givenMemoryBytes() {
        long each = run.settings().memoryBytesEach;
        return each == 0 ? OptionalLong.empty() : OptionalLong.of(each);
    }

    /** The memory to be asked for, as far as it was learnt; the same during the whole attempt. */
    private static OptionalLong learntMemory(RunningTask task, Shared run) {
        OptionalLong bytes =
                run.settings().learnsMemory ? run.learntMemory().apply(task.calculation()) : OptionalLong.empty();
        OptionalLong most = run.settings().launcher.mostMemoryBytes();
        return bytes.isPresent() && most.isPresent()
                ? OptionalLong.of(Math.min(bytes.getAsLong(), most.getAsLong()))
                : bytes;
    }

    @Override
    public OptionalLong mostMemoryBytes() {
        return run.settings().launcher.mostMemoryBytes();
    }

    @Override
    public ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException {
        ProcessRequest.Builder limited = request.toBuilder();
        if (request.timeout().isEmpty()) {
            run.settings().timeout.ifPresent(limited::timeout);
        }
        if (request.stall().isEmpty()) {
            run.settings().stall.ifPresent(limited::stall);
        }
        if (request.memoryBytes().isEmpty() && learntMemory.isPresent()) {
            limited.memoryBytes(learntMemory.getAsLong());
        }
        if (task.cancellation().isCancelled()) {
            throw new InterruptedException("cancelled");
        }
        task.noteBegin(run.store());
        ProcessLauncher launcher = run.settings().launcher;
        task.launchBegins(run.settings().nanoTime.getAsLong());
        try {
            Control control = control(request);
            ProcessRequest limitedRequest = limited.build();
            task.setGrace(request.grace());
            if (control.earlier().isEmpty()) {
                limitedRequest.writeInput();
            }
            ProcessResult result = launcher.launch(limitedRequest, control).forRequest(limitedRequest);
            noteLaunchEnd(control.mark());
            if (launcher.reattaches()) {
                task.launched(result);
            }
            return result;
        } catch (InterruptedException e) {
            if (run.isLeaving().getAsBoolean() && !task.cancellation().isCancelled()) {
                task.leave();
            }
            throw e;
        } catch (LauncherUnusableException e) {
            task.giveUp(e);
            throw e;
        } finally {
            task.launchEnds(run.settings().nanoTime.getAsLong());
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
        boolean only = task.start().programs().size() == 1;
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

    private void noteLaunchEnd(String mark) {
        try {
            run.store().launchEnds(task.calculation(), mark);
        } catch (IOException e) {
            run.listener().notice("cannot note that a program of " + task.calculation() + " ended: " + e);
        }
    }

    /** Ends what the runner before launched and nobody resumes, because of other settings or in another order. */
    private void endLeftBefore() {
        for (AttemptLog.Program program : leftBefore) {
            if (!program.ended()) {
                if (run.settings().launcher.endLeftOver(program.process())) {
                    run.listener()
                            .notice("ended programs that the previous runner had left running for "
                                    + task.calculation());
                }
                noteLaunchEnd(program.process().mark());
            }
        }
        leftBefore.clear();
    }

    @Override
    public void remark(String text) {
        task.setRemark(text);
        run.changed().run();
        run.listener().calculationRemarked(task.calculation(), text);
    }

    /** After this, nobody interrupts the worker on behalf of the calculation. */
    @Override
    public void close() {
        task.close();
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
            return run.isDraining().getAsBoolean();
        }

        @Override
        public boolean isLeaving() {
            return run.isLeaving().getAsBoolean();
        }

        @Override
        public void remark(String text) {
            AttemptContext.this.remark(text);
        }

        @Override
        public void used(ResourceUsage usage) {
            boolean isGiven = usage.reservedMemoryBytes().isEmpty()
                    && !run.settings().launcher.reattaches() // a cluster's launcher knows better
                    && memoryBytes().isPresent();
            task.used(isGiven ? usage.withReservedMemory(memoryBytes().getAsLong()) : usage);
        }

        @Override
        public Cancellation cancellation() {
            return task.cancellation();
        }

        @Override
        public String mark() {
            return mark;
        }

        @Override
        public void launched(LaunchedProcess process) {
            try {
                run.store().launched(task.calculation(), process, identity);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot note how to find a program again", e);
            }
        }
    }
}
