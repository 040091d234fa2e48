package io.github.qmbench.core.internal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The disk as the journal and the status need it. A test replaces it to simulate a power cut.
 *
 * <p>Written bytes may be lost until they are forced; a rename happens as a whole or not at all.
 */
public interface Storage {

    /** The disk itself. */
    Storage DISK = new Storage() {
        @Override
        public AppendFile open(Path file) throws IOException {
            RegularFile.requireNoLink(file);
            boolean isNew = Files.notExists(file);
            OpenFile opened = OpenFile.open(file);
            try {
                if (isNew) {
                    forceEntry(file);
                }
                return opened;
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        }

        @Override
        public void writeForced(Path file, Content content) throws IOException {
            makeWay(file);
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                BufferedOutputStream buffered = new BufferedOutputStream(out);
                content.writeTo(buffered);
                buffered.flush();
                out.getFD().sync();
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    };

    /** Opens a file for appending, and creates it when missing; its name is on the disk before this returns. */
    AppendFile open(Path file) throws IOException;

    /** Writes a file from scratch and forces it; until then a reader may see a part of it. */
    void writeForced(Path file, Content content) throws IOException;

    /** Gives a file another name in the same directory, in one step that replaces what was there. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Replaces a file so that a reader sees the whole old or the whole new one, and a crash leaves one of the two.
     *
     * @throws IOException when it cannot be; the old file is there then, as it was
     */
    default void replace(Path file, Content content) throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        try {
            writeForced(next, content);
            rename(next, file);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(next);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /** The content of a file to write; it may be larger than what fits in memory. */
    @FunctionalInterface
    interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Deletes what stands in the place of a new file: what a crash has left there, or a symbolic link, which is not followed.
     *
     * @throws FileSystemException when that is a directory with something in it
     */
    static void makeWay(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            throw new FileSystemException(file.toString(), null, "it is a directory and should be a file; remove it");
        }
    }

    /** Makes sure that the name of a new file survives a power cut. */
    static void forceEntry(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            return; // some systems (Windows) cannot open a directory; there the file system sees to it
        }
    }

    /** A file that grows at its end. */
    interface AppendFile extends Closeable {
        /** {@return the number of bytes in it} */
        long size() throws IOException;

        /** Writes all bytes at the end. */
        void append(byte[] bytes) throws IOException;

        /**
         * Returns when everything written before is on the disk.
         *
         * @throws IOException when it is not
         */
        void force() throws IOException;

        /**
         * Looks whether the file still has its name, and holds as many bytes as were written.
         *
         * @throws IOException when another program has removed, replaced, cut or written it: its contents are not to be
         *     trusted then
         */
        default void check() throws IOException {}

        /** Cuts everything after this many bytes off. */
        void truncate(long size) throws IOException;
    }

    /**
     * An {@link AppendFile} of the operating system: what is written lands at the end of the file, whoever else writes. Not a
     * {@link FileChannel}: that one closes itself for everybody when one thread that uses it is interrupted.
     */
    final class OpenFile implements AppendFile {
        private final Path path;
        private final Object key;
        private final FileOutputStream out;
        private final RandomAccessFile whole;

        // The number of bytes lies between these two while one thread writes and another one looks.
        private volatile long atLeast;
        private volatile long atMost;

        private OpenFile(Path path, Object key, FileOutputStream out, RandomAccessFile whole) throws IOException {
            this.path = path;
            this.key = key;
            this.out = out;
            this.whole = whole;
            this.atLeast = whole.length();
            this.atMost = atLeast;
        }

        public static OpenFile open(Path path) throws IOException {
            FileOutputStream out = new FileOutputStream(path.toFile(), true);
            try {
                return new OpenFile(path, LockHolder.keyOf(path), out, new RandomAccessFile(path.toFile(), "rw"));
            } catch (IOException e) {
                out.close();
                throw e;
            }
        }

        @Override
        public long size() throws IOException {
            return whole.length();
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            long end = atMost + bytes.length; // one thread appends at a time
            atMost = end;
            out.write(bytes);
            atLeast = end;
        }

        @Override
        public void force() throws IOException {
            try {
                out.getFD().sync();
            } catch (SyncFailedException e) { // which does not say why
                throw new IOException("cannot flush " + path + " to the disk: fsync failed", e);
            }
        }

        @Override
        public void check() throws IOException {
            long least = atLeast;
            long size;
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                if (now.fileKey() != null && !now.fileKey().equals(key)) {
                    throw new IOException(path + " was replaced by another file while it was being written");
                }
                size = now.size();
            } catch (NoSuchFileException removed) {
                throw new IOException(path + " was removed while it was being written", removed);
            }
            if (size < least || size > atMost) {
                throw new IOException(path + " has " + size + " bytes, but " + least + " were written: another program "
                        + (size < least ? "cut it" : "wrote into it") + " during the run");
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            whole.setLength(size);
            atLeast = size;
            atMost = size;
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } finally {
                whole.close();
            }
        }
    }
}
