package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.process.ProcessRequest;
import java.nio.file.Files;
import java.util.Map;

/** Single points with xTB: {@code energy_hartree} and {@code gap_ev}. What xTB is asked is in {@link XtbInput}. */
record XtbBackend(XtbInput input, String version) implements CalculationBackend {

    @Override
    public String name() {
        return "xtb";
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception {
        var directory = context.directory();
        Files.writeString(directory.resolve("molecule.xyz"), input.xyz(calculation));
        var ended = context.launch(ProcessRequest.builder(directory, input.command(calculation))
                .environment("OMP_NUM_THREADS", "1")
                .build());
        var failure = ended.failureUnlessExit(0);
        return failure.isPresent()
                ? CalculationOutcome.failed(XtbTrouble.explain(failure.get()))
                : CalculationOutcome.complete(XtbJson.read(directory.resolve("xtbout.json")));
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        return Fingerprint.of(Map.of(
                "program", "xTB " + version,
                "command", String.join(" ", input.command(calculation)),
                "geometry", Fingerprint.digestOf(input.xyz(calculation))));
    }
}
