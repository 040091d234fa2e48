package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The results that stand in run directories. They stay in the journals: of each only the place is kept, eight bytes. */
final class JournalResults implements ResultsByMethod {

    private static final long NONE = -1;

    /**
     * A run directory, and what is looked at in it.
     *
     * @param run the directory
     * @param which the calculations to look at
     */
    record Part(RecordedRun run, Predicate<Calculation> which) {}

    private final List<Part> parts;
    private final Map<String, Integer> molecules = new LinkedHashMap<>(); // their places in the data set
    private final Set<Method> methods = new LinkedHashSet<>();
    private final List<Map<Method, long[]>> offsets = new ArrayList<>(); // by part, by the molecule's place
    private final Set<String> unknown = new TreeSet<>();

    /**
     * Reads which results there are.
     *
     * @throws IllegalArgumentException when results of several directories cannot stand together, as {@link TogetherCheck} says
     */
    JournalResults(DataSet dataSet, List<Part> parts, Predicate<ShieldingResult> wanted) throws IOException {
        this.parts = List.copyOf(parts);
        dataSet.ids().forEach(id -> molecules.put(id, molecules.size()));
        TogetherCheck check = new TogetherCheck(dataSet);
        for (Part part : parts) {
            offsets.add(new LinkedHashMap<>());
            part.run().forEachStanding((record, offset) -> {
                if (part.which().test(record.calculation())) {
                    ShieldingResult.of(record)
                            .filter(wanted)
                            .filter(this::isKnown)
                            .ifPresent(result -> {
                                add(result, offset);
                                if (parts.size() > 1) {
                                    check.add(part.run().directory(), result);
                                }
                            });
                }
            });
        }
        check.refuseWhatIsNotTogether();
    }

    private boolean isKnown(ShieldingResult result) {
        if (!molecules.containsKey(result.moleculeId())) {
            unknown.add(result.moleculeId());
            return false;
        }
        return true;
    }

    private void add(ShieldingResult result, long offset) {
        methods.add(result.method());
        offsets.get(offsets.size() - 1)
                .computeIfAbsent(result.method(), method -> nowhere())[molecules.get(result.moleculeId())] = offset;
    }

    private long[] nowhere() {
        long[] nowhere = new long[molecules.size()];
        Arrays.fill(nowhere, NONE);
        return nowhere;
    }

    @Override
    public Collection<Method> methods() {
        return methods;
    }

    @Override
    public Map<String, ShieldingResult> of(Method method) throws IOException {
        Map<String, ShieldingResult> results = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            long[] places = LongStream.of(offsets.get(i).getOrDefault(method, new long[0]))
                    .filter(offset -> offset != NONE)
                    .sorted()
                    .toArray();
            if (places.length > 0) {
                try (JournalReader records = parts.get(i).run().reader()) {
                    for (long place : places) {
                        ShieldingResult result =
                                ShieldingResult.of(records.at(place)).orElseThrow();
                        results.put(result.moleculeId(), result);
                    }
                }
            }
        }
        return results;
    }

    @Override
    public List<String> unknownMolecules() {
        return List.copyOf(unknown);
    }
}
