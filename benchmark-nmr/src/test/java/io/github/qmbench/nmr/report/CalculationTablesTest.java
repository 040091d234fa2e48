package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.nmr.DataSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalculationTablesTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void withMoreThanSixConditionsTimesAreShownByShadeAlone() {
        assertThat(tables(conditions(6)).matrix()).startsWith("<div class=\"scroll matrix\" tabindex");
        assertThat(tables(conditions(7)).matrix()).startsWith("<div class=\"scroll matrix many\" tabindex");
    }

    @Test
    void aCellHasStateTimeShadeAndTitle() {
        assertThat(tables(List.of(
                                done("compound_02", "B", 100),
                                done("x<y", "A", 1),
                                done("compound_02", "A", 10),
                                TaskRow.running(calculation("x<y", "B"), START),
                                failed("z", "A", "scf", "no convergence", 4),
                                TaskRow.waiting(calculation("z", "B"))))
                        .matrix())
                .endsWith("""
                <thead><tr><th scope="col" class="name">Molecule</th><th scope="col"><span>B</span></th>\
                <th scope="col"><span>A</span></th></tr></thead>
                <tbody>
                <tr><th scope="row" class="name" title="compound_02">NAME</th>\
                <td class="done s9" title="NAME, B: done, 100 s"><span aria-hidden="true">100 s</span>\
                <span class="hidden">done, 100 s</span></td>\
                <td class="done s5" title="NAME, A: done, 10 s"><span aria-hidden="true">10 s</span>\
                <span class="hidden">done, 10 s</span></td></tr>
                <tr><th scope="row" class="name" title="x&lt;y">x&lt;y</th>\
                <td class="running" title="x&lt;y, B: running"><span aria-hidden="true">▸</span>\
                <span class="hidden">running</span></td>\
                <td class="done s0" title="x&lt;y, A: done, 1.0 s"><span aria-hidden="true">1.0 s</span>\
                <span class="hidden">done, 1.0 s</span></td></tr>
                <tr><th scope="row" class="name" title="z">z</th>\
                <td class="waiting" title="z, B: waiting"><span aria-hidden="true"></span>\
                <span class="hidden">waiting</span></td>\
                <td class="failed" title="z, A: failed, 4.0 s. no convergence"><span aria-hidden="true">×</span>\
                <span class="hidden">failed, 4.0 s</span></td></tr>
                </tbody></table></div>""".replace(
                        "NAME",
                        DataSet.delta50().molecule("compound_02").orElseThrow().name()));
    }

    @Test
    void theMostFrequentKindOfFailureIsFirst() {
        assertThat(tables(List.of(
                                failed("m1", "A", "memory", "too <little>", 1),
                                failed("m2", "A", "scf", "no convergence", 2),
                                done("m3", "A", 5),
                                failed("m2", "B", "scf", "still none", 3)))
                        .failures())
                .isEqualTo("""
                <ul>
                <li><details><summary><b>2</b> scf <small>m2</small></summary><ul>
                <li>m2, A: no convergence</li>
                <li>m2, B: still none</li>
                </ul></details></li>
                <li><details><summary><b>1</b> memory <small>m1</small></summary><ul>
                <li>m1, A: too &lt;little&gt;</li>
                </ul></details></li>
                </ul>""");
        assertThat(tables(List.of(done("m3", "A", 5))).failures()).isEqualTo("<p class=\"lede\">None.</p>");
    }

    @Test
    void drawsTwentyThousandCalculationsAndNoMore() {
        TaskRow waiting = TaskRow.waiting(calculation("m", "A"));

        CalculationTables most = tables(Collections.nCopies(20_000, waiting));
        assertThat(most.tooMany()).isEmpty();
        assertThat(most.matrix()).endsWith("</tbody></table></div>");
        CalculationTables tooMany = tables(Collections.nCopies(20_001, waiting));
        assertThat(tooMany.tooMany()).isEqualTo("These are too many calculations to draw each of them.");
        assertThat(tooMany.matrix()).isEmpty();
    }

    private static List<TaskRow> conditions(int number) {
        return IntStream.range(0, number)
                .mapToObj(condition -> TaskRow.waiting(calculation("m", "F" + condition)))
                .toList();
    }

    private static CalculationTables tables(List<TaskRow> rows) {
        return new CalculationTables(
                new RunOverview("run", "running", "", START, Optional.empty(), rows), DataSet.delta50());
    }

    private static TaskRow done(String molecule, String functional, int seconds) {
        return row(molecule, functional, seconds, CalculationOutcome.complete(Map.of()));
    }

    private static TaskRow failed(String molecule, String functional, String kind, String reason, int seconds) {
        return row(
                molecule, functional, seconds, CalculationOutcome.failed(kind).because(reason));
    }

    private static TaskRow row(String molecule, String functional, int seconds, CalculationOutcome outcome) {
        return TaskRow.of(JournalRecord.of(
                calculation(molecule, functional),
                Attempt.of(1, "run", START, START.plusSeconds(seconds), Duration.ofSeconds(seconds)),
                outcome,
                Fingerprint.EMPTY));
    }

    private static Calculation calculation(String molecule, String functional) {
        return Calculation.of(molecule, Map.of("functional", functional));
    }
}
