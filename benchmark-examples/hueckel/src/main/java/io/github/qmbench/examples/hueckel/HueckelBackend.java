package io.github.qmbench.examples.hueckel;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import java.util.Arrays;
import java.util.Map;

/** Hückel's pi energy in units of beta: subject {@code C6} (so many atoms), parameter {@code shape} (chain or ring). */
public final class HueckelBackend implements CalculationBackend {

    /** Pi energy and gap between the frontier orbitals, in units of beta. */
    public record Energies(double pi, double gap) {}

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
        int atoms = Integer.parseInt(calculation.subject().substring(1));
        if (atoms % 2 != 0) {
            return CalculationOutcome.failed("odd-electrons")
                    .because(atoms + " electrons leave an orbital half filled");
        }
        double[][] matrix = new double[atoms][atoms];
        int bonds = calculation.parameter("shape").equals("ring") && atoms > 2 ? atoms : atoms - 1;
        for (int bond = 0; bond < bonds; bond++) {
            matrix[bond][(bond + 1) % atoms] = matrix[(bond + 1) % atoms][bond] = 1;
        }
        double[] levels = SymmetricMatrix.eigenvalues(matrix); // ascending; beta is negative, so the largest are filled
        double energy = 2 * Arrays.stream(levels).skip(atoms / 2).sum();
        double gap = levels[atoms / 2] - levels[atoms / 2 - 1];
        return CalculationOutcome.complete(new Energies(energy, gap));
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        return Fingerprint.of(Map.of("hueckel", "1"));
    }
}
