package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.CalculationFailure;
import java.util.List;
import java.util.Map;

/** Tells what went wrong from what xTB wrote. */
final class XtbTrouble {

    private XtbTrouble() {}

    /** Returns the failure; its evidence are the lines in which xTB says why, the innermost reason last. */
    static CalculationFailure in(String said, int exitCode) {
        List<String> reasons = said.lines()
                .filter(line -> line.matches("-\\d+- .*"))
                .map(line -> line.replaceFirst("-\\d+- ", ""))
                .toList();
        String kind = said.contains("did not converge") ? "scf-not-converged" : "xtb-error";
        String message = reasons.stream()
                .filter(reason -> reason.contains("did not converge"))
                .findFirst()
                .orElse(reasons.isEmpty() ? "xtb ended with exit code " + exitCode : reasons.get(reasons.size() - 1));
        return CalculationFailure.of(kind).because(message).withEvidence(Map.of("exit_code", exitCode, "lines", reasons));
    }
}
