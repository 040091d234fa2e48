package io.github.qmbench.core.harness;

import io.github.qmbench.core.internal.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A disk that nobody waits for: without forces. Keeps the text of every status that was written. */
public class QuickStorage implements Storage {

    private final List<String> statuses = new ArrayList<>();

    /** The statuses written so far, in order. */
    public synchronized List<String> statuses() {
        return List.copyOf(statuses);
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        OpenFile disk = OpenFile.open(file);
        return new AppendFile() {
            @Override
            public long size() throws IOException {
                return disk.size();
            }

            @Override
            public void append(byte[] bytes) throws IOException {
                disk.append(bytes);
                appended(bytes);
            }

            @Override
            public void force() throws IOException {}

            @Override
            public void truncate(long size) throws IOException {
                disk.truncate(size);
            }

            @Override
            public void close() throws IOException {
                disk.close();
            }
        };
    }

    /** Is told what was appended, after it was; for tests that wait for it. */
    public void appended(byte[] bytes) {}

    @Override
    public synchronized void writeForced(Path file, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        Files.write(file, bytes.toByteArray());
        if (file.getFileName().toString().contains("status")) {
            statuses.add(bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
