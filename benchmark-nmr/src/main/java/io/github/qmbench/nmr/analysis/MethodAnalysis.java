package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fits of one method, with the molecules behind them. Immutable.
 *
 * @param method functional, basis set and solvent
 * @param conditions what all its results have in common, by name: program, grid and the like
 * @param coverage the molecules that have results, and those that lack them
 * @param fits at most one for each nucleus
 * @param refusals the reasons for the nuclei without a fit
 * @param warnings measured shifts that seem to be assigned to the wrong atom
 * @param notes sentences about the fits: another solvent than the shifts were measured in, a group of atoms whose
 *     predicted shifts spread widely
 */
public record MethodAnalysis(
        Method method,
        Map<String, String> conditions,
        Coverage coverage,
        List<ScalingFit> fits,
        List<FitRefusal> refusals,
        List<AssignmentWarning> warnings,
        List<String> notes) {

    /**
     * Checks the components.
     *
     * @param method functional, basis set and solvent
     * @param conditions what all its results have in common, by name: program, grid and the like
     * @param coverage the molecules that have results, and those that lack them
     * @param fits at most one for each nucleus
     * @param refusals the reasons for the nuclei without a fit
     * @param warnings measured shifts that seem to be assigned to the wrong atom
     * @param notes sentences about the fits: another solvent than the shifts were measured in, a group of atoms whose
     *     predicted shifts spread widely
     */
    public MethodAnalysis {
        Objects.requireNonNull(method, "method");
        conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
        Objects.requireNonNull(coverage, "coverage");
        fits = List.copyOf(fits);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * {@return the fit for a nucleus; empty when it was refused}
     *
     * @param nucleus whose shifts were fitted
     */
    public Optional<ScalingFit> fit(Nucleus nucleus) {
        return fits.stream().filter(fit -> fit.key().nucleus() == nucleus).findFirst();
    }
}
