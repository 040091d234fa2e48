package io.github.qmbench.nmr.export;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.JournalLines;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies files of a run into a crate, without what reveals the machine. */
final class CrateFiles {

    /** What is not of the attempt, or of its machine alone: earlier attempts, scratch files, scripts of jobs, hidden files. */
    private static final Pattern LEFT_OUT = Pattern.compile("attempt-\\d+|scratch|slurm|\\..*");

    /** How much of a line without end is looked at in one go. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int PROBE = 8192;

    private final Path named;
    private final MachineText machine;

    /**
     * @param named the crate as the user named it, for errors
     */
    CrateFiles(Path named, MachineText machine) {
        this.named = named;
        this.machine = machine;
    }

    /** Copies {@code benchmark.json}. */
    void copyJson(Path from, Path to) throws IOException {
        String text = RegularFile.text(from);
        try (OutputStream out = OutputFile.create(named, to)) {
            out.write(Json.writePretty(machine.cleanObject(Json.parseObject(text)))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Copies a journal. A record that is changed gets its checksum again; a torn last line is left out. */
    void copyJournal(Path from, Path to) throws IOException {
        try (JournalLines lines = new JournalLines(from);
                OutputStream out = new java.io.BufferedOutputStream(OutputFile.create(named, to))) {
            while (lines.next() && lines.isEnded()) {
                byte[] line = lines.bytes();
                JournalRecord record = JournalFormat.read(line);
                JournalRecord clean = machine.clean(record);
                if (clean.equals(record)) {
                    out.write(line);
                    out.write('\n');
                } else {
                    out.write(JournalFormat.write(clean));
                }
            }
        }
    }

    /** Copies the files of a calculation, but not those of its earlier attempts. */
    void copyCalculation(Path from, Path to) throws IOException {
        for (Path entry : entries(from)) {
            if (LEFT_OUT.matcher(entry.getFileName().toString()).matches()) {
                continue;
            }
            Path copy = to.resolve(entry.getFileName().toString());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                copyCalculation(entry, copy);
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                OutputFile.createDirectories(named, to);
                copy(entry, copy);
            }
        }
    }

    /** Returns what is in a directory, in the order of the names; nothing when there is none. */
    static List<Path> entries(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    /** Returns all files below a directory, in the order of the names. */
    static List<Path> below(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path entry : entries(directory)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                files.addAll(below(entry));
            } else {
                files.add(entry);
            }
        }
        return files;
    }

    /** Whether a file seems to be a text: its beginning has no zero byte. */
    static boolean isText(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (byte one : in.readNBytes(PROBE)) {
                if (one == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private void copy(Path from, Path to) throws IOException {
        boolean isText = isText(from);
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = OutputFile.create(named, to)) {
            byte[] buffer = new byte[1 << 16];
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!isText) {
                    out.write(buffer, 0, read);
                    continue;
                }
                int end = read;
                while (end > 0 && buffer[end - 1] != '\n' && line.size() + read < LONGEST_LINE) {
                    end--;
                }
                line.write(buffer, 0, end);
                if (end > 0) {
                    writeClean(line, out);
                }
                line.write(buffer, end, read - end);
            }
            writeClean(line, out);
        }
    }

    private void writeClean(ByteArrayOutputStream text, OutputStream out) throws IOException {
        out.write(machine.clean(text.toString(StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        text.reset();
    }
}
