package io.github.qmbench.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No module makes a collection whose order may differ between two processes: it would show in a file, a message or a
 * digest one day. {@code LinkedHashMap}, {@code TreeMap} and {@code EnumMap} have an order.
 */
class OrderOfCollectionsTest {

    /** Classes that may, because they never go through theirs. */
    private static final Map<String, String> ALLOWED = Map.of(
            "io.github.qmbench.core.RunLock", "a lookup by path, used by all threads",
            "io.github.qmbench.nmr.analysis.LineFit", "a cache, used by all threads",
            "io.github.qmbench.nwchem.BasisLibrary", "a cache, used by all threads",
            "io.github.qmbench.nwchem.BasisSize", "a cache, used by all threads");

    private static final List<Class<?>> WITHOUT_ORDER =
            List.of(HashMap.class, HashSet.class, IdentityHashMap.class, WeakHashMap.class, ConcurrentHashMap.class);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Stream.of("core", "nmr", "nwchem", "slurm", "cli", "testkit")
                    .map(module -> Path.of("../benchmark-" + module + "/target/classes"))
                    .toList());

    @Test
    void everyModuleIsSeen() {
        assertThat(CLASSES.size()).isGreaterThan(400);
        assertThat(ALLOWED.keySet()).allMatch(CLASSES::contain);
        assertThat(CLASSES.get(ALLOWED.keySet().iterator().next()).getPackageName())
                .startsWith("io.github.qmbench");
    }

    @Test
    void noCollectionWithoutAnOrderIsMade() {
        noClasses()
                .that(DescribedPredicate.describe("are not on the list", type -> !isAllowed(type)))
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "its collection has no order", OrderOfCollectionsTest::makesOneWithoutOrder))
                .check(CLASSES);
    }

    private static boolean isAllowed(JavaClass type) {
        return ALLOWED.containsKey(type.getName().replaceFirst("\\$.*", ""));
    }

    private static boolean makesOneWithoutOrder(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getTarget().getName();
        int parameters = call.getTarget().getRawParameterTypes().size();
        if (owner.isEquivalentTo(Map.class)) {
            return name.equals("of") && parameters > 2 || name.equals("ofEntries") || name.equals("copyOf");
        }
        if (owner.isEquivalentTo(Set.class)) {
            return name.equals("of") && !isOfAtMostOne(call) || name.equals("copyOf");
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
    private static boolean isOfAtMostOne(JavaCall<?> call) {
        List<JavaClass> types = call.getTarget().getRawParameterTypes();
        return types.isEmpty() || types.size() == 1 && !types.get(0).isArray();
    }
}
