package io.github.qmbench.nwchem;

import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Starts programs that belong to no run. */
final class OutsideRun implements LaunchControl {

    private final Cancellation never = new Cancellation();
    private final String mark = UUID.randomUUID().toString();

    private OutsideRun() {}

    /** Starts a program on this machine and waits for its end. */
    static ProcessResult start(ProcessRequest request) throws IOException, InterruptedException {
        return start(ProcessLauncher.local(), request);
    }

    /** Starts a program elsewhere and waits for its end. */
    static ProcessResult start(ProcessLauncher launcher, ProcessRequest request)
            throws IOException, InterruptedException {
        return launcher.launch(request, new OutsideRun());
    }

    @Override
    public Cancellation cancellation() {
        return never;
    }

    @Override
    public boolean isDraining() {
        return false;
    }

    @Override
    public String mark() {
        return mark;
    }

    @Override
    public Optional<LaunchedProcess> earlier() {
        return Optional.empty();
    }

    @Override
    public void launched(LaunchedProcess process) {
        // nobody has to find it again
    }

    @Override
    public void remark(String text) {
        // nobody looks on
    }
}
