package io.github.qmbench.examples.embedding;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A tool that lets the runner do the work, shows its progress in its own way and pauses by a rule of its own. */
public final class NightlyIntegrals {

    private NightlyIntegrals() {}

    /** Integrates functions by several rules, or resumes that, and shows each step on a display of the tool. */
    public static RunOutcome run(Path directory, CalculationBackend backend, Consumer<String> display)
            throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("sin", "exp", "sqrt")
                .axis("rule", "midpoint", "simpson")
                .build();
        RunListener progress = new RunListener() {
            @Override
            public void calculationEnded(CalculationEnded event) {
                display.accept(event.status().progress().completed() + "/" + matrix.size() + " "
                        + event.record().calculation().taskId());
            }
        };
        FailurePolicy noLicence = tally -> tally.latest().kind().equals("no-licence")
                ? Optional.of("the licence server is gone: " + tally.latest().message())
                : Optional.empty();
        return BenchmarkRunner.builder(directory, matrix, backend)
                .listener(progress)
                .failurePolicy(noLicence.or(FailurePolicy.pauseAfterFailedSubjects(5)))
                .parallel(2)
                .build()
                .run();
    }
}
