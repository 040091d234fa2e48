package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.ReuseTest.Numbers;
import io.github.qmbench.core.RunPlan.Action;
import io.github.qmbench.core.harness.GeneratedJournal;
import io.github.qmbench.core.harness.Torture;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws 9 and 12 across directories: what is merged from others is what one run would have given, and nothing else. */
class ReuseLawTest {

    private static final CalculationMatrix MATRIX = ReuseTest.MATRIX;

    @Provide
    Arbitrary<GeneratedJournal> journals() {
        return GeneratedJournal.any();
    }

    @Provide
    Arbitrary<List<GeneratedJournal>> manyJournals() {
        return GeneratedJournal.any().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> settings() {
        return Arbitraries.of("A", "B");
    }

    /** A shard: places of the matrix, and whether its run goes on while it is merged. */
    record Shard(List<Integer> places, boolean isTorn) {}

    @Provide
    Arbitrary<List<Shard>> shards() {
        Arbitrary<List<Integer>> places =
                Arbitraries.integers().between(0, MATRIX.size() - 1).list().uniqueElements();
        return Combinators.combine(places, Arbitraries.of(true, false))
                .as(Shard::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 40)
    @Label("12. Whatever lies in other directories, what stands is the run's own, or the first one's with its settings")
    void adoptsWhatTheRuleSays(
            @ForAll("journals") GeneratedJournal here,
            @ForAll("manyJournals") List<GeneratedJournal> there,
            @ForAll("settings") String settings,
            @ForAll boolean rerunStale)
            throws Exception {
        RunDirectory own = here.write();
        List<RunDirectory> sources = new ArrayList<>();
        try {
            for (GeneratedJournal journal : there) {
                sources.add(journal.write());
            }
            Path[] paths = sources.stream().map(RunDirectory::path).toArray(Path[]::new);
            Map<Calculation, JournalRecord> adopted = new HashMap<>();
            Map<Calculation, Action> expected = new HashMap<>();
            for (Calculation calculation : MATRIX) {
                Optional<JournalRecord> first = Optional.empty();
                if (here.adoptable(calculation, settings).isEmpty()) {
                    for (int i = 0; i < paths.length && first.isEmpty(); i++) {
                        String directory = paths[i].toString();
                        first = there.get(i)
                                .adoptable(calculation, settings)
                                .map(record -> record.from(directory).adopted(here.attempts(calculation) + 1, ""));
                    }
                }
                first.ifPresent(record -> adopted.put(calculation, record));
                expected.put(
                        calculation,
                        adopted.containsKey(calculation) ? Action.ADOPT : here.action(calculation, settings));
            }
            Numbers backend = new Numbers(settings);
            BenchmarkRunner.Builder builder = ReuseTest.runner(own.path(), MATRIX, backend)
                    .reuseFrom(paths)
                    .rerunStale(rerunStale);

            Map<Calculation, Action> planned = new HashMap<>();
            builder.build().plan().forEach(entry -> planned.put(entry.calculation(), entry.action()));
            assertThat(planned).isEqualTo(expected);
            if (expected.containsValue(Action.STALE) && !rerunStale) {
                assertThatThrownBy(() -> builder.build().run()).isInstanceOf(StaleResultsException.class);
                return;
            }
            RunOutcome outcome = builder.build().run();

            assertThat(backend.calculated())
                    .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                            .filter(entry -> !List.of(Action.DONE, Action.ADOPT).contains(entry.getValue()))
                            .map(Map.Entry::getKey)
                            .toList());
            Map<Calculation, JournalRecord> standing = standing(own);
            assertThat(standing.values())
                    .hasSize(MATRIX.size())
                    .allMatch(JournalRecord::isComplete)
                    .extracting(JournalRecord::fingerprint)
                    .containsOnly(GeneratedJournal.fingerprint(settings));
            adopted.forEach((calculation, record) -> {
                JournalRecord stands = standing.get(calculation);
                assertThat(stands.outcome()).isEqualTo(record.outcome());
                assertThat(stands.attempt().number()).isEqualTo(record.attempt().number());
                assertThat(stands.attempt().origin()).isEqualTo(record.attempt().origin());
                assertThat(stands.attempt().runId())
                        .isEqualTo(outcome.results().status().run().id());
            });
        } finally {
            Torture.delete(own.path());
            for (RunDirectory source : sources) {
                Torture.delete(source.path());
            }
        }
    }

    @Property(tries = 40)
    @Label("12. Shards that are merged in any order give what one run gives")
    void shardsGiveWhatOneRunGives(@ForAll("shards") List<Shard> shards, @ForAll boolean reversed) throws Exception {
        Path place = Files.createTempDirectory("qmbench-shards");
        try {
            List<Path> sources = new ArrayList<>();
            for (Shard shard : shards) {
                Path directory = place.resolve("shard" + sources.size());
                sources.add(reversed ? 0 : sources.size(), directory);
                run(directory, shard);
            }
            Path one = place.resolve("one");
            ReuseTest.runner(one, MATRIX, new Numbers("A")).build().run();
            Numbers backend = new Numbers("A");

            Path merged = place.resolve("merged");
            RunOutcome outcome = ReuseTest.runner(merged, MATRIX, backend)
                    .reuseFrom(sources.toArray(Path[]::new))
                    .build()
                    .run();

            assertThat(results(merged)).isEqualTo(results(one)).hasSize(MATRIX.size());
            assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
            long covered = shards.stream()
                    .flatMap(shard -> shard.places().stream())
                    .distinct()
                    .count();
            assertThat(backend.calculated()).hasSize((int) (MATRIX.size() - covered));
            if (covered == MATRIX.size()) {
                assertThat(List.copyOf(results(merged).keySet()))
                        .isEqualTo(List.copyOf(results(one).keySet()));
            }
        } finally {
            Torture.delete(place);
        }
    }

    private static void run(Path directory, Shard shard) throws IOException {
        Files.createDirectories(directory);
        Files.createFile(directory.resolve("progress.jsonl"));
        List<Calculation> only = shard.places().stream().map(MATRIX::get).toList();
        Numbers numbers = new Numbers("A");
        CalculationBackend backend = new CalculationBackend() { // fails where the shard ends, which is no result
                    @Override
                    public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                        return only.contains(calculation)
                                ? numbers.calculate(calculation, context)
                                : CalculationOutcome.failed("scf").because("did not converge");
                    }

                    @Override
                    public Fingerprint fingerprint(Calculation calculation) {
                        return numbers.fingerprint(calculation);
                    }
                };
        ReuseTest.runner(directory, MATRIX, backend).build().run();
        if (shard.isTorn()) {
            Files.writeString(
                    directory.resolve("progress.jsonl"), "{\"task_id\":\"c", java.nio.file.StandardOpenOption.APPEND);
        }
    }

    private static Map<Calculation, JournalRecord> standing(RunDirectory directory) throws IOException {
        Map<Calculation, JournalRecord> standing = new LinkedHashMap<>();
        RecordedRun.open(directory).forEachStanding(record -> standing.put(record.calculation(), record));
        return standing;
    }

    /** What stands, but for attempts and times. */
    private static Map<Calculation, List<Object>> results(Path directory) throws IOException {
        Map<Calculation, List<Object>> results = new LinkedHashMap<>();
        standing(RunDirectory.of(directory))
                .forEach((calculation, record) ->
                        results.put(calculation, List.of(record.outcome(), record.fingerprint())));
        return results;
    }
}
