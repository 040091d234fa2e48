package io.github.qmbench.core.internal;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.store.RunDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of running attempts and their processes, {@code attempts.jsonl}, for the runner that comes after one that
 * died. An attempt is noted as soon as it could leave something behind (a directory, a process), and at the latest when
 * the runner next looks around; one that is over before that costs nothing here. An end is not flushed to disk, because
 * the journal says the same. A power cut ends the processes of this machine by itself, so only launches elsewhere,
 * which outlive that, are flushed to disk.
 *
 * <p>The first line, {@code runner}, says which process works in which directory, and {@code runner_end} that it has
 * ended. The others are {@code begin}, {@code process}, {@code process_end} and {@code end} events. Whenever the file
 * has grown by a mebibyte it is written again with the running attempts. A line that cannot be read is skipped: the
 * file is a hint, never the truth about results.
 */
public final class AttemptLog implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private static final long REWRITE_BYTES = 1 << 20;

    /** No calculation is tried as often as this. */
    private static final int MOST_ATTEMPTS = 1_000_000;

    /** An attempt that was begun, and of which no end is known. */
    public record Begun(Calculation calculation, int number, String runId, Instant startedAt, List<Program> programs) {

        private Begun with(Program program) {
            List<Program> more = new ArrayList<>(programs);
            more.removeIf(
                    known -> known.process().mark().equals(program.process().mark()));
            more.add(program);
            return new Begun(calculation, number, runId, startedAt, List.copyOf(more));
        }

        private Begun withoutPrograms() {
            return new Begun(calculation, number, runId, startedAt, List.of());
        }

        private Begun withEnded(String mark) {
            return new Begun(
                    calculation,
                    number,
                    runId,
                    startedAt,
                    programs.stream()
                            .map(program -> program.process().mark().equals(mark)
                                    ? new Program(program.process(), program.identity(), true)
                                    : program)
                            .toList());
        }
    }

    /**
     * A program that was launched for an attempt.
     *
     * @param identity that of its request
     * @param ended whether its launch is over
     */
    public record Program(LaunchedProcess process, String identity, boolean ended) {}

    private final Path file;
    private final RunLock lock;
    private final boolean forced;
    private final Map<String, Begun> underWay = new LinkedHashMap<>();
    private RandomAccessFile out; // not a channel, which an interrupted thread would close for all

    private AttemptLog(Path file, RunLock lock, Collection<Begun> continued, boolean forced) throws IOException {
        this.file = file;
        this.lock = lock;
        this.forced = forced;
        continued.forEach(begun -> underWay.put(begun.calculation().taskId(), begun));
        rewrite();
    }

    /** Returns the runner that worked in a directory last, unless it has said that it ended. */
    public static Optional<LockHolder> holder(RunDirectory directory) throws IOException {
        Reading reading = new Reading(RunFiles.attempts(directory));
        return reading.ended ? Optional.empty() : reading.holder;
    }

    /**
     * Returns the attempts that the runner before left running; empty when there is no file. To be asked by the holder
     * of the lock. The programs of a runner that worked in another directory, of which this is a copy, are left out:
     * they are not ours.
     *
     * @param notices told of what was left out
     */
    public static List<Begun> left(RunDirectory directory, Consumer<String> notices) throws IOException {
        Reading reading = new Reading(RunFiles.attempts(directory));
        if (reading.skipped > 0) {
            notices.accept("skipped " + reading.skipped + " of the lines of " + RunFiles.attempts(directory)
                    + " because they cannot be read; the first is line " + reading.firstSkipped);
        }
        List<Begun> begun = List.copyOf(reading.begun.values());
        if (reading.holder.isEmpty() || reading.holder.get().isAt(directory)) {
            return begun; // and not of a runner that lives: it holds the lock, or has said that it ended
        }
        if (begun.stream().anyMatch(one -> !one.programs().isEmpty())) {
            notices.accept("this directory is a copy of " + reading.holder.get().path()
                    + "; the programs that were started there are left alone");
        }
        return begun.stream().map(Begun::withoutPrograms).toList();
    }

    /** What a file says. */
    private static final class Reading {
        private final Map<String, Begun> begun = new LinkedHashMap<>();
        private Optional<LockHolder> holder = Optional.empty();
        private boolean ended;
        private int skipped;
        private int firstSkipped;

        Reading(Path file) throws IOException {
            if (Files.notExists(file)) {
                return;
            }
            String text = new String(RegularFile.bytes(file, RegularFile.MOST_TEXT_BYTES), StandardCharsets.UTF_8);
            int number = 0;
            for (int from = 0; text.indexOf('\n', from) >= 0; from = text.indexOf('\n', from) + 1) {
                number++; // what follows the last newline was being written when its runner ended
                if (!apply(text.substring(from, text.indexOf('\n', from))) && skipped++ == 0) {
                    firstSkipped = number;
                }
            }
        }

        /** Takes a line; false when it cannot be read. */
        private boolean apply(String line) {
            try {
                JournalFormat.Fields json = new JournalFormat.Fields(Json.parseObject(line));
                switch (json.text("event")) {
                    case "runner" -> holder = Optional.of(LockHolder.of(json));
                    case "runner_end" -> ended = true;
                    case "begin" -> begin(json);
                    case "process" ->
                        begun.computeIfPresent(
                                json.text("task_id"),
                                (id, attempt) -> attempt.with(new Program(
                                        new LaunchedProcess(json.text("mark"), json.texts("facts")),
                                        String.valueOf(json.json().get("request")),
                                        Boolean.TRUE.equals(json.json().get("ended")))));
                    case "process_end" ->
                        begun.computeIfPresent(
                                json.text("task_id"), (id, attempt) -> attempt.withEnded(json.text("mark")));
                    case "end" -> begun.remove(json.text("task_id"));
                    default -> {} // an event of a later version
                }
                return true;
            } catch (JsonParseException | RuntimeException foreignOrDamaged) {
                return false; // a hint that cannot be read is no hint
            }
        }

        private void begin(JournalFormat.Fields json) {
            String taskId = json.text("task_id");
            int number = json.number("attempt").intValue();
            if (number < 1 || number > MOST_ATTEMPTS) {
                throw new IllegalArgumentException("attempt " + number);
            }
            begun.put(
                    taskId,
                    new Begun(
                            Calculation.of(json.text("subject"), json.texts("parameters"))
                                    .withTaskId(taskId),
                            number,
                            json.text("run_id"),
                            IsoTime.plausible(json.text("started_at")),
                            List.of()));
        }
    }

    /**
     * Begins a log that holds nothing but the attempts that are continued.
     *
     * @param lock the lock that its runner holds
     * @param forced whether what is launched outlives a power cut of this machine, and so must be remembered over it
     */
    public static AttemptLog create(RunDirectory directory, RunLock lock, Collection<Begun> continued, boolean forced)
            throws IOException {
        return new AttemptLog(RunFiles.attempts(directory), lock, continued, forced);
    }

    /** Returns the attempt at a calculation that a runner before this one began and that is to be continued. */
    public synchronized Optional<Begun> continued(Calculation calculation) {
        return Optional.ofNullable(underWay.get(calculation.taskId()));
    }

    /** Notes that an attempt begins. */
    public synchronized void begin(Calculation calculation, int number, String runId, Instant startedAt)
            throws IOException {
        Begun begun = new Begun(calculation, number, runId, startedAt, List.of());
        underWay.put(calculation.taskId(), begun);
        write(out, beginEvent(begun));
    }

    public synchronized void launched(String taskId, LaunchedProcess process, String identity) throws IOException {
        Program program = new Program(process, identity, false);
        underWay.computeIfPresent(taskId, (id, begun) -> begun.with(program));
        write(out, processEvent(taskId, program));
        if (forced) {
            out.getFD().sync();
        }
    }

    /** Notes that a launch is over; of what ends with its runner nobody needs to know that. */
    public synchronized void launchEnded(String taskId, String mark) throws IOException {
        underWay.computeIfPresent(taskId, (id, begun) -> begun.withEnded(mark));
        if (forced) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("event", "process_end");
            json.put("task_id", taskId);
            json.put("mark", mark);
            write(out, Json.write(json));
        }
    }

    public synchronized void end(String taskId) throws IOException {
        underWay.remove(taskId);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "end");
        json.put("task_id", taskId);
        write(out, Json.write(json));
        if (out.getFilePointer() > REWRITE_BYTES) {
            rewrite();
        }
    }

    /** Writes the running attempts to a new file and puts it in the place of the old one, so that no job is forgotten. */
    private void rewrite() throws IOException {
        lock.requireHeld();
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        Storage.makeWay(next);
        RandomAccessFile fresh = new RandomAccessFile(next.toFile(), "rw");
        try {
            write(fresh, runnerEvent(lock.holder()));
            for (Begun begun : underWay.values()) {
                write(fresh, beginEvent(begun));
                for (Program program : begun.programs()) {
                    write(fresh, processEvent(begun.calculation().taskId(), program));
                }
            }
            if (forced) {
                fresh.getFD().sync();
            }
            lock.requireHeld();
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            fresh.close();
            throw e; // the old one is still in use
        }
        if (out != null) {
            out.close();
        }
        out = fresh;
    }

    private static String runnerEvent(LockHolder holder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "runner");
        json.putAll(holder.toJson());
        return Json.write(json);
    }

    private static String beginEvent(Begun begun) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "begin");
        json.put("task_id", begun.calculation().taskId());
        json.put("subject", begun.calculation().subject());
        json.put("parameters", begun.calculation().parameters());
        json.put("attempt", begun.number());
        json.put("run_id", begun.runId());
        json.put("started_at", begun.startedAt().toString());
        return Json.write(json);
    }

    private static String processEvent(String taskId, Program program) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "process");
        json.put("task_id", taskId);
        json.put("mark", program.process().mark());
        json.put("facts", program.process().facts());
        json.put("request", program.identity());
        if (program.ended()) {
            json.put("ended", true);
        }
        return Json.write(json);
    }

    private static void write(RandomAccessFile out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Says that this runner works no more: what is noted and has no end is the next one's. */
    @Override
    public synchronized void close() throws IOException {
        try (RandomAccessFile last = out) {
            write(last, "{\"event\":\"runner_end\"}");
        } catch (IOException e) {
            LOG.warn("cannot note in {} that the runner ends: {}", file, e.getMessage());
        }
    }
}
