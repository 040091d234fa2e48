package io.github.qmbench.core.harness;

import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ResourceUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The control of one launch, without a run: keeps what the launcher says. For one launch and the thread of its test. */
public final class FakeControl implements LaunchControl {

    private final Cancellation cancellation = new Cancellation();
    private final String mark = UUID.randomUUID().toString();

    /** What the launcher said of the program, in order. */
    public final List<LaunchedProcess> told = new ArrayList<>();

    /** What the program used. */
    public final List<ResourceUsage> used = new ArrayList<>();

    @Override
    public Cancellation cancellation() {
        return cancellation;
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
        told.add(process);
    }

    @Override
    public void used(ResourceUsage usage) {
        used.add(usage);
    }

    @Override
    public void remark(String text) {}
}
