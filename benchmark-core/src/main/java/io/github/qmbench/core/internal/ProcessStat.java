package io.github.qmbench.core.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of {@code /proc/PID/stat} for a process (proc(5)).
 *
 * @param pid its number
 * @param state R, S, D, Z, ...
 * @param parent number of its parent
 * @param group number of its process group
 * @param session number of its session
 * @param flags of the kernel
 * @param ticks its own CPU time, user and system, in clock ticks
 * @param reapedTicks the CPU time of its children that it has waited for, and of theirs
 * @param start clock ticks since boot
 * @param residentPages pages of memory that it holds
 */
public record ProcessStat(
        long pid,
        char state,
        long parent,
        long group,
        long session,
        long flags,
        long ticks,
        long reapedTicks,
        String start,
        long residentPages) {

    /** Reads the file {@code stat} of a process's directory; nothing when there is no such process. */
    public static Optional<ProcessStat> read(Path directory) {
        try {
            return Optional.of(parse(KernelFile.text(directory, "stat")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** After the command's name, which may hold anything, come the fields from the third one on. */
    private static ProcessStat parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1);
        return new ProcessStat(
                Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                fields[0].charAt(0),
                number(fields, 4),
                number(fields, 5),
                number(fields, 6),
                number(fields, 9),
                number(fields, 14) + number(fields, 15),
                number(fields, 16) + number(fields, 17),
                fields[22 - 3],
                number(fields, 24));
    }

    /** A field by its number in proc(5). */
    private static long number(String[] fields, int number) {
        return Long.parseLong(fields[number - 3]);
    }

    /** {@return whether it has ended and only waits for its parent to notice} */
    public boolean isZombie() {
        return state == 'Z' || state == 'X';
    }
}
