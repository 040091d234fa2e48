package io.github.qmbench.core.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The processes of this machine, as {@code /proc} shows them (proc(5)). Where there is no {@code /proc}, only the
 * start of a process is known, from {@link ProcessHandle}, and searches find nothing.
 */
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /** PF_KTHREAD, a flag of the kernel's own threads, which have no environment. */
    private static final long KERNEL_THREAD = 0x00200000;

    /** How long a process may take to become another program; after that what is seen of its environment counts. */
    private static final int EXEC_MILLIS = 10;

    private static final boolean HAS_PROC = HostSystem.isLinux() && Files.isReadable(PROC.resolve("self/stat"));

    /**
     * One process.
     *
     * @param pid its number
     * @param group number of the process group it belongs to
     * @param session number of the session it belongs to
     * @param start clock ticks since boot
     */
    public record Entry(long pid, long group, long session, String start) {}

    private ProcessTable() {}

    /** {@return whether sessions and environments can be looked up here} */
    public static boolean isComplete() {
        return HAS_PROC;
    }

    /** Returns when a process started, or nothing when there is no such process or it is a zombie. */
    public static Optional<String> startOf(long pid) {
        if (HAS_PROC) {
            return entry(PROC.resolve(Long.toString(pid))).map(Entry::start);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle ->
                        handle.info().startInstant().map(Object::toString).orElse(""));
    }

    /**
     * Returns all processes for which the test holds; zombies and the kernel's threads are left out. None means that two
     * looks found none: one alone misses a process that ends after it has started another.
     */
    public static List<Entry> find(Predicate<Entry> test) {
        if (!HAS_PROC) {
            return List.of();
        }
        List<Entry> found = look(test);
        return found.isEmpty() ? look(test) : found;
    }

    private static List<Entry> look(Predicate<Entry> test) {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : numbers) {
                entry(directory).filter(test).ifPresent(found::add);
            }
            // Throws when this runner has no file descriptor free: then none of the processes above could be read.
            KernelFile.text(PROC.resolve("self"), "stat");
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + PROC, e);
        }
        return found;
    }

    /** {@return whether the environment of a process holds this {@code NAME=value}; false when it may not be read} */
    public static boolean environmentHolds(long pid, String assignment) {
        try {
            byte[] environment = environmentOf(pid);
            String text = '\0' + new String(environment, StandardCharsets.ISO_8859_1) + '\0';
            return text.contains('\0' + assignment + '\0');
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /** Reads an environment; of a process that is just becoming another program, none or a piece is seen for an instant. */
    private static byte[] environmentOf(long pid) throws IOException {
        Path file = PROC.resolve(pid + "/environ");
        byte[] environment = Files.readAllBytes(file);
        for (int i = 0; !isWhole(environment) && i < EXEC_MILLIS; i++) {
            LockSupport.parkNanos(1_000_000);
            environment = Files.readAllBytes(file);
        }
        return environment;
    }

    private static boolean isWhole(byte[] environment) {
        return environment.length > 0 && environment[environment.length - 1] == 0;
    }

    private static Optional<Entry> entry(Path directory) {
        return ProcessStat.read(directory)
                .filter(stat -> !stat.isZombie() && (stat.flags() & KERNEL_THREAD) == 0)
                .map(stat -> new Entry(stat.pid(), stat.group(), stat.session(), stat.start()));
    }
}
