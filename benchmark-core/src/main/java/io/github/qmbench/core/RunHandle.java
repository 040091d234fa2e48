package io.github.qmbench.core;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * A started run: its status, how to stop it, and its end. Made by {@link BenchmarkRunner#start}.
 *
 * <pre>{@code
 * RunHandle run = runner.start();
 * System.out.println(run.status().progress());
 * run.requestStop(StopRequest.DRAIN, "the licence ends at noon");
 * RunOutcome outcome = run.join();
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class RunHandle {

    private final RunLoop loop;
    private final RequestedStop requested;
    private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();

    RunHandle(RunLoop loop, RequestedStop requested) {
        this.loop = loop;
        this.requested = requested;
    }

    /** Is told how the run has ended. */
    void ended(RunOutcome value) {
        outcome.complete(value);
    }

    /** Is told that the run ended by a fault for which there is no outcome. */
    void broken(Throwable fault) {
        outcome.completeExceptionally(fault);
    }

    /**
     * {@return the status of this run at this moment; after its end, the last one} It never is that of an earlier run
     * in the directory.
     */
    public RunStatus status() {
        return outcome.isDone() && !outcome.isCompletedExceptionally()
                ? outcome.join().results().status()
                : loop.status();
    }

    /**
     * Asks the run to end, as {@link #requestStop(StopRequest, String)} does, without a reason.
     *
     * @param request how urgently; {@link StopRequest#NONE} has no effect
     */
    public void requestStop(StopRequest request) {
        requested.request(request, "");
    }

    /**
     * Asks the run to end: with {@link StopRequest#DRAIN} after the running calculations, with {@link StopRequest#NOW} at
     * once. A more urgent request replaces a less urgent one; any other has no effect. Does not wait.
     *
     * @param request how urgently; {@link StopRequest#NONE} has no effect
     * @param reason for people; it becomes the {@code state_reason} of the stopped run
     */
    public void requestStop(StopRequest request, String reason) {
        requested.request(request, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Waits for the end of the run. An interrupt ends the waiting, and not the run.
     *
     * @return results and final state; a run that failed is returned like any other
     * @throws IOException when the run directory cannot be closed
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public RunOutcome join() throws IOException, InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            Throwable fault = e.getCause();
            if (fault instanceof IOException failed) {
                throw failed;
            }
            throw new CompletionException(fault);
        }
    }

    /**
     * {@return a stage that completes when the run has ended and its directory is free again} Dependent stages that are
     * not asynchronous run in the thread of the run.
     */
    public CompletionStage<RunOutcome> completion() {
        return outcome.minimalCompletionStage();
    }
}
