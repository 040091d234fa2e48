package io.github.qmbench.core.internal;

import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock on a run directory: locks of the operating system on two files, {@code .run.lock} and {@code run.lock}. They end
 * with the process that holds them, whatever way that ends. The text in the files names the holder.
 *
 * <p>One of the two files may be deleted or replaced: the other still keeps a second runner out, and {@link #keep} makes the
 * missing one again. When both are gone the directory belongs to nobody, or to another runner, and this runner must stop.
 * The files stay when the lock is released, because deleting a lock file lets two processes hold two locks.
 *
 * <p>Within one process the lock is kept in memory as well, and looked at first. On POSIX systems, closing any descriptor of
 * a file takes away all locks that the process has on it, so that a refused second run would unlock the first. For that
 * reason no file that this process also reads serves as a lock.
 *
 * <p>Safe for use by many threads.
 */
public final class RunLock implements Closeable {

    /** What this process holds: the keys of directories and of lock files. */
    private static final Map<Object, String> HELD_BY_THIS_PROCESS = new ConcurrentHashMap<>();

    private static final int MOST_TRIES = 100;

    private final RunDirectory directory;
    private final Object place;
    private final LockHolder holder;

    private final List<LockFile> files = new ArrayList<>(); // guarded by this

    private RunLock(RunDirectory directory, Object place, LockHolder holder) {
        this.directory = directory;
        this.place = place;
        this.holder = holder;
    }

    /**
     * Takes the lock.
     *
     * @throws RunDirectoryHeldException when another runner, in this process or another, holds it; nothing was changed
     * @throws IOException when a lock file is a symbolic link, or cannot be opened
     */
    public static RunLock take(RunDirectory directory, RunnerIdentity runner, Instant since) throws IOException {
        LockHolder holder = LockHolder.of(directory, runner, since);
        Object place = LockHolder.keyOf(directory.path());
        String other = HELD_BY_THIS_PROCESS.putIfAbsent(place, holder.toString());
        if (other != null) {
            throw new RunDirectoryHeldException(directory, other);
        }
        RunLock lock = new RunLock(directory, place, holder);
        try {
            lock.takeFiles();
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private synchronized void takeFiles() throws IOException {
        // Always in this order: of two that start at once, one gets the first file and then the second, too.
        for (Path path : List.of(RunFiles.secondLock(directory), RunFiles.lock(directory))) {
            files.add(LockFile.take(path)
                    .orElseThrow(() -> new RunDirectoryHeldException(directory, holderIn(List.of(path)))));
        }
        Optional<LockHolder> last = AttemptLog.holder(directory);
        if (last.isPresent() && last.get().isAnotherThatRuns() && last.get().isAt(directory)) {
            throw new RunDirectoryHeldException(directory, last.get().toString()); // somebody has deleted its locks
        }
        for (LockFile file : files) {
            file.write(holder);
        }
    }

    /** Who holds the lock, by the text of the file that is locked, or else of the other one. */
    private String holderIn(List<Path> locked) {
        List<Path> places = new ArrayList<>(locked);
        places.add(RunFiles.lock(directory));
        places.add(RunFiles.secondLock(directory));
        for (Path path : places) {
            try {
                Map<String, Object> json = Json.parseObject(RegularFile.text(path));
                return "process " + json.get("pid") + " on " + json.get("host") + ", since " + json.get("since");
            } catch (IOException | RuntimeException justBeingWritten) {
                // the other file may name it
            }
        }
        try {
            return AttemptLog.holder(directory).map(LockHolder::toString).orElse("another process");
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    /** {@return the holder of this lock} */
    public LockHolder holder() {
        return holder;
    }

    /** {@return whether the directory is still the one that was locked: at least one of the locked files is there} */
    public synchronized boolean isHeld() {
        return files.stream().anyMatch(LockFile::isThere);
    }

    /**
     * Does nothing while the lock is held.
     *
     * @throws RunDirectoryUnusableException when it is not: nothing may be written in the directory then
     */
    public void requireHeld() throws RunDirectoryUnusableException {
        if (!isHeld()) {
            throw RunDirectoryUnusableException.lost(directory);
        }
    }

    /**
     * Makes a lock file again that was deleted or replaced. To be called once in a while, by a thread that nobody interrupts.
     *
     * @throws RunDirectoryUnusableException when none of the locked files is there any more
     */
    public synchronized void keep() throws RunDirectoryUnusableException {
        requireHeld();
        for (int i = 0; i < files.size(); i++) {
            LockFile file = files.get(i);
            if (!file.isThere()) {
                try {
                    Optional<LockFile> again = LockFile.take(file.path);
                    if (again.isPresent()) {
                        files.set(i, again.get());
                        file.close();
                        again.get().write(holder);
                    }
                } catch (IOException tryAgainLater) {
                    // the other file holds the directory meanwhile
                }
            }
        }
    }

    /** Returns a storage that writes and renames nothing once this lock is lost. */
    public Storage guard(Storage storage) {
        return new Storage() {
            @Override
            public AppendFile open(Path file) throws IOException {
                requireHeld();
                return storage.open(file);
            }

            @Override
            public void writeForced(Path file, Content content) throws IOException {
                requireHeld();
                storage.writeForced(file, content);
            }

            @Override
            public void rename(Path from, Path to) throws IOException {
                requireHeld();
                storage.rename(from, to);
            }
        };
    }

    /** Releases the lock. */
    @Override
    public synchronized void close() throws IOException {
        try {
            for (LockFile file : files) {
                file.close();
            }
        } finally {
            HELD_BY_THIS_PROCESS.remove(place);
        }
    }

    /** One locked file. */
    private static final class LockFile implements Closeable {
        private final Path path;
        private final Object key;
        private final FileChannel channel;

        private LockFile(Path path, Object key, FileChannel channel) {
            this.path = path;
            this.key = key;
            this.channel = channel;
        }

        /** Locks the file that has this name, and makes it if there is none; nothing when another process holds it. */
        static Optional<LockFile> take(Path path) throws IOException {
            for (int i = 0; i < MOST_TRIES; i++) {
                try {
                    Files.createFile(path);
                } catch (FileAlreadyExistsException expected) {
                    RegularFile.requireNoLink(path);
                }
                Object key = LockHolder.keyOf(path);
                if (HELD_BY_THIS_PROCESS.containsKey(key)) {
                    return Optional.empty(); // by another name; to open and close it would unlock it
                }
                FileChannel channel;
                try {
                    channel = FileChannel.open(
                            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                } catch (NoSuchFileException deletedMeanwhile) {
                    continue;
                }
                LockFile file = new LockFile(path, key, channel);
                try {
                    if (channel.tryLock() == null) {
                        channel.close();
                        return Optional.empty();
                    }
                    if (file.isThere()) {
                        HELD_BY_THIS_PROCESS.put(key, path.toString());
                        return Optional.of(file);
                    }
                    channel.close(); // another file got its name meanwhile
                } catch (OverlappingFileLockException heldByThisProcess) {
                    channel.close();
                    return Optional.empty();
                } catch (IOException e) {
                    channel.close();
                    throw e;
                }
            }
            throw new IOException(path + " is replaced again and again by another program");
        }

        /** Whether the locked file still has its name. */
        boolean isThere() {
            try {
                return LockHolder.keyOf(path).equals(key);
            } catch (NoSuchFileException gone) {
                return false;
            } catch (IOException cannotBeAsked) {
                return true; // a disk in trouble is another fault, which shows where something is written
            }
        }

        void write(LockHolder holder) throws IOException {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Json.writePretty(holder.toJson()).getBytes(StandardCharsets.UTF_8)), 0);
        }

        @Override
        public void close() throws IOException {
            HELD_BY_THIS_PROCESS.remove(key);
            channel.close();
        }
    }
}
