package io.github.qmbench.cli;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a person how a run goes. */
interface RunView extends RunListener, AutoCloseable {

    /** For what is said beside the events of the run, which the runner logs itself. */
    Logger LOG = LoggerFactory.getLogger(RunView.class);

    /** Shows a note that is not the run's, such as what a signal does. */
    void say(String text);

    /** Stops showing; may be called more than once. */
    @Override
    default void close() {}

    /** Returns a bar on a terminal, a line for each event elsewhere. */
    static RunView onConsole(Console console, List<String> remarks) {
        remarks.forEach(remark -> console.err().println(remark));
        return console.errIsTerminal() ? ProgressBar.start(console) : new EventLines(console.err());
    }

    /** Returns the view of a run without a terminal: everything is in the log, and nothing here. */
    static RunView headless(CommandLineSession session, RunDirectory directory) {
        PrintStream err = session.console().err();
        err.println("log: " + RunFiles.log(directory));
        return text -> {
            LOG.info(text);
            err.println(text);
        };
    }
}
