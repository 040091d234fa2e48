package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Results in memory. */
final class HeldResults implements ResultsByMethod {

    private final Map<Method, Map<String, ShieldingResult>> byMethod = new LinkedHashMap<>();
    private final Set<String> unknown = new TreeSet<>();

    HeldResults(DataSet dataSet, Stream<ShieldingResult> results) {
        Set<String> known = new LinkedHashSet<>(dataSet.ids());
        results.forEach(result -> {
            if (known.contains(result.moleculeId())) {
                ShieldingResult other = byMethod.computeIfAbsent(result.method(), method -> new LinkedHashMap<>())
                        .put(result.moleculeId(), result);
                if (other != null) {
                    throw new IllegalArgumentException("two results of " + result.moleculeId() + " with "
                            + result.method() + "; pass only the one that counts");
                }
            } else {
                unknown.add(result.moleculeId());
            }
        });
    }

    @Override
    public Collection<Method> methods() {
        return byMethod.keySet();
    }

    @Override
    public Map<String, ShieldingResult> of(Method method) {
        return byMethod.getOrDefault(method, Map.of());
    }

    @Override
    public List<String> unknownMolecules() {
        return List.copyOf(unknown);
    }
}
