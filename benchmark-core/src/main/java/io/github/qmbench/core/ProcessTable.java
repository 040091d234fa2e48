package io.github.qmbench.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The processes of this machine, as {@code /proc} shows them (proc(5)). Where there is no {@code /proc}, only the
 * start of a process is known, from {@link ProcessHandle}, and searches find nothing.
 */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));

    /**
     * One process.
     *
     * @param pid its number
     * @param session number of the session it belongs to
     * @param start clock ticks since boot
     */
    record Entry(long pid, long session, String start) {}

    private ProcessTable() {}

    /** Whether sessions and environments can be looked up here. */
    static boolean isComplete() {
        return HAS_PROC;
    }

    /** Returns when a process started, or nothing when there is no such process or it is a zombie. */
    static Optional<String> startOf(long pid) {
        if (HAS_PROC) {
            return entry(PROC.resolve(Long.toString(pid))).map(Entry::start);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> handle.info().startInstant().map(Object::toString).orElse(""));
    }

    /** Returns all processes for which the test holds; zombies are left out. */
    static List<Entry> find(Predicate<Entry> test) {
        List<Entry> found = new ArrayList<>();
        if (!HAS_PROC) {
            return found;
        }
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : numbers) {
                entry(directory).filter(test).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + PROC, e);
        }
        return found;
    }

    /** Whether the environment of a process holds this {@code NAME=value}; false when it may not be read. */
    static boolean environmentHolds(long pid, String assignment) {
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            String text = '\0' + new String(environment, StandardCharsets.ISO_8859_1) + '\0';
            return text.contains('\0' + assignment + '\0');
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /** Reads {@code stat}: after the command's name, which may hold anything, fields 3 state, 6 session, 22 start. */
    private static Optional<Entry> entry(Path directory) {
        try {
            String stat = new String(Files.readAllBytes(directory.resolve("stat")), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            if (fields[0].equals("Z") || fields[0].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new Entry(
                    Long.parseLong(directory.getFileName().toString()), Long.parseLong(fields[3]), fields[19]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
