package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No module makes a collection whose order may differ between two processes: it would show in a file, a message or a
 * digest one day. {@code LinkedHashMap}, {@code TreeMap} and {@code EnumMap} have an order.
 */
class OrderOfCollectionsTest {

    /** Classes that may, because they never go through theirs. */
    private static final Map<String, String> ALLOWED = Map.of(
            "io.github.qmbench.core.internal.RunLock", "a lookup by path, used by all threads",
            "io.github.qmbench.nmr.analysis.LineFit", "a cache, used by all threads",
            "io.github.qmbench.nmr.analysis.MethodFit", "caches, used by all threads",
            "io.github.qmbench.nwchem.theory.BasisLibrary", "a cache, used by all threads",
            "io.github.qmbench.nwchem.theory.BasisSize", "a cache, used by all threads");

    private static final List<Class<?>> WITHOUT_ORDER =
            List.of(HashMap.class, HashSet.class, IdentityHashMap.class, WeakHashMap.class, ConcurrentHashMap.class);

    private static final List<String> MODULES = List.of("core", "nmr", "nwchem", "slurm", "cli", "testkit");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> Path.of("../benchmark-" + module + "/target/classes"))
                    .toList());

    @Test
    void everyModuleIsSeen() {
        assertThat(CLASSES.size()).isGreaterThan(400);
        assertThat(ALLOWED.keySet()).allMatch(CLASSES::contain);
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(CLASSES)
                        .anySatisfy(
                                type -> assertThat(type.getPackageName()).isEqualTo("io.github.qmbench." + module)));
    }

    @Test
    void noCollectionWithoutAnOrderIsMade() {
        List<String> found = CLASSES.stream()
                .filter(type -> !isAllowed(type))
                .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream()) // calls, and references like HashMap::new
                .filter(OrderOfCollectionsTest::makesOneWithoutOrder)
                .map(access -> access.getDescription())
                .toList();

        assertThat(found).as("take LinkedHashMap, TreeMap or List").isEmpty();
    }

    private static boolean isAllowed(JavaClass type) {
        return ALLOWED.containsKey(type.getName().replaceFirst("\\$.*", ""));
    }

    private static boolean makesOneWithoutOrder(JavaCodeUnitAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        int parameters = access.getTarget().getRawParameterTypes().size();
        if (owner.isEquivalentTo(Map.class)) {
            return name.equals("of") && parameters > 2 || name.equals("ofEntries") || name.equals("copyOf");
        }
        if (owner.isEquivalentTo(Set.class)) {
            return name.equals("of") && !isOfAtMostOne(access) || name.equals("copyOf");
        }
        if (owner.isEquivalentTo(Collectors.class)) {
            return switch (name) {
                case "toSet", "toUnmodifiableSet", "toUnmodifiableMap", "toConcurrentMap", "groupingByConcurrent" ->
                    true;
                case "toMap" -> parameters < 4;
                case "groupingBy" -> parameters < 3;
                default -> false;
            };
        }
        return name.equals("<init>") && WITHOUT_ORDER.stream().anyMatch(owner::isEquivalentTo)
                || name.equals("newKeySet");
    }

    /** {@code Set.of()} and {@code Set.of(one)}, but not {@code Set.of(array)}. */
    private static boolean isOfAtMostOne(JavaCodeUnitAccess<?> access) {
        List<JavaClass> types = access.getTarget().getRawParameterTypes();
        return types.isEmpty() || types.size() == 1 && !types.get(0).isArray();
    }
}
