package io.github.qmbench.cli;

import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusUnreadableException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Starts the same command again as a headless process in a session of its own, which no closed terminal reaches, and
 * waits until that run has begun or has been refused.
 */
record DetachedRun(CommandLineSession session, RunDirectory directory, ResultsOption results) {

    /** The class that starts the command line; by its name, for it is built on all of this. */
    static final String MAIN = "io.github.qmbench.cli.start.Main";

    private static final long POLL_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 120;

    /** Starts it with the arguments of this process; returns 0 when the run has begun, else the refused one's exit code. */
    int start(List<String> arguments) throws IOException, InterruptedException, Refusal {
        Process process = new ProcessBuilder(command(arguments))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // By its number and its start: a clock may be set back meanwhile, and a number may have been another process's.
        RunnerIdentity runner = RunnerIdentity.ofProcess(process.pid());
        List<String> said = new CopyOnWriteArrayList<>();
        Thread listener = new Thread(() -> listen(process, said), "qmbench-detach");
        listener.setDaemon(true);
        listener.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!hasBegun(runner)) {
            if (!process.isAlive()) {
                listener.join(TimeUnit.SECONDS.toMillis(2));
                if (hasBegun(runner)) {
                    break;
                }
                said.stream()
                        .filter(line -> !line.startsWith("log: "))
                        .forEach(session.console().err()::println);
                return process.exitValue() == 0 ? ExitCode.SOFTWARE : process.exitValue();
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(
                        ExitCode.SOFTWARE,
                        "the background process (pid " + process.pid() + ") has not started the run after "
                                + PATIENCE_SECONDS + " s and is still running; see " + RunFiles.log(directory));
            }
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        announce(process.pid());
        return ExitCode.OK;
    }

    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Dqmbench.") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        command.add("-Dqmbench.command=" + System.getProperty("qmbench.command", "qmbench"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MAIN);
        arguments.stream()
                .filter(argument -> !argument.matches("--(detach|headless)(=.*)?"))
                .forEach(command::add);
        command.add("--headless");
        return command;
    }

    private static void listen(Process process, List<String> said) {
        try (BufferedReader reader = process.errorReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add("cannot read the output of the background process: " + IoReason.of(e));
        }
    }

    private boolean hasBegun(RunnerIdentity runner) throws IOException {
        try {
            return RecordedRun.open(directory)
                    .status()
                    .filter(status -> status.run().runner().equals(runner))
                    .isPresent();
        } catch (StatusUnreadableException e) {
            return false; // it was there before; the run writes its own over it
        }
    }

    private void announce(long pid) {
        PrintStream out = session.console().out();
        out.println("The run continues in the background as process " + pid + ".");
        out.println("log:   " + RunFiles.log(directory));
        out.println("watch: " + results.hint(session, "watch"));
        out.println("stop:  " + results.hint(session, "stop"));
    }
}
