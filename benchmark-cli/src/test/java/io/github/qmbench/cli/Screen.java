package io.github.qmbench.cli;

import io.github.qmbench.cli.start.QuickAnswers;
import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command line in a test: runs commands in a run directory and keeps what they print. */
final class Screen {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Backends backends;
    private final Path directory;
    private InstantSource clock = InstantSource.system();

    Screen(CalculationBackendProvider provider, Path directory) {
        this(Backends.of(provider), directory);
    }

    Screen(Backends backends, Path directory) {
        this.backends = backends;
        this.directory = directory;
    }

    /** Sets the time that commands take for now. */
    void setClock(Instant now) {
        clock = InstantSource.fixed(now);
    }

    /** Runs a command with {@code --results} of this screen's directory, and returns its exit code. */
    int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--results");
        all.add(directory.toString());
        return runAsIs(all.toArray(String[]::new));
    }

    /** Runs a command with these arguments only. */
    int runAsIs(String... arguments) {
        return Qmbench.execute(session(), arguments);
    }

    /** Asks for the answer of the short way, and returns whether there is one. */
    boolean runShortWay(String... arguments) {
        return QuickAnswers.answer(session(), arguments);
    }

    private CommandLineSession session() {
        out.reset();
        err.reset();
        Console console = new Console(LineStream.checked(out), LineStream.checked(err), false, false, false, 100);
        return new CommandLineSession(console, Map.of(), clock, backends, false);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
