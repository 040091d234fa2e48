package io.github.qmbench.nmr.internal;

import io.github.qmbench.core.internal.DirectoryTree;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A writer of text files: the only one outside of a run's journal and status. A reader of a regular file sees the whole
 * old text or the whole new one.
 */
public final class OutputFile {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final int MOST_LINKS = 40;

    private OutputFile() {}

    /** A writer of the text of a file. */
    @FunctionalInterface
    public interface Text {
        /** Writes it, without closing anything. */
        void write(Writer out) throws IOException;
    }

    /**
     * Writes a file that a user has named. A symbolic link stays, and what it leads to is written. A device or a FIFO is
     * written to, and stays what it is. Anything else is replaced through a temporary file beside it. Where the file system
     * cannot replace a file in one step, a reader may find none for a moment. Not flushed to disk: what is written here can
     * be made again from the journal.
     *
     * @throws OutputFailedException when it cannot be written, or is a directory; the old file is as it was then, and
     *     nothing is left beside it
     * @throws IOException what the text throws
     */
    public static void write(Path file, Text text) throws IOException {
        Path target = target(file);
        if (Files.isDirectory(target)) {
            throw OutputFailedException.directory(file);
        }
        if (isProcessFile(target) || (Files.exists(target) && !Files.isRegularFile(target))) {
            try (OutputStream out = new Checked(file, target, append(file, target))) {
                write(out, text);
            }
        } else {
            replace(file, target, text, false);
        }
    }

    /**
     * Replaces a file of a calculation and flushes it to disk. Follows no link in the place of the file: the link is replaced.
     *
     * @throws OutputFailedException when it cannot be written; the old file is as it was then, and nothing is left beside it
     */
    public static void replace(Path file, String text) throws IOException {
        replace(file, file, out -> out.write(text), true);
    }

    /** A writer of the content of a directory. */
    @FunctionalInterface
    public interface Content {
        /** Writes its files, with {@link #create} and {@link #createDirectories}. */
        void write(Path directory) throws IOException;
    }

    /**
     * Makes a directory that a user has named, whole or not at all: it is filled beside its place under a name of its own,
     * and then takes its name in one step. An empty directory that is there is replaced.
     *
     * @throws OutputFailedException when it cannot be written, or is there and not empty; nothing is left beside it
     * @throws IOException what the content throws
     */
    public static void directory(Path named, Content content) throws IOException {
        Path target = named.toAbsolutePath();
        Path parent = Objects.requireNonNull(target.getParent(), "the directory above");
        Path beside = parent.resolve(temporaryName());
        try {
            Files.createDirectory(beside);
        } catch (IOException e) {
            throw failure(named, parent, e);
        }
        try {
            content.write(beside);
            move(named, beside, target);
        } finally {
            DirectoryTree.delete(beside);
        }
    }

    /**
     * Opens a new file in a directory that is being made.
     *
     * @param named what an error is told of
     */
    public static OutputStream create(Path named, Path file) throws OutputFailedException {
        Path place = named.toAbsolutePath().getParent();
        return new Checked(named, place == null ? named : place, open(named, place == null ? named : place, file));
    }

    /**
     * Makes a directory and those above it.
     *
     * @param named what an error is told of
     */
    public static void createDirectories(Path named, Path directory) throws OutputFailedException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failure(
                    named, Objects.requireNonNullElse(named.toAbsolutePath().getParent(), named), e);
        }
    }

    private static String temporaryName() {
        return ".qmbench-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".tmp";
    }

    private static void replace(Path named, Path target, Text text, boolean flushed) throws IOException {
        Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent(), "the directory of the file");
        Path temporary = directory.resolve(temporaryName());
        boolean begun = false;
        try {
            try (Checked out = new Checked(named, directory, open(named, directory, temporary))) {
                begun = true;
                write(out, text);
                if (flushed) {
                    out.flushToDisk();
                }
            }
            move(named, temporary, target);
        } finally {
            if (begun) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void write(OutputStream stream, Text text) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        text.write(out);
        out.flush();
    }

    private static FileChannel append(Path named, Path target) throws OutputFailedException {
        try {
            return FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(named, target, e);
        }
    }

    /** Opens a new file; follows no link that somebody has put in its place. */
    private static FileChannel open(Path named, Path directory, Path temporary) throws OutputFailedException {
        try {
            Files.deleteIfExists(temporary); // left by a process that had the same number
            return FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw failure(named, directory, e);
        }
    }

    private static void move(Path named, Path temporary, Path target) throws OutputFailedException {
        try {
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) { // as told above
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failure(named, target, e);
        }
    }

    /** Reports an error as one of a place that the user knows, which the temporary file is not. */
    private static OutputFailedException failure(Path named, Path place, IOException e) {
        IOException told = e;
        if (e instanceof NoSuchFileException) {
            told = new NoSuchFileException(place.toString());
        } else if (e instanceof AccessDeniedException) {
            told = new AccessDeniedException(place.toString());
        } else if (e instanceof FileSystemException file && file.getReason() != null) {
            told = new FileSystemException(place.toString(), null, file.getReason());
        }
        if (!told.equals(e)) {
            told.initCause(e);
        }
        return new OutputFailedException(named, told);
    }

    /** What a name leads to through symbolic links; of the links to open files of a process, the link itself. */
    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int i = 0; Files.isSymbolicLink(target) && !isProcessFile(target); i++) {
            if (i == MOST_LINKS) {
                throw new OutputFailedException(file, new IOException("its symbolic links lead in a circle"));
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** Whether a name is one such as {@code /proc/self/fd/1}, to which {@code /dev/stdout} leads. */
    private static boolean isProcessFile(Path file) throws IOException {
        Path parent = file.getParent();
        return parent != null
                && Files.isDirectory(parent)
                && parent.toRealPath().startsWith("/proc");
    }

    /** A file of which every error is told as one of this file. */
    private static final class Checked extends OutputStream {

        private final Path named;
        private final Path place;
        private final FileChannel channel;

        Checked(Path named, Path place, FileChannel channel) {
            this.named = named;
            this.place = place;
            this.channel = channel;
        }

        @Override
        public void write(int b) throws OutputFailedException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws OutputFailedException {
            try {
                ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } catch (IOException e) {
                throw failure(named, place, e);
            }
        }

        void flushToDisk() throws OutputFailedException {
            try {
                channel.force(true);
            } catch (IOException e) {
                throw failure(named, place, e);
            }
        }

        @Override
        public void close() throws OutputFailedException {
            try {
                channel.close();
            } catch (IOException e) {
                throw failure(named, place, e);
            }
        }
    }
}
