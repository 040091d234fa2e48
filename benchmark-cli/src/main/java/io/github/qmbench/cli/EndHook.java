package io.github.qmbench.cli;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's command that is run when a run has ended; whatever becomes of it changes nothing. */
record EndHook(CommandLineSession session, String command) {

    private static final Logger LOG = LoggerFactory.getLogger(EndHook.class);
    private static final long PATIENCE_SECONDS = 10;

    /** Runs it and waits a little; the run does not wait for one that takes longer. */
    void run(RunDirectory directory, RunState state, boolean headless) {
        ProcessBuilder.Redirect output = headless
                ? ProcessBuilder.Redirect.appendTo(RunFiles.log(directory).toFile())
                : ProcessBuilder.Redirect.INHERIT;
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output)
                .redirectError(output);
        builder.environment().put("QMBENCH_STATE", state.word());
        builder.environment()
                .put("QMBENCH_STATUS_FILE", RunFiles.status(directory).toString());
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                report("--on-end: the command is still running after " + PATIENCE_SECONDS
                        + " s; the run does not wait for it any longer");
            } else if (process.exitValue() != 0) {
                report("--on-end: the command ended with exit code " + process.exitValue());
            }
        } catch (IOException e) {
            report("--on-end: cannot start sh: " + IoReason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String text) {
        LOG.warn(text);
        session.console().err().println(text);
    }
}
