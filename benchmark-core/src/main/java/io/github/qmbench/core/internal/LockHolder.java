package io.github.qmbench.core.internal;

import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The holder of a run directory, and which directory that is. {@code run.lock} and the first line of {@code
 * attempts.jsonl} say it, so that a copy of a directory is not taken for the original.
 *
 * @param runner the process
 * @param since when it took the lock
 * @param place the file key of the directory: a copy has another one, a moved directory keeps it
 * @param path the real path of the directory
 */
public record LockHolder(RunnerIdentity runner, Instant since, String place, String path) {

    public static LockHolder of(RunDirectory directory, RunnerIdentity runner, Instant since) throws IOException {
        return new LockHolder(
                runner,
                since,
                keyOf(directory.path()).toString(),
                directory.path().toRealPath().toString());
    }

    /** {@return the key of the file that a path leads to now; its real path where files have no key} */
    public static Object keyOf(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key != null ? key : path.toRealPath().toString();
    }

    /** {@return whether its process runs on this machine now, and is not this process} */
    public boolean isAnotherThatRuns() {
        return runner.isOfThisHost() && runner.pid() != ProcessHandle.current().pid() && runner.isRunningHere();
    }

    /**
     * {@return whether it held this directory, not another one of which this is a copy} The device's number in a key
     * may change when the disk is mounted again, and all of it on another host or after a reboot: then the path
     * decides.
     */
    public boolean isAt(RunDirectory directory) throws IOException {
        String here = keyOf(directory.path()).toString();
        if (place.equals(here)) {
            return true;
        }
        boolean sameBoot = runner.bootId().equals(RunnerIdentity.ofThisProcess().bootId());
        return path.equals(directory.path().toRealPath().toString())
                && (!sameBoot || withoutDevice(place).equals(withoutDevice(here)));
    }

    /** The key {@code (dev=fe00,ino=42)} without its device. */
    private static String withoutDevice(String key) {
        return key.substring(key.indexOf(',') + 1);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", runner.pid());
        json.put("host", runner.host());
        json.put("since", since.toString());
        json.put("process_start", runner.processStart());
        json.put("boot_id", runner.bootId());
        json.put("directory_key", place);
        json.put("directory", path);
        return json;
    }

    /**
     * Reads it back.
     *
     * @throws RuntimeException when a field is missing or holds something else
     */
    public static LockHolder of(JournalFormat.Fields json) {
        return new LockHolder(
                new RunnerIdentity(
                        json.number("pid").longValue(),
                        json.text("process_start"),
                        json.text("host"),
                        json.text("boot_id")),
                IsoTime.plausible(json.text("since")),
                json.text("directory_key"),
                json.text("directory"));
    }

    /** Names the process for people. */
    @Override
    public String toString() {
        return "process " + runner.pid() + " on " + runner.host() + ", since " + since;
    }

    public LockHolder {
        Objects.requireNonNull(runner, "runner");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(path, "path");
    }
}
