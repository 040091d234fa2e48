/**
 * Long benchmarks of independent, expensive calculations: the runner, and the words that its users share.
 *
 * <p>Begin with {@link io.github.qmbench.core.BenchmarkRunner}. It runs the calculations of a {@link
 * io.github.qmbench.core.CalculationMatrix} on a {@link io.github.qmbench.core.CalculationBackend}, and keeps every result in a
 * run directory. Start the same program again after a crash or a stop: it resumes, and calculates only what is missing.
 *
 * <pre>{@code
 * CalculationMatrix matrix = CalculationMatrix.builder()
 *         .subjects("water", "ammonia")
 *         .axis("basis", "3-21G", "6-31G*")
 *         .build();
 * CalculationBackend backend = (calculation, context) ->
 *         CalculationOutcome.complete(Map.of("energy_hartree", energy(calculation.subject(), calculation.parameter("basis"))));
 * RunOutcome outcome = BenchmarkRunner.builder(Path.of("results"), matrix, backend)
 *         .failurePolicy(FailurePolicy.pauseAfterFailedSubjects(5))
 *         .build()
 *         .run();
 * outcome.results().forEach(record ->
 *         System.out.println(record.calculation() + " " + record.outcome().decimal("energy_hartree")));
 * }</pre>
 *
 * <table>
 * <caption>The words</caption>
 * <tr><th>word</th><th>meaning</th></tr>
 * <tr><td>{@link io.github.qmbench.core.CalculationBackend}</td><td>the program or formula that calculates, and returns {@link
 * io.github.qmbench.core.CalculationOutcome} {@code (results, state)}</td></tr>
 * <tr><td>{@link io.github.qmbench.core.CalculationMatrix}</td><td>all calculations: subjects x parameter axes</td></tr>
 * <tr><td>{@link io.github.qmbench.core.RunOutcome}</td><td>the end of a run: {@code (results, state)}</td></tr>
 * <tr><td>{@link io.github.qmbench.core.RunState}</td><td>running, complete, stopped, paused or failed</td></tr>
 * <tr><td>{@link io.github.qmbench.core.store.StatusWriter}</td><td>writes the {@link io.github.qmbench.core.RunStatus}
 * atomically; {@link io.github.qmbench.core.store.StatusReader} reads it from any process</td></tr>
 * <tr><td>{@link io.github.qmbench.core.StopSignal}</td><td>asked before every calculation starts</td></tr>
 * <tr><td>{@link io.github.qmbench.core.FailurePolicy}</td><td>whether failures pause the run; {@link
 * io.github.qmbench.core.RetryPolicy}: whether the run tries again</td></tr>
 * <tr><td>{@link io.github.qmbench.core.estimate.EtaEstimator}</td><td>the time left</td></tr>
 * <tr><td>{@link io.github.qmbench.core.RunListener}</td><td>handles the events of a run</td></tr>
 * </table>
 *
 * <p>A program that uses all of them is in {@code docs/architecture.md}.
 */
@NullMarked
package io.github.qmbench.core;

import org.jspecify.annotations.NullMarked;
