package io.github.qmbench.core;

import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Any program that reads its input from standard input and prints one number: {@code new ProgramBackend("bc", "-l")}. */
record ProgramBackend(String... command) implements CalculationBackend {
    record Printed(double value) {}

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
            throws IOException, InterruptedException {
        ProcessRequest request = ProcessRequest.builder(context.directory(), List.of(command))
                .inputText(calculation.subject() + "\n")
                .build();
        ProcessResult result = context.launch(request);
        var failure = result.failureUnlessExit(0);
        return failure.isPresent()
                ? CalculationOutcome.failed(failure.get())
                : CalculationOutcome.complete(new Printed(Double.parseDouble(Files.readString(request.output()))));
    }
}
