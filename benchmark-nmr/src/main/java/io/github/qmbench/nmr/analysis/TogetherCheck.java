package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.internal.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether results of several run directories can stand in one analysis: all methods with the same program, grid, convergence and
 * level of the geometries, and no molecule twice with one method. A method may be spread over directories, each with other
 * molecules. Not safe for use by many threads.
 */
final class TogetherCheck {

    /** What belongs to the method or to the molecule, and so may differ. */
    private static final Set<String> FREE = new LinkedHashSet<>(
            List.of("functional", "basis", "basis_type", "solvent", "geometry", "charge", "multiplicity", "molecule"));

    private static final String ABSENT = "(not given)";
    private static final int NAMED_MOLECULES = 3;

    /** Results of one method that are in two directories. */
    private record Twice(Method method, RunDirectory first, RunDirectory second) {}

    private final DataSet dataSet;
    private final Spellings spellings = new Spellings();
    private final Map<Map<String, String>, Set<RunDirectory>> conditions = new LinkedHashMap<>();
    private final Map<Method, Map<String, RunDirectory>> places = new LinkedHashMap<>(); // by molecule
    private final Map<Twice, List<String>> twice = new LinkedHashMap<>();

    TogetherCheck(DataSet dataSet) {
        this.dataSet = dataSet;
    }

    /** Takes a result of a directory; directories come one after the other. */
    void add(RunDirectory directory, ShieldingResult result) {
        Map<String, String> own = spellings.unified(MethodResults.conditions(dataSet, result));
        own.keySet().removeAll(FREE);
        conditions.computeIfAbsent(own, first -> new LinkedHashSet<>()).add(directory);
        RunDirectory other = places.computeIfAbsent(result.method(), first -> new LinkedHashMap<>())
                .put(result.moleculeId(), directory);
        if (other != null && !other.equals(directory)) {
            twice.computeIfAbsent(new Twice(result.method(), other, directory), first -> new ArrayList<>())
                    .add(result.moleculeId());
        }
    }

    /**
     * Refuses results that do not belong together.
     *
     * @throws IllegalArgumentException with a sentence that names directories, and settings or molecules
     */
    void refuseWhatIsNotTogether() {
        Map<String, Map<String, Set<RunDirectory>>> different = different();
        if (!different.isEmpty()) {
            Map.Entry<String, Map<String, Set<RunDirectory>>> first =
                    different.entrySet().iterator().next();
            throw new IllegalArgumentException("the results of these directories were not made with the same settings: "
                    + different.entrySet().stream()
                            .map(field -> field.getKey() + " is "
                                    + field.getValue().entrySet().stream()
                                            .map(value -> value.getKey() + " in " + names(value.getValue()))
                                            .collect(Collectors.joining(" but ")))
                            .collect(Collectors.joining("; "))
                    + ". Analyze the directories one by one, or look at one setting alone, as with --only "
                    + first.getKey() + "='"
                    + first.getValue().keySet().iterator().next() + "'");
        }
        if (!twice.isEmpty()) {
            Map.Entry<Twice, List<String>> first = twice.entrySet().iterator().next();
            throw new IllegalArgumentException(first.getKey().method() + " has results of " + named(first.getValue())
                    + " both in "
                    + first.getKey().first() + " and in " + first.getKey().second()
                    + ". Leave one of the directories out; results of one method may be in several directories"
                    + " only where these have different molecules");
        }
    }

    /** The settings with more than one value, each with the directories that have it. */
    private Map<String, Map<String, Set<RunDirectory>>> different() {
        Set<String> fields = new TreeSet<>();
        conditions.keySet().forEach(one -> fields.addAll(one.keySet()));
        Map<String, Map<String, Set<RunDirectory>>> different = new TreeMap<>();
        for (String field : fields) {
            Map<String, Set<RunDirectory>> values = new LinkedHashMap<>();
            conditions.forEach((one, directories) -> values.computeIfAbsent(
                            one.getOrDefault(field, ABSENT), first -> new LinkedHashSet<>())
                    .addAll(directories));
            if (values.size() > 1) {
                different.put(field, values);
            }
        }
        return different;
    }

    private static String names(Set<RunDirectory> directories) {
        return directories.stream().map(RunDirectory::toString).collect(Collectors.joining(", "));
    }

    private static String named(List<String> molecules) {
        return molecules.size() <= NAMED_MOLECULES
                ? String.join(", ", molecules)
                : Phrases.count(molecules.size(), "molecule") + " (" + molecules.get(0) + ", ...)";
    }
}
