package io.github.qmbench.slurm;

import io.github.qmbench.core.Cancellation;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ResourceUsage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run around one launch; remembers what it is told. */
final class TestControl implements LaunchControl {

    final Cancellation cancellation = new Cancellation();
    final List<LaunchedProcess> told = new CopyOnWriteArrayList<>();
    final List<ResourceUsage> used = new CopyOnWriteArrayList<>();
    final List<String> remarks = new CopyOnWriteArrayList<>();
    volatile Runnable whenRemarked = () -> {};
    volatile Runnable whenTold = () -> {};
    volatile boolean draining;
    volatile boolean leaving;
    private final Optional<LaunchedProcess> earlier;
    private final String mark;

    TestControl() {
        this.earlier = Optional.empty();
        this.mark = UUID.randomUUID().toString();
    }

    /** The run after one that died or left. */
    TestControl(TestControl before) {
        this.earlier = Optional.of(before.told.get(before.told.size() - 1));
        this.mark = before.mark;
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public boolean isDraining() {
        return draining || leaving;
    }

    @Override
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public String mark() {
        return mark;
    }

    @Override
    public Optional<LaunchedProcess> earlier() {
        return earlier;
    }

    @Override
    public void launched(LaunchedProcess process) {
        told.add(process);
        whenTold.run();
    }

    @Override
    public void used(ResourceUsage usage) {
        used.add(usage);
    }

    @Override
    public void remark(String text) {
        remarks.add(text);
        whenRemarked.run();
    }

    boolean wasTold(String part) {
        return remarks.stream().anyMatch(remark -> remark.contains(part));
    }

    /** The facts that it was told last. */
    JobFacts facts() {
        return JobFacts.of(told.get(told.size() - 1)).orElseThrow();
    }

    /** The number of the job, once it has one. */
    Optional<String> job() {
        return told.isEmpty() ? Optional.empty() : facts().id();
    }
}
