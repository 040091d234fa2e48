package io.github.qmbench.slurm;

import io.github.qmbench.core.process.ProcessRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of the jobs of one launch, in the folder {@code slurm} beside the program's output: for each job its script,
 * its exit record and what Slurm itself wrote ({@code NAME.sh, NAME.exit, NAME.log}), and for the launch the file that
 * names the job that may run. Not in the working directory, which is the program's and may be gone after its end.
 */
final class JobFiles {

    static final String FOLDER = "slurm";

    /** What Slurm wrote into the log of a job that it ended, as far as it says why. */
    enum Hint {
        NONE,
        OUT_OF_MEMORY,
        TIME_LIMIT,
        PREEMPTED,
        NODE_FAILURE
    }

    private static final long LOG_READ_BYTES = 1 << 20;

    private final Path folder;
    private final Path owner;

    JobFiles(Path folder, String mark) {
        this.folder = folder;
        this.owner = folder.resolve(mark + ".owner");
    }

    /** The folder for the jobs of a request. */
    static Path folder(ProcessRequest request) {
        return request.output().resolveSibling(FOLDER);
    }

    Path script(String name) {
        return folder.resolve(name + ".sh");
    }

    Path record(String name) {
        return folder.resolve(name + ".exit");
    }

    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    Path owner() {
        return owner;
    }

    /** Makes everything ready for a job, and lets no other job of this launch run from now on. */
    void prepare(ProcessRequest request, JobScript.Setting setting) throws IOException {
        Files.createDirectories(folder);
        letRun(setting.name());
        // New files, not emptied ones: a job that was replaced may still be writing to the old ones.
        for (Path file : new Path[] {request.output(), request.error()}) {
            Files.deleteIfExists(file);
            Files.createFile(file);
        }
        Files.writeString(script(setting.name()), JobScript.text(request, setting));
        Files.write(log(setting.name()), new byte[0]);
    }

    /** Names the job that may run. */
    void letRun(String name) throws IOException {
        Path next = owner.resolveSibling(owner.getFileName() + ".next");
        Files.writeString(next, name + "\n");
        Files.move(next, owner, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets no job of the launch start or continue. */
    void letNoneRun() throws IOException {
        if (Files.isDirectory(folder)) {
            letRun("none");
        }
    }

    /** Reads the exit record of a job; nothing as long as there is none. */
    Optional<ExitRecord> readRecord(String name) throws IOException {
        try {
            return ExitRecord.parse(Files.readString(record(name)))
                    .filter(record -> record.name().equals(name));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    /** Reads from a job's log why Slurm ended it. */
    Hint readHint(String name) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(log(name)) > LOG_READ_BYTES) {
                return Hint.NONE; // not Slurm's words: the program writes to files of its own
            }
            bytes = Files.readAllBytes(log(name));
        } catch (NoSuchFileException none) {
            return Hint.NONE;
        }
        return hintIn(new String(bytes, StandardCharsets.UTF_8));
    }

    static Hint hintIn(String log) {
        String text = log.toLowerCase(Locale.ROOT);
        if (text.contains("exceeded job memory limit")
                || text.contains("exceeded step memory limit")
                || text.contains("oom-kill")
                || text.contains("oom_kill")
                || text.contains("out-of-memory handler")) {
            return Hint.OUT_OF_MEMORY;
        }
        if (text.contains("due to time limit")) {
            return Hint.TIME_LIMIT;
        }
        if (text.contains("due to preemption")) {
            return Hint.PREEMPTED;
        }
        return text.contains("due to node failure") ? Hint.NODE_FAILURE : Hint.NONE;
    }
}
