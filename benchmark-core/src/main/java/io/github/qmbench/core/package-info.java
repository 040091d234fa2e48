/**
 * Running a benchmark. The way in is {@link io.github.qmbench.core.BenchmarkRunner}.
 *
 * <table>
 * <caption>The words</caption>
 * <tr><th>word</th><th>meaning</th></tr>
 * <tr><td>{@link io.github.qmbench.core.CalculationBackend}</td><td>the plug: calculates one calculation and returns {@link
 * io.github.qmbench.core.CalculationOutcome} {@code (results, state)}</td></tr>
 * <tr><td>{@link io.github.qmbench.core.CalculationMatrix}</td><td>all calculations: subjects x parameter axes</td></tr>
 * <tr><td>{@link io.github.qmbench.core.RunOutcome}</td><td>what a run returns: {@code (results, state)}</td></tr>
 * <tr><td>{@link io.github.qmbench.core.RunState}</td><td>running, complete, stopped, paused or failed</td></tr>
 * <tr><td>{@link io.github.qmbench.core.store.StatusWriter}</td><td>writes the {@link io.github.qmbench.core.RunStatus}
 * atomically; {@link io.github.qmbench.core.store.StatusReader} reads it from any process</td></tr>
 * <tr><td>{@link io.github.qmbench.core.StopSignal}</td><td>asked before every calculation starts</td></tr>
 * <tr><td>{@link io.github.qmbench.core.FailurePolicy}</td><td>whether failures pause the run; {@link
 * io.github.qmbench.core.RetryPolicy}: whether the run tries again</td></tr>
 * <tr><td>{@link io.github.qmbench.core.estimate.EtaEstimator}</td><td>the time left</td></tr>
 * <tr><td>{@link io.github.qmbench.core.RunListener}</td><td>is told what happens</td></tr>
 * </table>
 *
 * <p>A program of 30 lines that uses all of them is in {@code docs/architecture.md}.
 */
@NullMarked
package io.github.qmbench.core;

import org.jspecify.annotations.NullMarked;
