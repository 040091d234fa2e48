package io.github.qmbench.core.process;

import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.internal.ProgramPath;
import io.github.qmbench.core.internal.WakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs on this machine.
 *
 * <p>Each gets a session of its own ({@code setsid}) and carries its mark in the variable {@value #MARK_VARIABLE}.
 * Ending one means SIGTERM to its first process and all others of its process group (mpirun then ends its ranks, which have
 * groups of their own), a grace period, SIGKILL to whatever of the session or with the mark is left, and a look whether it is gone. The same is
 * done when the first process ends by itself and leaves others behind.
 *
 * <p>Where there is no {@code /proc} (macOS) there is no such session. Ending reaches the first process and those of its
 * descendants that Java sees at that moment; what a dead runner left is known by its first process alone.
 */
final class LocalProcessLauncher implements ProcessLauncher {

    static final String MARK_VARIABLE = "QMBENCH_MARK";

    private static final Logger LOG = LoggerFactory.getLogger(LocalProcessLauncher.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long FIRST_POLL_MILLIS = 10;
    private static final long POLL_MILLIS = 100;
    private static final long POLL_NANOS = 20_000_000;
    private static final Duration LONGEST_GAP = Duration.ofSeconds(1);
    private static final int EXIT_KILLED = 137;
    private static final long NO_LEADER = -1;

    private final Function<Process, Optional<UsageWatch.Session>> watch;
    private final Table table;

    /** What lists the processes of this machine. */
    @FunctionalInterface
    interface Table {
        /** Returns all processes for which the test holds. */
        List<ProcessTable.Entry> find(Predicate<ProcessTable.Entry> test);
    }

    LocalProcessLauncher() {
        this(UsageWatch::of, ProcessTable::find);
    }

    /** A launcher that measures and lists processes in another way, for tests. */
    LocalProcessLauncher(Function<Process, Optional<UsageWatch.Session>> watch, Table table) {
        this.watch = watch;
        this.table = table;
    }

    @Override
    public ProcessResult launch(ProcessRequest request, LaunchControl control)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        WakeTime awake = new WakeTime(start, LONGEST_GAP);
        String bootId = RunnerIdentity.ofThisProcess().bootId();
        // Said before the start: a runner that is killed in between has then left a mark to look for.
        control.launched(new LaunchedProcess(control.mark(), Map.of("boot_id", bootId)));
        Process process = start(request, control.mark());
        Session session = new Session(table, process.pid(), control.mark(), true, request.grace());
        Optional<UsageWatch.Session> usage = Optional.empty();
        try {
            usage = watch.apply(process);
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("pid", Long.toString(process.pid()));
            facts.put("process_start", ProcessTable.startOf(process.pid()).orElse(""));
            facts.put("boot_id", bootId);
            control.launched(new LaunchedProcess(control.mark(), facts));
            ProcessResult.Ending ending = await(process, request, control.cancellation(), awake, usage);
            if (ending != ProcessResult.Ending.EXITED) {
                usage.ifPresent(UsageWatch.Session::lookAtTheRest);
                session.end(process.toHandle());
            }
            int exitCode = ending == ProcessResult.Ending.EXITED ? process.waitFor() : EXIT_KILLED;
            return ProcessResult.of(
                    ending,
                    exitCode,
                    Duration.ofNanos(System.nanoTime() - start),
                    RunnerIdentity.ofThisProcess().host());
        } finally {
            try {
                usage.ifPresent(UsageWatch.Session::lookAtTheRest);
            } finally {
                session.end(process.toHandle());
            }
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            usage.ifPresent(watched -> control.used(reserved(watched.end(), request, time)));
        }
    }

    /** This machine reserves nothing: what the request says is what the calculation was planned with. */
    private static ResourceUsage reserved(ResourceUsage usage, ProcessRequest request, Duration time) {
        ResourceUsage withCores = usage.withReservedCores(request.cores(), time);
        return request.memoryBytes().isPresent()
                ? withCores.withReservedMemory(request.memoryBytes().getAsLong())
                : withCores;
    }

    private Process start(ProcessRequest request, String mark) throws IOException {
        List<String> command = new ArrayList<>();
        if (!Files.isDirectory(request.directory())) {
            throw new LaunchFailedException(
                    request.command(), "its directory " + request.directory() + " does not exist", null);
        }
        Path program = findProgram(request);
        if (ProcessTable.isComplete()) {
            command.add("setsid");
        }
        command.add(program.toString());
        command.addAll(request.command().subList(1, request.command().size()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(request.directory().toFile())
                .redirectInput(request.input().toFile())
                .redirectOutput(request.output().toFile())
                .redirectError(request.error().toFile());
        builder.environment().putAll(request.environment());
        builder.environment().put(MARK_VARIABLE, mark);
        if (!Files.isReadable(request.input())) {
            throw new LaunchFailedException(
                    request.command(), "its standard input " + request.input() + " cannot be read", null);
        }
        // What cannot be written is the disk's fault and keeps its own exception; Java would blame the program.
        truncate(request.output());
        truncate(request.error());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new LaunchFailedException(request.command(), e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            new Session(table, NO_LEADER, mark, false, GRACE)
                    .end(null); // Java may have started it before it found no thread to watch it
            throw e;
        }
    }

    private static void truncate(Path file) throws IOException {
        Files.write(file, new byte[0]);
    }

    /** Looks the program up as the shell would; {@code setsid} would hide that it is missing behind an exit code. */
    private static Path findProgram(ProcessRequest request) throws LaunchFailedException {
        String name = request.command().get(0);
        if (name.contains("/")) {
            Path program = request.directory().resolve(name);
            if (!Files.exists(program)) {
                throw new LaunchFailedException(request.command(), "it does not exist", null);
            }
            if (!Files.isExecutable(program) || Files.isDirectory(program)) {
                throw new LaunchFailedException(request.command(), "it is not executable", null);
            }
            return program;
        }
        String path = request.environment().getOrDefault("PATH", System.getenv().getOrDefault("PATH", ""));
        return ProgramPath.find(name, path)
                .orElseThrow(() ->
                        new LaunchFailedException(request.command(), "it is not on the PATH (" + path + ")", null));
    }

    private static ProcessResult.Ending await(
            Process process,
            ProcessRequest request,
            Cancellation cancellation,
            WakeTime awake,
            Optional<UsageWatch.Session> usage)
            throws IOException, InterruptedException {
        long grownAt = 0;
        long lastSize = -1;
        long poll = FIRST_POLL_MILLIS;
        while (!process.waitFor(poll, TimeUnit.MILLISECONDS)) {
            poll = Math.min(2 * poll, POLL_MILLIS);
            usage.ifPresent(UsageWatch.Session::look);
            if (cancellation.isCancelled()) {
                throw new InterruptedException("cancelled");
            }
            long now = awake.until(System.nanoTime());
            if (request.timeout().isPresent() && now > request.timeout().get().toNanos()) {
                return ProcessResult.Ending.TIMED_OUT;
            }
            if (request.stall().isPresent()) {
                long size = size(request.output()) + size(request.error());
                if (size != lastSize) {
                    lastSize = size;
                    grownAt = now;
                } else if (now - grownAt > request.stall().get().toNanos()) {
                    return ProcessResult.Ending.STALLED;
                }
            }
        }
        return ProcessResult.Ending.EXITED;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public boolean endLeftOver(LaunchedProcess process) {
        Map<String, String> facts = process.facts();
        if (!RunnerIdentity.ofThisProcess().bootId().equals(facts.get("boot_id"))) {
            return false; // the machine has been started again since
        }
        long leader = leaderIn(facts);
        Session session = new Session(table, leader, process.mark(), false, GRACE);
        if (!ProcessTable.isComplete()) {
            Optional<ProcessHandle> first = firstProcess(leader, facts.getOrDefault("process_start", ""));
            first.ifPresent(session::end);
            return first.isPresent();
        }
        if (session.members().isEmpty()) {
            return false;
        }
        boolean leaderIsOurs = ProcessTable.environmentHolds(session.leader(), session.assignment());
        session.end(leaderIsOurs ? ProcessHandle.of(session.leader()).orElse(null) : null);
        return true;
    }

    /** The process with that number, if it is the one that started then. */
    private static Optional<ProcessHandle> firstProcess(long leader, String start) {
        return leader == NO_LEADER
                        || start.isEmpty()
                        || !ProcessTable.startOf(leader).equals(Optional.of(start))
                ? Optional.empty()
                : ProcessHandle.of(leader);
    }

    /** The process number that was noted; none when the runner died while it started it, or when the note is damaged. */
    private static long leaderIn(Map<String, String> facts) {
        try {
            return Long.parseLong(facts.getOrDefault("pid", Long.toString(NO_LEADER)));
        } catch (NumberFormatException e) {
            LOG.warn("a process number that is none: {}; the mark decides alone", facts.get("pid"));
            return NO_LEADER;
        }
    }

    /**
     * The processes of one launch.
     *
     * @param table lists them
     * @param leader process number of the first one, which is the session's number, too
     * @param mark the mark they carry in their environment
     * @param sessionIsOurs whether the session with that number is known to be the launch's: while its runner lives. Later
     *     the number may have been given to a stranger, and only the mark shows it
     * @param grace how long they may take to end after SIGTERM
     */
    private record Session(Table table, long leader, String mark, boolean sessionIsOurs, Duration grace) {

        String assignment() {
            return MARK_VARIABLE + "=" + mark;
        }

        /**
         * All that are left. Where they cannot be listed, because this runner has no free file descriptor, tries again for as
         * long as they may take to end.
         */
        List<ProcessTable.Entry> members() {
            long deadline = System.nanoTime() + grace.toNanos();
            while (true) {
                try {
                    return table.find(entry -> (sessionIsOurs && entry.session() == leader)
                            || ProcessTable.environmentHolds(entry.pid(), assignment()));
                } catch (IllegalStateException e) {
                    if (System.nanoTime() - deadline >= 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }

        /**
         * Ends all of them; does nothing when none is left. An interrupt waits until this is done.
         *
         * @throws IllegalStateException when they cannot be listed; the first one and its descendants are ended even then
         */
        void end(@Nullable ProcessHandle first) {
            boolean interrupted = Thread.interrupted();
            try {
                if (ProcessTable.isComplete()) {
                    interrupted |= endMembers(first);
                } else if (first != null) {
                    interrupted |= endKnown(first);
                }
            } catch (RuntimeException | Error e) {
                if (first != null) {
                    interrupted |= endKnown(first);
                }
                throw e;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private boolean endMembers(@Nullable ProcessHandle first) {
            boolean interrupted = false;
            List<ProcessTable.Entry> left = members();
            if (first != null && first.isAlive()) {
                left.stream()
                        .filter(entry -> entry.group() == first.pid())
                        .forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroy));
                first.destroy();
                interrupted = awaitGone(grace);
                left = members();
            }
            long deadline = System.nanoTime() + GRACE.toNanos();
            while (!left.isEmpty() && System.nanoTime() < deadline) {
                left.forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
                interrupted |= awaitGone(Duration.ofMillis(200));
                left = members();
            }
            if (!left.isEmpty()) {
                LOG.error("processes that cannot be ended, not even by SIGKILL: {}", left);
            }
            return interrupted;
        }

        /** Ends the first process and its descendants, where there is no table of processes to find others in. */
        private boolean endKnown(ProcessHandle first) {
            List<ProcessHandle> known = known(first);
            known.forEach(ProcessHandle::destroy);
            boolean interrupted = awaitGone(grace, () -> known.stream().noneMatch(ProcessHandle::isAlive));
            known.forEach(ProcessHandle::destroyForcibly);
            return interrupted;
        }

        private static List<ProcessHandle> known(ProcessHandle first) {
            try (Stream<ProcessHandle> descendants = first.descendants()) {
                return Stream.concat(Stream.of(first), descendants).toList();
            } catch (RuntimeException e) { // Java lists them in the same table
                return List.of(first);
            }
        }

        /** Waits until none is left, and returns whether an interrupt came meanwhile. */
        private boolean awaitGone(Duration limit) {
            return awaitGone(limit, () -> members().isEmpty());
        }

        private static boolean awaitGone(Duration limit, BooleanSupplier gone) {
            boolean interrupted = false;
            long deadline = System.nanoTime() + limit.toNanos();
            while (!gone.getAsBoolean() && System.nanoTime() < deadline) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return interrupted;
        }
    }
}
