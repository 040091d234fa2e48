package io.github.qmbench.core;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock on a run directory: one of the operating system's on {@code run.lock}, which ends with the process that holds
 * it, whatever way that ends. The file's text names the holder for people; nobody decides by it. It stays when the lock
 * is released, because deleting a lock file lets two processes hold two locks.
 *
 * <p>Within one process the lock is kept in memory, too, and looked at first: on POSIX systems, closing any descriptor of
 * a file takes away all locks that the process has on it, so that a refused second run would unlock the first.
 */
final class RunLock implements Closeable {

    private static final Map<Path, String> HELD_BY_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path place;
    private final FileChannel channel;

    private RunLock(Path place, FileChannel channel) {
        this.place = place;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws RunDirectoryHeldException when another runner, in this process or another, holds it; nothing was changed
     */
    static RunLock take(RunDirectory directory, RunnerIdentity runner, Instant since) throws IOException {
        Path place = directory.path().toRealPath();
        String here = "process " + runner.pid() + " on " + runner.host() + ", since " + since;
        String holder = HELD_BY_THIS_PROCESS.putIfAbsent(place, here);
        if (holder != null) {
            throw new RunDirectoryHeldException(directory, holder);
        }
        try {
            return new RunLock(place, lock(directory, runner, since));
        } catch (IOException | RuntimeException e) {
            HELD_BY_THIS_PROCESS.remove(place);
            throw e;
        }
    }

    private static FileChannel lock(RunDirectory directory, RunnerIdentity runner, Instant since) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new RunDirectoryHeldException(directory, holder(directory.lock()));
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("pid", runner.pid());
            json.put("host", runner.host());
            json.put("since", since.toString());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Json.writePretty(json).getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(Path file) throws IOException {
        try {
            Map<String, Object> json = Json.parseObject(Files.readString(file));
            return "process " + json.get("pid") + " on " + json.get("host") + ", since " + json.get("since");
        } catch (JsonParseException justBeingWritten) {
            return "another process";
        }
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_BY_THIS_PROCESS.remove(place);
        }
    }
}
