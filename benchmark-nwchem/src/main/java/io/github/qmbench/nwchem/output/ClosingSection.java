package io.github.qmbench.nwchem.output;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The closing line, which NWChem writes when all tasks are finished, and whether an optimisation reached its end. */
public final class ClosingSection implements OutputSection {

    private static final Pattern CLOSING =
            Pattern.compile("\\s*Total times\\s+cpu:\\s*(\\d+(?:\\.\\d+)?)s\\s+wall:\\s*(\\d+(?:\\.\\d+)?)s\\s*");
    private static final Pattern STEP = Pattern.compile("@ +(\\d+) .*");

    private OptionalDouble cpuSeconds = OptionalDouble.empty();
    private OptionalDouble wallSeconds = OptionalDouble.empty();
    private boolean optimized;
    private int steps;

    /** {@return whether the closing line is there} */
    public boolean closed() {
        return wallSeconds.isPresent();
    }

    /** {@return the CPU time of the first process} */
    public OptionalDouble cpuSeconds() {
        return cpuSeconds;
    }

    /** {@return the wall time as NWChem measured it} */
    public OptionalDouble wallSeconds() {
        return wallSeconds;
    }

    /** {@return whether an optimisation converged} */
    public boolean optimized() {
        return optimized;
    }

    /** {@return the number of optimisation steps} */
    public int steps() {
        return steps;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (text.startsWith("@")) {
            Matcher step = STEP.matcher(text);
            if (step.matches()) {
                steps = Fortran.whole(step.group(1), text, number);
            }
        } else if (text.contains("Optimization converged")) {
            optimized = true;
        } else if (text.contains("Total times")) {
            Matcher closing = CLOSING.matcher(text);
            if (closing.matches()) {
                cpuSeconds = OptionalDouble.of(Fortran.number(closing.group(1), text, number));
                wallSeconds = OptionalDouble.of(Fortran.number(closing.group(2), text, number));
            }
        }
    }
}
