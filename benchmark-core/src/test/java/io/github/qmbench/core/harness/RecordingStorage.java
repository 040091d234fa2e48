package io.github.qmbench.core.harness;

import io.github.qmbench.core.internal.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Does what is asked of it on the disk, and remembers it, so that the disk after a power cut at any moment can be made
 * up: what was forced is there; what was not may be there, be torn, or be missing.
 */
public final class RecordingStorage implements Storage {

    /** One thing that happened. */
    public sealed interface Event {}

    public record Appended(Path file, byte[] bytes) implements Event {}

    public record Truncated(Path file, long size) implements Event {}

    public record Written(Path file, byte[] content) implements Event {}

    public record Forced(Path file) implements Event {}

    public record Renamed(Path from, Path to) implements Event {}

    /** A calculation was reported as finished. */
    public record Reported(String taskId) implements Event {}

    private final List<Event> events;

    /** Begins with what happened before: by a runner that was killed while the machine went on. */
    public RecordingStorage(List<Event> before) {
        this.events = new ArrayList<>(before);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public synchronized void add(Event event) {
        events.add(event);
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        AppendFile disk = DISK.open(file);
        return new AppendFile() {
            @Override
            public long size() throws IOException {
                return disk.size();
            }

            @Override
            public void append(byte[] bytes) throws IOException {
                disk.append(bytes);
                add(new Appended(file, bytes.clone()));
            }

            @Override
            public void force() throws IOException {
                // What is written while the disk works is not covered.
                Forced forced = new Forced(file);
                add(forced);
                disk.force();
            }

            @Override
            public void truncate(long size) throws IOException {
                disk.truncate(size);
                add(new Truncated(file, size));
            }

            @Override
            public void close() throws IOException {
                disk.close();
            }
        };
    }

    @Override
    public void writeForced(Path file, Content content) throws IOException {
        DISK.writeForced(file, content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        add(new Written(file, bytes.toByteArray()));
        add(new Forced(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        DISK.rename(from, to);
        add(new Renamed(from, to));
    }

    /** How unforced bytes may come back. */
    public enum Loss {
        /** What the file got last is missing or torn, as on file systems that write in order. */
        IN_ORDER,
        /** Any block of it may be missing and read as zeros. */
        IN_BLOCKS,
        /** Nothing is lost: the runner was killed, and the machine went on. */
        NONE
    }

    /** The files on the disk after the first events happened, and then a power cut. */
    public static Map<Path, byte[]> afterPowerCut(List<Event> events, Loss loss, Random random) {
        Map<Path, byte[]> now = new HashMap<>();
        Map<Path, byte[]> safe = new HashMap<>();
        for (Event event : events) {
            if (event instanceof Appended appended) {
                now.merge(appended.file(), appended.bytes(), RecordingStorage::joined);
            } else if (event instanceof Truncated truncated) {
                now.compute(
                        truncated.file(),
                        (file, old) -> Arrays.copyOf(old == null ? new byte[0] : old, (int) truncated.size()));
            } else if (event instanceof Written written) {
                now.put(written.file(), written.content());
            } else if (event instanceof Forced forced) {
                now.putIfAbsent(forced.file(), new byte[0]);
                safe.put(forced.file(), now.get(forced.file()));
            } else if (event instanceof Renamed renamed) {
                now.put(renamed.to(), now.remove(renamed.from()));
                // The new name may not be on the disk yet; the content is, for it was forced.
                boolean nameIsSafe = loss == Loss.NONE || random.nextBoolean();
                byte[] content = safe.remove(renamed.from());
                if (nameIsSafe) {
                    safe.put(renamed.to(), content);
                }
            }
        }
        if (loss == Loss.NONE) {
            return now;
        }
        Map<Path, byte[]> left = new HashMap<>(safe);
        now.forEach((file, written) -> {
            byte[] forced = safe.get(file);
            if (forced != null && isPrefix(forced, written)) {
                left.put(file, lose(forced.length, written, loss, random));
            }
        });
        return left;
    }

    private static byte[] lose(int safeLength, byte[] written, Loss loss, Random random) {
        int length = safeLength + random.nextInt(written.length - safeLength + 1);
        byte[] kept = Arrays.copyOf(written, length);
        if (loss == Loss.IN_ORDER) {
            // Some file systems remember the new length before the data: zeros up to it. A single zero in the place of
            // a
            // newline is left out: it cannot be told from damage, and is refused.
            return random.nextInt(4) == 0 && written.length - length != 1 ? Arrays.copyOf(kept, written.length) : kept;
        }
        int block = 1 << (4 + random.nextInt(6));
        for (int from = safeLength; from < length; from += block) {
            if (random.nextBoolean()) {
                Arrays.fill(kept, from, Math.min(length, from + block), (byte) 0);
            }
        }
        return kept;
    }

    private static boolean isPrefix(byte[] prefix, byte[] of) {
        return prefix.length <= of.length && Arrays.equals(prefix, 0, prefix.length, of, 0, prefix.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Makes a directory hold these files and nothing else. */
    public static void materialise(Map<Path, byte[]> files, Path directory) throws IOException {
        Torture.delete(directory);
        Files.createDirectories(directory);
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey().getFileName()), file.getValue());
        }
    }
}
