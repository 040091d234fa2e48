package io.github.qmbench.nmr.internal;

import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.Finding.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report on the findings about a machine, for a person and for programs. Immutable.
 *
 * @param findings in the order in which they are shown
 */
public record FindingsReport(List<Finding> findings) {

    public FindingsReport {
        findings = List.copyOf(findings);
    }

    /** {@return whether something cannot be used, so that no run can work} */
    public boolean isUnusable() {
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.UNUSABLE);
    }

    /** Returns a line for each finding, then how many there are of each verdict and what follows from them. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String mark = finding.verdict() == Verdict.UNUSABLE
                    ? "UNUSABLE"
                    : String.format(Locale.ROOT, "%-8s", word(finding.verdict()));
            lines.add(mark + "  " + Phrases.clean(finding.subject() + ": " + finding.finding())
                    + (finding.remedy().isEmpty() ? "" : " -> " + Phrases.clean(finding.remedy())));
        }
        Map<Verdict, Long> counts = findings.stream()
                .collect(Collectors.groupingBy(
                        Finding::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        lines.add(counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + word(count.getKey()))
                        .collect(Collectors.joining(", "))
                + (isUnusable() ? ": not ready to run" : ": ready to run"));
        return lines;
    }

    /** Returns the findings as JSON values. */
    public List<Map<String, Object>> json() {
        return findings.stream().map(FindingsReport::json).toList();
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", finding.subject());
        json.put("verdict", word(finding.verdict()));
        json.put("finding", finding.finding());
        json.put("remedy", finding.remedy().isEmpty() ? null : finding.remedy());
        return json;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
