package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./qmbench} of a source tree on a machine without NWChem: what it installs, and what it asks first. */
class SourceLauncherIT {

    private static final List<String> PROGRAMS =
            List.of("bash", "env", "readlink", "dirname", "id", "mkdir", "tail", "script");

    @TempDir
    Path directory;

    private Path launcher;
    private Path path;
    private Path installed;

    /** Makes a tree whose build only prints its arguments, and a path with an {@code apt-get} that only makes notes. */
    @BeforeEach
    void makesATreeAndAPath() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        launcher = Files.copy(Path.of("..", "qmbench"), tree.resolve("qmbench"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        write(tree.resolve("target/launch/current/bin/qmbench"), "echo \"started: $*\"");
        path = Files.createDirectory(directory.resolve("path"));
        for (String program : PROGRAMS) {
            Files.writeString(path.resolve(program), "#!/bin/sh\nexec '" + find(program) + "' \"$@\"\n");
            Files.setPosixFilePermissions(path.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        installed = directory.resolve("installed");
        write(path.resolve("apt-get"), "echo \"$*\" >> '" + installed + "'");
        write(path.resolve("sudo"), "exec \"$@\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan --pilot", "run --dry-run --pilot", "doctor --pilot", "run --help", "status", "summary"})
    void aCommandThatOnlyLooksInstallsNothing(String command) throws Exception {
        Answer answer = start(Map.of(), command.split(" ", -1));

        assertThat(answer.output).contains("started: " + command);
        assertThat(answer.exitCode).isZero();
        assertThat(installed).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --pilot", "predict molecule.xyz"})
    void aCommandThatCalculatesInstallsNwchemAndSaysSo(String command) throws Exception {
        Answer answer = start(Map.of(), command.split(" ", -1));

        assertThat(answer.output).contains("NWChem is missing; installing it with: ", "started: " + command);
        assertThat(installed).content().contains("install -y -qq nwchem");
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "Environment", value = "`QMBENCH_NO_INSTALL=1`")
    void nothingIsInstalledWhereThatIsForbidden() throws Exception {
        Answer answer = start(Map.of("QMBENCH_NO_INSTALL", "1"), "run", "--pilot");

        assertThat(answer.output)
                .contains("apt-get install -y nwchem libopenblas0-serial")
                .doesNotContain("started");
        assertThat(answer.exitCode).isEqualTo(69);
        assertThat(installed).doesNotExist();
    }

    @Test
    void onATerminalItAsksAndNoMeansNo() throws Exception {
        Answer answer = startOnATerminal("n\n", "run --pilot");

        assertThat(answer.output)
                .contains("Install it now with: ", "nothing was installed")
                .doesNotContain("started");
        assertThat(answer.exitCode).isEqualTo(69);
        assertThat(installed).doesNotExist();
    }

    @Test
    void onATerminalItAsksAndInstallsAfterYes() throws Exception {
        Answer answer = startOnATerminal("y\n", "run --pilot");

        assertThat(answer.output).contains("Install it now with: ", "started: run --pilot");
        assertThat(installed).content().contains("install -y -qq nwchem");
    }

    private Answer startOnATerminal(String typed, String arguments) throws Exception {
        return answer(
                typed,
                Map.of(),
                List.of(path.resolve("script").toString(), "-qec", launcher + " " + arguments, "/dev/null"));
    }

    private Answer start(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return answer("", environment, command);
    }

    private Answer answer(String typed, Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("SHELL", path.resolve("bash").toString());
        builder.environment().put("QMBENCH_NO_BUILD", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
        return new Answer(process.exitValue(), output);
    }

    private static Path find(String program) {
        for (String place : System.getenv("PATH").split(":", -1)) {
            Path file = Path.of(place, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException("no program " + program + " on the PATH");
    }

    private static void write(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Answer(int exitCode, String output) {}
}
