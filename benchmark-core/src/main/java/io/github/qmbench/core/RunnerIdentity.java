package io.github.qmbench.core;

import io.github.qmbench.core.internal.ProcessTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The identity of a runner's process. It is exact enough that another process with the same number is not mistaken for
 * it. Immutable.
 *
 * @param pid process number
 * @param processStart when the process started, to be compared for equality only (on Linux clock ticks since boot,
 *     elsewhere an instant); empty when unknown
 * @param host name of the machine
 * @param bootId which boot of that machine; empty when unknown
 */
public record RunnerIdentity(long pid, String processStart, String host, String bootId) {

    /**
     * Checks the components.
     *
     * @param pid process number
     * @param processStart when the process started, to be compared for equality only
     * @param host name of the machine
     * @param bootId which boot of that machine
     */
    public RunnerIdentity {
        Objects.requireNonNull(processStart, "processStart");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(bootId, "bootId");
    }

    /** {@return the identity of this process} */
    public static RunnerIdentity ofThisProcess() {
        return ofProcess(ProcessHandle.current().pid());
    }

    /**
     * {@return the identity of a process of this machine, which must be there}
     *
     * @param pid the number of a process that is there
     */
    public static RunnerIdentity ofProcess(long pid) {
        return new RunnerIdentity(pid, ProcessTable.startOf(pid).orElse(""), Here.HOST, Here.BOOT_ID);
    }

    /** {@return whether this runner ran on this machine, in this boot or an earlier one} */
    public boolean isOfThisHost() {
        return host.equals(Here.HOST);
    }

    /** {@return whether the process is there} Ask it on the runner's own host only. */
    public boolean isRunningHere() {
        if (!bootId.equals(Here.BOOT_ID)) {
            return false;
        }
        return ProcessTable.startOf(pid)
                .filter(start -> processStart.isEmpty() || start.equals(processStart))
                .isPresent();
    }

    /**
     * Judges whether the runner is still there.
     *
     * @param lastSign when it last wrote its status
     * @param heartbeat how often it promised to
     * @param now the time of the judgement
     */
    Liveness liveness(Instant lastSign, Duration heartbeat, Instant now) {
        if (isOfThisHost()) {
            return isRunningHere() ? Liveness.ALIVE : Liveness.DEAD;
        }
        return now.isAfter(lastSign.plus(heartbeat.multipliedBy(3))) ? Liveness.STALE : Liveness.UNKNOWN;
    }

    /** What does not change while this process lives; looked up when first needed. */
    private static final class Here {
        static final String HOST = hostName();
        static final String BOOT_ID = bootId();

        private static String hostName() {
            try {
                return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            } catch (IOException noSuchFileHere) {
                try {
                    return InetAddress.getLocalHost().getHostName();
                } catch (UnknownHostException e) {
                    return "localhost";
                }
            }
        }

        private static String bootId() {
            try {
                return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
            } catch (IOException notLinux) {
                return "";
            }
        }
    }
}
