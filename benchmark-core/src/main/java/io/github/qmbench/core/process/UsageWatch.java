package io.github.qmbench.core.process;

import io.github.qmbench.core.internal.KernelFile;
import io.github.qmbench.core.internal.ProcessStat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Measures what launched programs use while they run, with all their processes, as {@code /proc} shows it (proc(5)).
 *
 * <p>CPU time. The time of a process that has ended goes to the parent that waits for it, with all that the process had
 * inherited itself. So nothing is lost between two looks but for a process whose parent is gone: of that one the last look
 * counts. The first process of a program ends in this runner, whose own inherited time says what it used.
 *
 * <p>Memory. The sum of the resident memory of all processes, in which pages that processes share count for each. A peak
 * between two looks is seen only as far as one process alone had it.
 *
 * <p>A program with a {@linkplain ProgramCgroup control group} of its own is measured by that as well.
 *
 * <p>The looks of all launches together take about a thousandth of a core: the more processes there are, the rarer they get.
 * Safe for use by many threads.
 */
final class UsageWatch {

    private static final Path PROC = Path.of("/proc");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final UsageWatch SHARED = new UsageWatch(PROC, CGROUPS, System::nanoTime, ProcUnits.of(PROC));

    // A look after seconds of something else takes a millisecond or two; soon after the start there are more.
    private static final long FIRST_LOOK = Duration.ofMillis(25).toNanos();
    private static final long SHORTEST = Duration.ofSeconds(3).toNanos();
    private static final long FOR_EACH_FILE = Duration.ofMillis(100).toNanos();
    private static final int FILES_OF_PROCESS = 4;
    private static final int FILES_OF_CGROUP = 5;
    private static final long FIRST_SEARCH = Duration.ofSeconds(1).toNanos();
    private static final long SHORTEST_SEARCH = Duration.ofSeconds(10).toNanos();
    private static final long SEARCH_FOR_EACH_ENTRY = Duration.ofMillis(50).toNanos();
    private static final long UNTIL_IN_CGROUP = Duration.ofSeconds(10).toNanos();

    private final Path proc;
    private final Path cgroups;
    private final LongSupplier nanoTime;
    private final ProcUnits units;

    // Guarded by this.
    private final Map<Long, Session> sessions = new LinkedHashMap<>(); // by the number of their first process
    private TreeSet<Long> strangers = new TreeSet<>(); // processes that belong to none
    private long nextSearch;
    private long claimedTicks; // of those that this runner inherited

    UsageWatch(Path proc, Path cgroups, LongSupplier nanoTime, ProcUnits units) {
        this.proc = proc;
        this.cgroups = cgroups;
        this.nanoTime = nanoTime;
        this.units = units;
        this.nextSearch = nanoTime.getAsLong() + FIRST_SEARCH;
    }

    /** Begins to measure a program of this machine; nothing where there is no {@code /proc}. */
    static Optional<Session> of(Process process) {
        return Files.isReadable(PROC.resolve("self/stat"))
                ? Optional.of(SHARED.begin(process.pid(), () -> !process.isAlive()))
                : Optional.empty();
    }

    /**
     * Begins to measure.
     *
     * @param leader the first process, which has a session of its own
     * @param reaped returns whether this runner has waited for its end
     */
    synchronized Session begin(long leader, BooleanSupplier reaped) {
        if (sessions.isEmpty()) {
            claimedTicks = inheritedTicks();
        }
        nextSearch = Math.min(nextSearch, nanoTime.getAsLong() + FIRST_SEARCH);
        strangers.remove(leader);
        Session session = new Session(leader, reaped);
        sessions.put(leader, session);
        return session;
    }

    private Path directory(long pid) {
        return proc.resolve(Long.toString(pid));
    }

    private long inheritedTicks() {
        return ProcessStat.read(proc.resolve("self"))
                .map(ProcessStat::reapedTicks)
                .orElse(0L);
    }

    /**
     * Looks for new processes of all sessions that no look has found as children of known ones; reads only those that were
     * not there before.
     *
     * @return how many processes the machine has
     */
    private int search(long now) {
        String[] names = new File(proc.toString()).list();
        TreeSet<Long> present = new TreeSet<>();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                present.add(Long.parseLong(name));
            }
        }
        TreeSet<Long> unknown = new TreeSet<>(present);
        unknown.removeAll(strangers);
        sessions.values().forEach(session -> unknown.removeAll(session.members.keySet()));
        strangers.retainAll(present);
        for (long pid : unknown) {
            Optional<ProcessStat> stat = ProcessStat.read(directory(pid));
            Optional<Session> owner = stat.flatMap(this::owner);
            if (owner.isPresent()) {
                owner.get().members.put(pid, new Member(stat.orElseThrow()));
            } else if (stat.isPresent()) {
                strangers.add(pid);
            }
        }
        sessions.values().forEach(session -> session.findCgroup(now));
        return present.size();
    }

    /** The session that a process belongs to, or in which its parent is. */
    private Optional<Session> owner(ProcessStat stat) {
        Session own = sessions.get(stat.session());
        return own != null
                ? Optional.of(own)
                : sessions.values().stream()
                        .filter(session -> session.members.containsKey(stat.parent()))
                        .findFirst();
    }

    /**
     * Takes from what this runner inherited what belongs to the first process of a program. Of programs that end between
     * two calls each gets what it may have used.
     */
    private long claim(Session session, long least, long most) {
        long inherited = inheritedTicks();
        long ticks = Math.max(least, Math.min(inherited - claimedTicks, most));
        sessions.remove(session.leader);
        boolean othersHaveEnded = sessions.values().stream().anyMatch(other -> other.reaped.getAsBoolean());
        claimedTicks = othersHaveEnded ? claimedTicks + ticks : inherited;
        return ticks;
    }

    /** One process as it was seen last. */
    private static final class Member {
        private final String start;
        private long parent;
        private long ticks;
        private long reapedTicks;
        private long readBytes;
        private long writtenBytes;

        Member(ProcessStat stat) {
            start = stat.start();
            parent = stat.parent();
        }

        void saw(ProcessStat stat) {
            parent = stat.parent();
            ticks = stat.ticks();
            reapedTicks = stat.reapedTicks();
        }
    }

    /** One program, from its start to its end. */
    final class Session {
        private final long leader;
        private final BooleanSupplier reaped;
        private final long begunAt;
        private long seenAt; // when its first process was seen last
        private long nextLook;

        // Guarded by the watch.
        private final TreeMap<Long, Member> members = new TreeMap<>();
        private long leaderParent = -1;
        private long endedTicks;
        private long inheritedTicks; // of the first process and those before it, as seen last
        private long peakBytes;
        private long endedRead;
        private long endedWritten;
        private boolean transferKnown;
        private Optional<ProgramCgroup> cgroup = Optional.empty();

        private Session(long leader, BooleanSupplier reaped) {
            this.leader = leader;
            this.reaped = reaped;
            this.begunAt = nanoTime.getAsLong();
            this.seenAt = begunAt;
            this.nextLook = begunAt + FIRST_LOOK;
            ProcessStat.read(directory(leader)).ifPresent(stat -> {
                leaderParent = stat.parent();
                members.put(leader, new Member(stat));
            });
        }

        /** Looks at its processes if it is time to. Called by the one thread that waits for its end. */
        void look() {
            long now = nanoTime.getAsLong();
            if (now - nextLook >= 0) {
                synchronized (UsageWatch.this) {
                    if (now - nextSearch >= 0) {
                        long pace = Math.max(SHORTEST_SEARCH, search(now) * SEARCH_FOR_EACH_ENTRY);
                        nextSearch = now + Math.min(pace, Math.max(FIRST_SEARCH, now - begunAt));
                    }
                    addChildren();
                    update(now);
                    int files = sessions.values().stream()
                            .mapToInt(Session::filesOfOneLook)
                            .sum();
                    long pace = Math.max(SHORTEST, files * FOR_EACH_FILE);
                    nextLook = now + Math.min(pace, Math.max(FIRST_LOOK, now - begunAt));
                }
            }
        }

        private int filesOfOneLook() {
            return FILES_OF_PROCESS * members.size() + (cgroup.isPresent() ? FILES_OF_CGROUP : 0);
        }

        /** Looks for the last time at what is left, before that is ended. */
        void lookAtTheRest() {
            synchronized (UsageWatch.this) {
                long now = nanoTime.getAsLong();
                search(now);
                update(now);
            }
        }

        /** Finds the processes that its processes have started, as far as the kernel shows that. */
        private void addChildren() {
            for (long pid : List.copyOf(members.keySet())) {
                for (String child : childrenOf(pid).trim().split(" ", -1)) {
                    if (!child.isEmpty() && !members.containsKey(Long.parseLong(child))) {
                        ProcessStat.read(directory(Long.parseLong(child)))
                                .ifPresent(stat -> members.put(stat.pid(), new Member(stat)));
                    }
                }
            }
        }

        private String childrenOf(long pid) {
            try {
                return KernelFile.text(directory(pid), "task/" + pid + "/children");
            } catch (IOException goneOrNotTold) {
                return "";
            }
        }

        /** Returns what it has used, after all of its processes have ended. */
        ResourceUsage end() {
            synchronized (UsageWatch.this) {
                long now = nanoTime.getAsLong();
                update(now);
                if (reaped.getAsBoolean()) {
                    long unseen = (now - seenAt) / 1_000_000 * units.ticksPerSecond() / 1000 + 1;
                    long most = inheritedTicks + unseen * Runtime.getRuntime().availableProcessors();
                    inheritedTicks = claim(this, inheritedTicks, most);
                } else {
                    sessions.remove(leader);
                }
                long ticks = endedTicks
                        + inheritedTicks
                        + members.values().stream()
                                .mapToLong(member -> member.ticks + member.reapedTicks)
                                .sum();
                return usage(units.time(ticks));
            }
        }

        private ResourceUsage usage(Duration cpu) {
            Duration ofGroup = Duration.of(cgroup.map(ProgramCgroup::cpuMicros).orElse(0L), ChronoUnit.MICROS);
            ResourceUsage usage = ResourceUsage.ofCpu(cpu.compareTo(ofGroup) > 0 ? cpu : ofGroup);
            long peak = cgroup.map(ProgramCgroup::peakBytes)
                    .filter(bytes -> bytes > 0)
                    .orElse(peakBytes);
            usage = peak > 0 ? usage.withPeakMemory(peak) : usage;
            Optional<ProgramCgroup> counted =
                    cgroup.filter(group -> group.readBytes() >= 0 && group.writtenBytes() >= 0);
            if (counted.isPresent()) {
                return usage.withTransfer(
                        counted.get().readBytes(), counted.get().writtenBytes());
            }
            return transferKnown ? usage.withTransfer(readBytes(), writtenBytes()) : usage;
        }

        /** Looks whether it has moved into a control group of its own, which programs do when they begin. */
        private void findCgroup(long now) {
            if (cgroup.isEmpty() && now - begunAt < UNTIL_IN_CGROUP) {
                cgroup = ProgramCgroup.of(proc, cgroups, leader);
            }
        }

        private long readBytes() {
            return endedRead
                    + members.values().stream()
                            .mapToLong(member -> member.readBytes)
                            .sum();
        }

        private long writtenBytes() {
            return endedWritten
                    + members.values().stream()
                            .mapToLong(member -> member.writtenBytes)
                            .sum();
        }

        private void update(long now) {
            Map<Long, ProcessStat> alive = new TreeMap<>();
            members.forEach((pid, member) -> ProcessStat.read(directory(pid))
                    .filter(stat -> stat.start().equals(member.start))
                    .ifPresent(stat -> alive.put(pid, stat)));
            settleEnded(alive);
            members.keySet().retainAll(alive.keySet());
            long residentPages = 0;
            for (ProcessStat stat : alive.values()) {
                Member member = member(stat.pid());
                member.saw(stat);
                residentPages += stat.residentPages();
                readMore(stat.pid(), member);
            }
            peakBytes = Math.max(peakBytes, residentPages * units.pageBytes());
            seenAt = alive.containsKey(leader) ? now : seenAt;
            cgroup.ifPresent(ProgramCgroup::look);
        }

        /**
         * Keeps what was seen last of processes that have ended, as far as it has not gone to an ancestor that is alive:
         * whoever waited for them in between has it now, with what came after the last look.
         */
        private void settleEnded(Map<Long, ProcessStat> alive) {
            Map<Long, List<Member>> endedByHeir = new TreeMap<>();
            members.forEach((pid, member) -> {
                if (!alive.containsKey(pid)) {
                    endedByHeir
                            .computeIfAbsent(heir(member, alive), first -> new ArrayList<>())
                            .add(member);
                }
            });
            endedByHeir.forEach((heir, ended) -> {
                long ticks = ended.stream()
                        .mapToLong(member -> member.ticks + member.reapedTicks)
                        .sum();
                ProcessStat heirNow = alive.get(heir);
                if (heirNow != null) {
                    long gone = heirNow.reapedTicks() - member(heir).reapedTicks;
                    endedTicks += Math.max(0, ticks - gone);
                    return;
                }
                endedRead +=
                        ended.stream().mapToLong(member -> member.readBytes).sum();
                endedWritten +=
                        ended.stream().mapToLong(member -> member.writtenBytes).sum();
                if (heir == leaderParent) {
                    inheritedTicks += ticks;
                } else {
                    endedTicks += ticks;
                }
            });
        }

        /** The nearest ancestor that is alive, or that is none of its processes. */
        private long heir(Member ended, Map<Long, ProcessStat> alive) {
            long heir = ended.parent;
            for (int i = 0; i < members.size() && members.containsKey(heir) && !alive.containsKey(heir); i++) {
                heir = member(heir).parent;
            }
            return heir;
        }

        private Member member(long pid) {
            return Objects.requireNonNull(members.get(pid), "member");
        }

        /** Reads the peak of its memory, and the bytes that it and those it has waited for read and wrote. */
        private void readMore(long pid, Member member) {
            try {
                String status = KernelFile.text(directory(pid), "status");
                peakBytes = Math.max(peakBytes, 1024 * Math.max(0, value(status, "VmHWM:")));
                String io = KernelFile.text(directory(pid), "io");
                long read = value(io, "read_bytes:");
                if (read >= 0) {
                    transferKnown = true;
                    member.readBytes = read;
                    member.writtenBytes = value(io, "write_bytes:");
                }
            } catch (IOException goneOrNotOurs) {
                return; // what was read before counts
            }
        }
    }

    /** The number after a name that begins a line; -1 when there is none. */
    private static long value(String lines, String name) {
        int at = lines.startsWith(name) ? 0 : lines.indexOf('\n' + name) + 1;
        if (at == 0 && !lines.startsWith(name)) {
            return -1;
        }
        int from = at + name.length();
        while (from < lines.length() && !Character.isDigit(lines.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < lines.length() && Character.isDigit(lines.charAt(to))) {
            to++;
        }
        return from == to ? -1 : Long.parseLong(lines.substring(from, to));
    }
}
