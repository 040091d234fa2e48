package io.github.qmbench.cli;

import io.github.qmbench.core.plugin.CalculationBackendProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The real distribution, started as a process in a directory of its own. */
final class Distribution {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path home;
    private final Path directory;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();

    /** Takes the distribution that the build has made. */
    Distribution(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target"), 2)) {
            home = files.filter(file -> Files.isExecutable(file.resolve("bin/qmbench")))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
        this.directory = directory;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    private Distribution(Path home, Path directory, Map<String, String> environment) {
        this.home = home;
        this.directory = directory;
        this.environment.putAll(environment);
    }

    /** Makes another version of this one in another place, as an update would: its jars have other names and other bytes. */
    Distribution updatedTo(String version, Path place) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                String name = home.relativize(file)
                        .toString()
                        .replaceFirst("(lib/benchmark-[a-z]+)-.*\\.jar", "$1-" + version + ".jar");
                Files.copy(file, place.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        try (FileSystem jar = FileSystems.newFileSystem(place.resolve("lib/benchmark-cli-" + version + ".jar"))) {
            Files.writeString(
                    jar.getPath("io/github/qmbench/cli/version.properties"),
                    "version=" + version + "\ncommit=another\n");
        }
        return new Distribution(place, directory, environment);
    }

    /** Adds the backend {@code script} to what can be run. */
    Distribution withScript(String script) throws IOException {
        return withPlugin(ScriptBenchmarks.class).with("TEST_SCRIPT", script);
    }

    /** Adds the backend of a provider to what can be run. */
    Distribution withPlugin(Class<? extends CalculationBackendProvider> provider) throws IOException {
        Path jar = directory.resolve(provider.getSimpleName() + ".jar");
        if (Files.notExists(jar)) { // another command may be reading it
            makeJar(jar, provider);
        }
        return with("QMBENCH_PLUGINS", jar.toString());
    }

    private static void makeJar(Path jar, Class<? extends CalculationBackendProvider> provider) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + CalculationBackendProvider.class.getName()));
            out.write(provider.getName().getBytes(StandardCharsets.UTF_8));
            String folder = provider.getPackageName().replace('.', '/');
            try (DirectoryStream<Path> classes = Files.newDirectoryStream(
                    Path.of("target/test-classes", folder), provider.getSimpleName() + "*.class")) {
                for (Path one : classes) {
                    out.putNextEntry(new JarEntry(folder + "/" + one.getFileName()));
                    out.write(Files.readAllBytes(one));
                }
            }
        }
    }

    Distribution with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path home() {
        return home;
    }

    /** How a command ended. */
    record Ended(int exitCode, String out, String err) {}

    /** A command that was started. */
    final class Started {
        private final Process process;
        private final Path out;
        private final Path err;

        private Started(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        long pid() {
            return process.pid();
        }

        /** Sends a signal by its name. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }

        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end; it said " + Files.readString(out) + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        boolean isAlive() {
            return process.isAlive();
        }

        String out() {
            return read(out);
        }

        String err() {
            return read(err);
        }

        private String read(Path said) {
            try {
                return Files.readString(said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs another program in the same directory and environment, and returns what it said. */
    String runOther(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(List.of(command) + " said " + said);
        }
        return said;
    }

    /** Starts a command. */
    Started start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/qmbench").toString()));
        command.addAll(List.of(arguments));
        return startOther(command);
    }

    /** Runs a command to its end in a line of bash, as {@link #startIn} does. */
    Ended runIn(String line, String... arguments) throws IOException, InterruptedException {
        return startIn(line, arguments).await();
    }

    /** Starts a line of bash with a command in it as {@code "$@"}; a pipe fails when any part of it does. */
    Started startIn(String line, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-o", "pipefail", "-c", line, "bash"));
        command.add(home.resolve("bin/qmbench").toString());
        command.addAll(List.of(arguments));
        return startOther(command);
    }

    private Started startOther(List<String> words) throws IOException {
        // A build that a script started in the background ignores INT, and so would everything that it starts.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP,TERM"));
        command.addAll(words);
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return new Started(process, out, err);
    }

    /** Ends what a test that failed has left. */
    void endAll() {
        processes.forEach(Process::destroy);
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Waits until something is so; a test that waits for another process has no other way than to look. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }
}
