package io.github.qmbench.core.process;

import io.github.qmbench.core.internal.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The control group of version 2 that a program has for itself (cgroups(7)), because its command made one: {@code systemd-run
 * --scope}, a container. There the kernel counts all processes, wherever they have gone, and shared memory once. What was
 * seen last counts, because the group may be gone with its program. Used by one thread at a time.
 */
final class ProgramCgroup {

    private static final String UNIFIED = "0::";

    private final Path directory;
    private long cpuMicros;
    private long peakBytes;
    private long readBytes = -1;
    private long writtenBytes = -1;

    private ProgramCgroup(Path directory) {
        this.directory = directory;
    }

    /** Returns the group of a process; nothing when it is in that of this runner, which others share. */
    static Optional<ProgramCgroup> of(Path proc, Path root, long leader) {
        Optional<String> own = path(proc.resolve(Long.toString(leader)));
        return own.filter(path -> path.length() > 1 && !own.equals(path(proc.resolve("self"))))
                .map(path -> root.resolve(path.substring(1)))
                .filter(Files::isDirectory)
                .map(ProgramCgroup::new);
    }

    private static Optional<String> path(Path process) {
        return text(process, "cgroup")
                .lines()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> line.substring(UNIFIED.length()))
                .findFirst();
    }

    /** The text of a file; empty when there is none. */
    private static String text(Path directory, String name) {
        try {
            return KernelFile.text(directory, name);
        } catch (IOException goneOrNotCounted) {
            return "";
        }
    }

    /** Looks what it has used. Memory is that of the processes, without files that the kernel keeps for them. */
    void look() {
        cpuMicros = Math.max(cpuMicros, sum("cpu.stat", "usage_usec "));
        long anonymous = sum("memory.stat", "anon ");
        long shared = sum("memory.stat", "shmem ");
        peakBytes = Math.max(peakBytes, Math.max(0, anonymous) + Math.max(0, shared));
        readBytes = Math.max(readBytes, sum("io.stat", "rbytes="));
        writtenBytes = Math.max(writtenBytes, sum("io.stat", "wbytes="));
    }

    /** The sum of the numbers that stand behind a word at the beginning of a line or of a field; -1 when it is nowhere. */
    private long sum(String file, String word) {
        long sum = -1;
        for (String line : text(directory, file).split("\n", -1)) {
            int at = line.startsWith(word) ? 0 : line.indexOf(' ' + word) + 1;
            if (line.startsWith(word) || at > 0) {
                String value = line.substring(at + word.length()).split(" ", 2)[0];
                sum = Math.max(0, sum) + Long.parseLong(value);
            }
        }
        return sum;
    }

    long cpuMicros() {
        return cpuMicros;
    }

    /** The most memory it was seen to hold, 0 when that is not counted. */
    long peakBytes() {
        return peakBytes;
    }

    /** The bytes it read from storage, -1 when that is not counted. */
    long readBytes() {
        return readBytes;
    }

    /** The bytes it wrote to storage, -1 when that is not counted. */
    long writtenBytes() {
        return writtenBytes;
    }
}
