package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.CalculationFailure;
import java.util.List;
import java.util.Optional;

/** Tells what went wrong from what xTB wrote. */
final class XtbTrouble {

    private XtbTrouble() {}

    /** Returns the failure with what xTB says: of the end of its output, the reason that is the most telling. */
    static CalculationFailure explain(CalculationFailure failure) {
        if (!failure.kind().equals(CalculationFailure.EXIT_CODE)) {
            return failure;
        }
        List<String> reasons = failure.evidence().values().stream()
                .filter(List.class::isInstance)
                .flatMap(lines -> ((List<?>) lines).stream().map(String::valueOf))
                .filter(line -> line.matches("-\\d+- .*"))
                .map(line -> line.replaceFirst("-\\d+- ", ""))
                .toList();
        Optional<String> unconverged = reasons.stream()
                .filter(reason -> reason.contains("did not converge"))
                .findFirst();
        String message = unconverged.orElse(reasons.isEmpty() ? failure.message() : reasons.get(reasons.size() - 1));
        return CalculationFailure.of(unconverged.isPresent() ? "scf-not-converged" : "xtb-error")
                .because(message)
                .withEvidence(failure.evidence());
    }
}
