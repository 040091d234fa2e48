package io.github.qmbench.core;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * What the journal and the status ask of a disk: the seam at which a test takes the place of a power cut.
 *
 * <p>Written bytes may be lost until they are forced; a rename happens as a whole or not at all.
 */
interface Storage {

    /** The disk itself. */
    Storage DISK = new Storage() {
        @Override
        public AppendFile open(Path file) throws IOException {
            boolean isNew = Files.notExists(file);
            RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
            try {
                opened.seek(opened.length());
                if (isNew) {
                    forceEntry(file);
                }
                return new OpenFile(file, OpenFile.identityOf(file), opened);
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        }

        @Override
        public void writeForced(Path file, Content content) throws IOException {
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

    /** Writes a file anew and forces it; until then a reader may see a part of it. */
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

    /** What is to stand in a file; it may be larger than what fits in memory. */
    @FunctionalInterface
    interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes sure that the name of a new file survives a power cut. */
    private static void forceEntry(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            return; // some systems (Windows) cannot open a directory; there the file system sees to it
        }
    }

    /** A file that grows at its end. */
    interface AppendFile extends Closeable {
        /** The number of bytes in it. */
        long size() throws IOException;

        /** Writes all bytes at the end. */
        void append(byte[] bytes) throws IOException;

        /**
         * Returns when everything written before is on the disk.
         *
         * @throws IOException when it is not, or when the file has lost its name: what is in it is as good as gone then
         */
        void force() throws IOException;

        /** Cuts everything after this many bytes off. */
        void truncate(long size) throws IOException;
    }

    /**
     * An {@link AppendFile} of the operating system. Not a {@link FileChannel}: that one closes itself for everybody when
     * one thread that uses it is interrupted.
     *
     * @param path its name
     * @param identity which file had that name when it was opened; null where files have no such key
     * @param file the file itself
     */
    record OpenFile(Path path, Object identity, RandomAccessFile file) implements AppendFile {

        static Object identityOf(Path path) throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
            try {
                if (Objects.equals(identityOf(path), identity)) {
                    return;
                }
            } catch (NoSuchFileException removed) {
                throw new IOException(path + " was removed while it was being written", removed);
            }
            throw new IOException(path + " was replaced by another file while it was being written");
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
            file.seek(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
