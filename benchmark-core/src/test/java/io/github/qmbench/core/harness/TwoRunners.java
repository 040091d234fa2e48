package io.github.qmbench.core.harness;

import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Starts two runners, in two processes, in one directory at once, again and again: exactly one runs. */
public final class TwoRunners {

    private record Answer(Process from, String text) {}

    private TwoRunners() {}

    public static String run(Path directory, int times) throws Exception {
        Files.createDirectories(directory);
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        List<Process> both = List.of(start(answers), start(answers));
        try {
            next(answers, "READY");
            next(answers, "READY");
            int[] ran = new int[2];
            for (int i = 0; i < times; i++) {
                Path place = Files.createDirectory(directory.resolve("round-" + i));
                for (Process one : both) {
                    PrintWriter to = new PrintWriter(one.getOutputStream(), true, StandardCharsets.UTF_8);
                    to.println(place);
                }
                Answer refused = next(answers, "HELD");
                Process other = both.get(1 - both.indexOf(refused.from()));
                Torture.check(
                        refused.text().contains("process " + other.pid() + " on ")
                                || refused.text().contains("another process"),
                        "the refused one does not name the other: " + refused.text());
                Files.createFile(place.resolve("release"));
                Answer ended = next(answers, "RAN");
                Torture.check(ended.from() == other, "one process answered twice");
                ran[both.indexOf(other)]++;
                long records = RunJournal.read(RunFiles.journal(RunDirectory.of(place)), record -> {})
                        .records();
                Torture.check(records == 1, "the calculation was done " + records + " times");
            }
            return times + " starts of two runners at once: exactly one ran each time (" + ran[0] + " : " + ran[1]
                    + ")";
        } finally {
            both.forEach(Process::destroyForcibly);
        }
    }

    private static Answer next(BlockingQueue<Answer> answers, String expected) throws InterruptedException {
        Answer answer = answers.poll(60, TimeUnit.SECONDS);
        Torture.check(
                answer != null && answer.text().startsWith(expected), "expected " + expected + " but got " + answer);
        return answer;
    }

    private static Process start(BlockingQueue<Answer> answers) throws IOException {
        Process process = new ProcessBuilder(Torture.java(Contender.class))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread reader = new Thread(() -> {
            try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    answers.add(new Answer(process, line));
                }
            } catch (IOException e) {
                answers.add(new Answer(process, "cannot be read: " + e));
            }
        });
        reader.setDaemon(true);
        reader.start();
        return process;
    }
}
