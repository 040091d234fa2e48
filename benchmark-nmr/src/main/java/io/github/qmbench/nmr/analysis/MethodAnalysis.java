package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of one method.
 *
 * @param method the method
 * @param conditions what all its results have in common, by name: program, grid and the like
 * @param coverage the molecules
 * @param fits at most one for each nucleus
 * @param refusals why a nucleus has none
 * @param warnings measured shifts that seem to stand on the wrong atom
 * @param notes what else to know about the fits, each in a sentence: another solvent than the shifts were measured in, a group
 *     of atoms whose predicted shifts spread widely
 */
public record MethodAnalysis(
        Method method,
        Map<String, String> conditions,
        Coverage coverage,
        List<ScalingFit> fits,
        List<FitRefusal> refusals,
        List<AssignmentWarning> warnings,
        List<String> notes) {

    public MethodAnalysis {
        Objects.requireNonNull(method, "method");
        conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
        Objects.requireNonNull(coverage, "coverage");
        fits = List.copyOf(fits);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /** Returns the fit for a nucleus. */
    public Optional<ScalingFit> fit(Nucleus nucleus) {
        return fits.stream().filter(fit -> fit.key().nucleus() == nucleus).findFirst();
    }
}
