package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The results that stand in a run directory. They stay in the journal: of each only the place is kept, eight bytes. */
final class JournalResults implements ResultsByMethod {

    private static final long NONE = -1;

    private final RecordedRun run;
    private final Map<String, Integer> molecules = new LinkedHashMap<>(); // their places in the data set
    private final Map<Method, long[]> offsets = new LinkedHashMap<>(); // by the molecule's place
    private final Set<String> unknown = new TreeSet<>();

    JournalResults(DataSet dataSet, RecordedRun run, Predicate<Calculation> which, Predicate<ShieldingResult> wanted)
            throws IOException {
        this.run = run;
        dataSet.ids().forEach(id -> molecules.put(id, molecules.size()));
        run.forEachStanding((record, offset) -> {
            if (which.test(record.calculation())) {
                ShieldingResult.of(record).filter(wanted).ifPresent(result -> add(result, offset));
            }
        });
    }

    private void add(ShieldingResult result, long offset) {
        Integer molecule = molecules.get(result.moleculeId());
        if (molecule == null) {
            unknown.add(result.moleculeId());
        } else {
            offsets.computeIfAbsent(result.method(), method -> nowhere())[molecule] = offset;
        }
    }

    private long[] nowhere() {
        long[] nowhere = new long[molecules.size()];
        Arrays.fill(nowhere, NONE);
        return nowhere;
    }

    @Override
    public Collection<Method> methods() {
        return offsets.keySet();
    }

    @Override
    public Map<String, ShieldingResult> of(Method method) throws IOException {
        Map<String, ShieldingResult> results = new LinkedHashMap<>();
        long[] places = LongStream.of(offsets.getOrDefault(method, new long[0]))
                .filter(offset -> offset != NONE)
                .sorted()
                .toArray();
        try (JournalReader records = run.reader()) {
            for (long place : places) {
                ShieldingResult result = ShieldingResult.of(records.at(place)).orElseThrow();
                results.put(result.moleculeId(), result);
            }
        }
        return results;
    }

    @Override
    public List<String> unknownMolecules() {
        return List.copyOf(unknown);
    }
}
