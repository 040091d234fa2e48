package io.github.qmbench.cli;

import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What all commands have: a session, in which they write results, ask for the time, and say what they have written. */
abstract class SessionCommand implements Callable<Integer> {

    final CommandLineSession session;

    SessionCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    /** Standard output, for results. */
    LineStream out() {
        return session.console().out();
    }

    /** Standard error, for all else. */
    LineStream err() {
        return session.console().err();
    }

    Instant now() {
        return session.clock().instant();
    }

    /** Prints results, a line each. */
    void print(List<String> lines) {
        lines.forEach(out()::println);
    }

    /** Says that a file has been written. */
    void written(Object file) {
        err().println("written: " + file);
    }

    /** Writes results to the file that {@code --output} names, to standard output for null. */
    void write(@Nullable String output, OutputFile.Text text) throws Refusal, IOException {
        if (output == null) {
            Writer out = session.console().writer();
            text.write(out);
            out.flush();
        } else {
            OutputFile.write(ResultsOption.path("--output", output), text);
            written(output);
        }
    }
}
