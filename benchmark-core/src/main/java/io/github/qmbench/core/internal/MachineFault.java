package io.github.qmbench.core.internal;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The decision whether the machine is at fault. Only this class makes it, so that the same trouble is never blamed on a
 * subject in one place and on the machine in another.
 *
 * <p>What the operating system says about an error reaches Java as a text only. It is looked for in English, which is
 * what a JVM gets unless its locale has translations of these texts installed.
 */
public final class MachineFault {

    private static final List<String> DISK_FULL = List.of("No space left on device", "Disk quota exceeded");

    /** EIO, EREMOTEIO, EROFS, EMFILE and ENFILE, ESTALE, ENOMEM, EAGAIN, EUCLEAN, ENOTCONN, ENODEV and ENXIO, EHOSTDOWN. */
    private static final List<String> TROUBLE = List.of(
            "Input/output error",
            "Remote I/O error",
            "Read-only file system",
            "Too many open files",
            "Stale file handle",
            "Stale NFS file handle",
            "Cannot allocate memory",
            "Resource temporarily unavailable",
            "Structure needs cleaning",
            "Transport endpoint is not connected",
            "No such device",
            "Host is down");

    /** HUP, INT, QUIT, KILL, TERM, XCPU, XFSZ. A crash of the program itself (SEGV, ABRT, FPE, ...) is not among them. */
    private static final List<Integer> SIGNALS_FROM_OUTSIDE = List.of(1, 2, 3, 9, 15, 24, 25);

    private MachineFault() {}

    /** Returns the failure that an error means, if the machine is at fault; causes count as well. */
    public static Optional<CalculationFailure> of(Throwable error) {
        int depth = 0;
        for (Throwable cause = error; cause != null && depth++ < ThrownFailure.MOST_CAUSES; cause = cause.getCause()) {
            Optional<String> kind = kindOf(cause);
            if (kind.isPresent()) {
                return kind.map(word -> CalculationFailure.ofMachine(word).because(ThrownFailure.sentence(error)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> kindOf(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (DISK_FULL.stream().anyMatch(message::contains)) {
            return Optional.of(CalculationFailure.DISK_FULL);
        }
        if (cause instanceof LaunchFailedException) {
            return Optional.of(CalculationFailure.LAUNCH_FAILED);
        }
        boolean isTrouble = cause instanceof OutOfMemoryError
                || cause instanceof RunDirectoryUnusableException
                || (cause instanceof IOException && TROUBLE.stream().anyMatch(message::contains));
        return isTrouble ? Optional.of(CalculationFailure.MACHINE_FAULT) : Optional.empty();
    }

    /** {@return whether an error says that a disk is full (ENOSPC, EDQUOT), as far as Java reports it} */
    public static boolean isDiskFull(Throwable error) {
        return of(error)
                .filter(failure -> failure.kind().equals(CalculationFailure.DISK_FULL))
                .isPresent();
    }

    /** {@return whether an exit code as the shell shows it says that a signal from outside ended the program} */
    public static boolean isKill(int exitCode) {
        return SIGNALS_FROM_OUTSIDE.contains(exitCode - 128);
    }

    /** Returns an outcome that blames a full disk for a failure, whatever its backend took it for. */
    public static CalculationOutcome blameDisk(CalculationOutcome outcome, DiskSpace disk) {
        CalculationFailure failure = outcome.state().failure().orElse(null);
        if (failure == null || !failure.countsAgainstSubject() || !disk.isFull()) {
            return outcome;
        }
        return new CalculationOutcome(
                outcome.results(),
                new CalculationState.Failed(CalculationFailure.ofMachine(CalculationFailure.DISK_FULL)
                        .because("the disk is full, and it ended with " + failure)
                        .withEvidence(failure.evidence())));
    }
}
