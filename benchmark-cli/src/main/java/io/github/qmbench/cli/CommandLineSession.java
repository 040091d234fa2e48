package io.github.qmbench.cli;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.nmr.internal.ShellWord;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The surroundings of the commands: where they write, and what they read besides arguments. Tests bring their own.
 *
 * @param console where to write
 * @param environment environment variables
 * @param clock where time stamps come from
 * @param backends what {@code --backend} can name
 * @param ownsProcess whether this is the whole process, so that it may handle signals
 */
public record CommandLineSession(
        Console console, Map<String, String> environment, InstantSource clock, Backends backends, boolean ownsProcess) {

    public CommandLineSession {
        Objects.requireNonNull(console, "console");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(backends, "backends");
    }

    /** Returns the session of this process. */
    public static CommandLineSession ofProcess() {
        return ofProcess(Console.ofProcess(System.getenv()));
    }

    /** Returns the session of this process with another console. */
    public static CommandLineSession ofProcess(Console console) {
        return new CommandLineSession(console, System.getenv(), InstantSource.system(), Backends.installed(), true);
    }

    /** The command as the user called it, for hints that can be copied. */
    String command() {
        return ShellWord.command();
    }
}
