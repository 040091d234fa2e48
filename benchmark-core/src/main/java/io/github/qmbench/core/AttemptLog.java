package io.github.qmbench.core;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.LaunchedProcess;
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

/**
 * Remembers in {@code attempts.jsonl} which attempts are under way, and their processes, for the runner that comes after
 * one that died. An attempt is noted as soon as it could leave something behind (a directory, a process), and at the
 * latest when the runner next looks around; one that is over before that costs nothing here. An end needs no line of its own disk force, for the journal tells it, too. A power cut ends the processes
 * of this machine by itself, so only what is launched elsewhere, where it outlives that, is forced to disk.
 *
 * <p>Lines are {@code begin}, {@code process}, {@code process_end} and {@code end} events. Whenever the file has grown by a mebibyte it is
 * written anew with what is under way. A line that cannot be read is skipped: the file is a hint, never the truth about
 * results.
 */
final class AttemptLog implements Closeable {

    private static final long REWRITE_BYTES = 1 << 20;

    /** An attempt that was begun, and of which no end is known. */
    record Begun(Calculation calculation, int number, String runId, Instant startedAt, List<Program> programs) {

        private Begun with(Program program) {
            List<Program> more = new ArrayList<>(programs);
            more.removeIf(
                    known -> known.process().mark().equals(program.process().mark()));
            more.add(program);
            return new Begun(calculation, number, runId, startedAt, List.copyOf(more));
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
    record Program(LaunchedProcess process, String identity, boolean ended) {}

    private final Path file;
    private final boolean forced;
    private final Map<String, Begun> underWay = new LinkedHashMap<>();
    private RandomAccessFile out; // not a channel, which an interrupted thread would close for all

    private AttemptLog(Path file, Collection<Begun> continued, boolean forced) throws IOException {
        this.file = file;
        this.forced = forced;
        continued.forEach(begun -> underWay.put(begun.calculation().taskId(), begun));
        rewrite();
    }

    /** Returns what a dead runner had under way; empty when there is no file. */
    static Collection<Begun> read(Path file) throws IOException {
        Map<String, Begun> begun = new LinkedHashMap<>();
        if (Files.exists(file)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.lines().forEach(line -> apply(line, begun));
        }
        return begun.values();
    }

    private static void apply(String line, Map<String, Begun> begun) {
        try {
            JournalFormat.Fields json = new JournalFormat.Fields(Json.parseObject(line));
            String taskId = json.text("task_id");
            switch (json.text("event")) {
                case "begin" ->
                    begun.put(
                            taskId,
                            new Begun(
                                    Calculation.of(json.text("subject"), json.texts("parameters")).withTaskId(taskId),
                                    json.number("attempt").intValue(),
                                    json.text("run_id"),
                                    Instant.parse(json.text("started_at")),
                                    List.of()));
                case "process" ->
                    begun.computeIfPresent(
                            taskId,
                            (id, attempt) -> attempt.with(new Program(
                                    new LaunchedProcess(json.text("mark"), json.texts("facts")),
                                    String.valueOf(json.json().get("request")),
                                    Boolean.TRUE.equals(json.json().get("ended")))));
                case "process_end" ->
                    begun.computeIfPresent(taskId, (id, attempt) -> attempt.withEnded(json.text("mark")));
                case "end" -> begun.remove(taskId);
                default -> {} // an event of a later version
            }
        } catch (JsonParseException | RuntimeException tornOrForeign) {
            return; // a hint that cannot be read is no hint
        }
    }

    /**
     * Begins a log that holds nothing but the attempts that are continued.
     *
     * @param forced whether what is launched outlives a power cut of this machine, and so must be remembered over it
     */
    static AttemptLog create(Path file, Collection<Begun> continued, boolean forced) throws IOException {
        return new AttemptLog(file, continued, forced);
    }

    /** Returns the attempt at a calculation that a runner before this one began and that is to be continued. */
    synchronized Optional<Begun> continued(Calculation calculation) {
        return Optional.ofNullable(underWay.get(calculation.taskId()));
    }

    /** Notes that an attempt begins. */
    synchronized void begin(Calculation calculation, int number, String runId, Instant startedAt) throws IOException {
        Begun begun = new Begun(calculation, number, runId, startedAt, List.of());
        underWay.put(calculation.taskId(), begun);
        write(out, beginEvent(begun));
    }

    synchronized void launched(String taskId, LaunchedProcess process, String identity) throws IOException {
        Program program = new Program(process, identity, false);
        underWay.computeIfPresent(taskId, (id, begun) -> begun.with(program));
        write(out, processEvent(taskId, program));
        if (forced) {
            out.getFD().sync();
        }
    }

    /** Notes that a launch is over; of what ends with its runner nobody needs to know that. */
    synchronized void launchEnded(String taskId, String mark) throws IOException {
        underWay.computeIfPresent(taskId, (id, begun) -> begun.withEnded(mark));
        if (forced) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("event", "process_end");
            json.put("task_id", taskId);
            json.put("mark", mark);
            write(out, Json.write(json));
        }
    }

    synchronized void end(String taskId) throws IOException {
        underWay.remove(taskId);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "end");
        json.put("task_id", taskId);
        write(out, Json.write(json));
        if (out.getFilePointer() > REWRITE_BYTES) {
            rewrite();
        }
    }

    /** Writes what is under way to a new file and puts it in the place of the old one, so that no job is forgotten. */
    private void rewrite() throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        RandomAccessFile fresh = new RandomAccessFile(next.toFile(), "rw");
        try {
            fresh.setLength(0);
            for (Begun begun : underWay.values()) {
                write(fresh, beginEvent(begun));
                for (Program program : begun.programs()) {
                    write(fresh, processEvent(begun.calculation().taskId(), program));
                }
            }
            if (forced) {
                fresh.getFD().sync();
            }
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

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
