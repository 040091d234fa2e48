package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the modules offer to others is listed in {@code docs/api}, so that no change to it goes unnoticed. With
 * {@code -Dapi.write=true} the listings are written anew.
 */
class ApiListingTest {

    private static final String REWRITE = "mvn -q -pl benchmark-cli -am test -Dtest=ApiListingTest -Dapi.write=true"
            + " -Dsurefire.failIfNoSpecifiedTests=false";

    private static final List<String> OF_EVERY_OBJECT = List.of("equals", "hashCode", "toString");

    @ParameterizedTest
    @ValueSource(strings = {"core", "testkit", "nmr", "nwchem", "slurm"})
    void isAsListed(String module) throws Exception {
        Path file = Path.of("../docs/api/benchmark-" + module + ".txt");
        List<String> api = listing(module);
        assertThat(api).hasSizeGreaterThan(10);
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(file.getParent());
            Files.write(file, api);
        }
        assertThat(Files.readAllLines(file))
                .as("the API of benchmark-%s has changed; if that is meant, run: %s", module, REWRITE)
                .isEqualTo(api);
    }

    private static List<String> listing(String module) throws Exception {
        Path classes = Path.of("../benchmark-" + module + "/target/classes");
        ModuleDescriptor descriptor =
                ModuleFinder.of(classes).findAll().iterator().next().descriptor();
        List<String> lines = new ArrayList<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ApiListingTest.class.getClassLoader())) {
            List<String> packages = descriptor.exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .sorted()
                    .toList();
            for (String name : packages) {
                for (String className : classNames(classes, name)) {
                    list(Class.forName(className, false, loader), lines);
                }
            }
        }
        return lines;
    }

    private static List<String> classNames(Path classes, String packageName) throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .map(name -> packageName + "." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    private static void list(Class<?> type, List<String> lines) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!isOpen(outer.getModifiers()) || outer.isAnonymousClass()) {
                return;
            }
        }
        lines.add(head(type) + parents(type));
        TreeSet<String> members = new TreeSet<>();
        Stream.of(type.getDeclaredFields())
                .filter(ApiListingTest::isOffered)
                .forEach(field -> members.add("    " + field.toGenericString()));
        Stream.of(type.getDeclaredConstructors())
                .filter(ApiListingTest::isOffered)
                .forEach(constructor -> members.add("    " + constructor.toGenericString()));
        Stream.of(type.getDeclaredMethods())
                .filter(ApiListingTest::isOffered)
                .forEach(method -> members.add("    " + method.toGenericString()));
        lines.addAll(members);
    }

    /** Which Java looks makes no difference: later ones than 17 say by themselves that a type is sealed. */
    private static String head(Class<?> type) {
        String head = type.toGenericString().replaceFirst("\\b(non-)?sealed ", "");
        return type.isSealed() ? "sealed " + head : head;
    }

    private static String parents(Class<?> type) {
        List<String> parents = new ArrayList<>();
        if (type.getSuperclass() != null
                && !List.of(Object.class, Record.class, Enum.class).contains(type.getSuperclass())) {
            parents.add(type.getGenericSuperclass().getTypeName());
        }
        Arrays.stream(type.getGenericInterfaces()).forEach(parent -> parents.add(parent.getTypeName()));
        return parents.isEmpty() ? "" : " : " + String.join(", ", parents);
    }

    private static boolean isOffered(Member member) {
        return isOpen(member.getModifiers()) && !member.isSynthetic() && !OF_EVERY_OBJECT.contains(member.getName());
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
