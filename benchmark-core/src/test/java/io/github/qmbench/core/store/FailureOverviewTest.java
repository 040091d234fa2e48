package io.github.qmbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureOverviewTest {

    private static FailureOverview.Failed failed(String subject, String functional, String solvent, String kind) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("functional", functional);
        parameters.put("solvent", solvent);
        return new FailureOverview.Failed(
                Calculation.of(subject, parameters), CalculationFailure.of(kind).because("it did not work"));
    }

    private final FailureOverview overview = FailureOverview.of(List.of(
            failed("a", "B3LYP", "DMSO", "memory"),
            failed("b", "WP04", "DMSO", "scf"),
            failed("b", "B3LYP", "DMSO", "scf"),
            failed("b", "M06", "DMSO", "scf")));

    @Test
    void groupsAreByKindTheLargestFirstWithWhatTheyShare() {
        assertThat(overview.groups()).extracting(FailureOverview.Group::kind).containsExactly("scf", "memory");
        FailureOverview.Group scf = overview.groups().get(0);
        assertThat(scf.failed()).isEqualTo(overview.all().subList(1, 4));
        assertThat(scf.shared()).isEqualTo(Map.of(FailureOverview.SUBJECT, "b", "solvent", "DMSO"));
        assertThat(overview.groups().get(1).shared()).containsEntry("functional", "B3LYP");
        assertThat(overview.shared()).isEqualTo(Map.of("solvent", "DMSO"));
    }

    @Test
    void countsAreByValueTheMostFirstAndTheSubjectComesLast() {
        assertThat(overview.counts().keySet()).containsExactly("functional", "solvent", FailureOverview.SUBJECT);
        assertThat(overview.counts().get("functional").entrySet())
                .containsExactly(Map.entry("B3LYP", 2), Map.entry("WP04", 1), Map.entry("M06", 1));
        assertThat(overview.counts().get("solvent")).isEqualTo(Map.of("DMSO", 4));
        assertThat(overview.counts().get(FailureOverview.SUBJECT).entrySet())
                .containsExactly(Map.entry("b", 3), Map.entry("a", 1));
    }

    @Test
    void ofTheEvidenceOnlyTheRemedyStays() {
        CalculationFailure failure = CalculationFailure.of("scf")
                .because("no convergence")
                .withEvidence(Map.of(CalculationFailure.REMEDY, "try a level shift", "output", "long"));

        assertThat(FailureOverview.Failed.of(record(CalculationOutcome.failed(failure))))
                .hasValueSatisfying(one -> {
                    assertThat(one.failure().kind()).isEqualTo("scf");
                    assertThat(one.failure().evidence())
                            .isEqualTo(Map.of(CalculationFailure.REMEDY, "try a level shift"));
                });
        assertThat(FailureOverview.Failed.of(record(CalculationOutcome.complete(Map.of()))))
                .isEmpty();
    }

    private static JournalRecord record(CalculationOutcome outcome) {
        return JournalRecord.of(
                Calculation.of("a", Map.of()),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                outcome,
                Fingerprint.of(Map.of()));
    }
}
