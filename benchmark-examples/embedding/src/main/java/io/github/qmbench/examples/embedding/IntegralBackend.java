package io.github.qmbench.examples.embedding;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationOutcome;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The integral of a function from 0 to 1 by a rule with 1000 intervals. */
public final class IntegralBackend implements CalculationBackend {

    private static final int INTERVALS = 1000;

    private static DoubleUnaryOperator function(String name) {
        return switch (name) {
            case "sin" -> Math::sin;
            case "exp" -> Math::exp;
            case "sqrt" -> Math::sqrt;
            default -> throw new IllegalArgumentException("there is no function " + name);
        };
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
        DoubleUnaryOperator f = function(calculation.subject());
        double h = 1.0 / INTERVALS;
        double sum = 0;
        for (int i = 0; i < INTERVALS; i++) {
            double middle = f.applyAsDouble((i + 0.5) * h);
            sum += calculation.parameter("rule").equals("simpson")
                    ? (f.applyAsDouble(i * h) + 4 * middle + f.applyAsDouble((i + 1) * h)) / 6
                    : middle;
        }
        return CalculationOutcome.complete(Map.of("integral", sum * h));
    }
}
