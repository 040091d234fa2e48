package io.github.qmbench.nwchem;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a recovery has changed in a calculation so far; nothing of it changes the converged result. Immutable.
 *
 * @param noAutoz optimise in Cartesian coordinates
 * @param direct calculate integrals again in each iteration
 * @param iterationFactor times as many SCF iterations as set
 * @param stepFactor times as many optimisation steps as set
 * @param memoryFactor times as much memory as set
 * @param scfDirectives further lines of the {@code dft} block
 */
record Tuning(
        boolean noAutoz,
        boolean direct,
        int iterationFactor,
        int stepFactor,
        int memoryFactor,
        List<String> scfDirectives) {

    static final Tuning NONE = new Tuning(false, false, 1, 1, 1, List.of());

    Tuning {
        scfDirectives = List.copyOf(scfDirectives);
    }

    Tuning withNoAutoz() {
        return new Tuning(true, direct, iterationFactor, stepFactor, memoryFactor, scfDirectives);
    }

    Tuning withDirect() {
        return new Tuning(noAutoz, true, iterationFactor, stepFactor, memoryFactor, scfDirectives);
    }

    Tuning withIterations(int factor) {
        return new Tuning(noAutoz, direct, factor, stepFactor, memoryFactor, scfDirectives);
    }

    Tuning withSteps(int factor) {
        return new Tuning(noAutoz, direct, iterationFactor, factor, memoryFactor, scfDirectives);
    }

    Tuning withMemory(int factor) {
        return new Tuning(noAutoz, direct, iterationFactor, stepFactor, factor, scfDirectives);
    }

    Tuning withScfDirective(String line) {
        List<String> lines = new ArrayList<>(scfDirectives);
        lines.add(Objects.requireNonNull(line, "line"));
        return new Tuning(noAutoz, direct, iterationFactor, stepFactor, memoryFactor, lines);
    }
}
