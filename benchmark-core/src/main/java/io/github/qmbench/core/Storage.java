package io.github.qmbench.core;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.position(channel.size());
            if (isNew) {
                forceEntry(file);
            }
            return new ChannelFile(channel);
        }

        @Override
        public void writeForced(Path file, byte[] content) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
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
    void writeForced(Path file, byte[] content) throws IOException;

    /** Gives a file another name in the same directory, in one step that replaces what was there. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Replaces a file so that a reader sees the whole old or the whole new one, and a crash leaves one of the two.
     *
     * @throws IOException when it cannot be; the old file is there then, as it was
     */
    default void replace(Path file, byte[] content) throws IOException {
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
        void append(ByteBuffer bytes) throws IOException;

        /** Returns when everything written before is on the disk. */
        void force() throws IOException;

        /** Cuts everything after this many bytes off. */
        void truncate(long size) throws IOException;
    }

    /** An {@link AppendFile} of the operating system. */
    record ChannelFile(FileChannel channel) implements AppendFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.position(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
