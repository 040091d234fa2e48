package io.github.qmbench.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the module's code that a compiler does not see. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(java.nio.file.Path.of(mainClasses()));

    private static String mainClasses() {
        return java.nio.file.Path.of(System.getProperty("basedir", ""), "target", "classes")
                .toString();
    }

    @Test
    void theRulesSeeTheWholeModule() {
        assertThat(CORE.size()).isGreaterThan(80);
    }

    @Test
    void coreDependsOnNothingButTheJdkJacksonAndSlf4j() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.qmbench.core..",
                        "java..",
                        "com.fasterxml.jackson.core..",
                        "org.slf4j..",
                        "org.jspecify.annotations.." // annotations, which need not be there at run time
                        )
                .check(CORE);
    }

    @Test
    void onlyTheJsonPackageAndThoseThatReadKnowJackson() {
        noClasses()
                .that()
                .resideInAPackage("io.github.qmbench.core")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("com\\.fasterxml\\.jackson\\.core\\.(JsonFactory|JsonGenerator|JsonParser).*")
                .check(CORE);
    }

    /**
     * The root holds the words that all share, and the engine; what it uses knows its words, as in failsafe. The arrows
     * between the other packages go one way.
     */
    @Test
    void packagesBesideTheRootUseEachOtherInOneDirectionOnly() {
        mayUse("json");
        mayUse("process", "internal", "json");
        mayUse("estimate", "internal");
        mayUse("plugin", "internal", "json", "process", "estimate", "store");
        mayUse("store", "internal", "json");
        mayUse("internal", "store", "process", "json");
    }

    private static void mayUse(String name, String... others) {
        String root = "io.github.qmbench.core";
        List<String> allowed = new ArrayList<>(List.of(root, root + "." + name, "java..", "com.fasterxml..", "org.."));
        for (String other : others) {
            allowed.add(root + "." + other);
        }
        classes()
                .that()
                .resideInAPackage(root + "." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void thePackageThatAnEmbedderOpensFirstIsSmall() {
        assertThat(CORE.stream()
                        .filter(type -> type.getPackageName().equals("io.github.qmbench.core"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getName().contains("$"))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info")))
                .hasSizeBetween(25, 40);
    }

    @Test
    void coreSpeaksNoCommandLine() throws IOException {
        int strings = 0;
        for (Path file : classFiles()) {
            List<String> own = strings(file);
            strings += own.size();
            assertThat(own)
                    .as("options of the command line in %s", file)
                    .noneMatch(text -> text.matches("(?s).*--([a-z\\x01].*)?")); // \\x01 stands for a value
        }
        assertThat(strings).isGreaterThan(500);
    }

    /** The string constants of a class file: each is an index into the texts of its table of constants (JVMS 4.4). */
    private static List<String> strings(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            Map<Integer, String> texts = new TreeMap<>();
            List<Integer> strings = new ArrayList<>();
            for (int index = 1; index < count; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.put(index, in.readUTF());
                    case 8 -> strings.add(in.readUnsignedShort());
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        index++; // these take two places
                    }
                    default -> throw new IOException(file + " has a constant of kind " + tag);
                }
            }
            return strings.stream().map(texts::get).toList();
        }
    }

    private static List<Path> classFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(mainClasses()))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    @Test
    void noClassOfTheEngineIsLong() throws IOException {
        for (Path file : sources()) {
            assertThat(Files.readAllLines(file).size()).as("lines of %s", file).isLessThanOrEqualTo(450);
        }
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of(System.getProperty("basedir", ""), "src", "main", "java");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(all).hasSizeGreaterThan(80);
            return all;
        }
    }

    @Test
    void nothingWritesToStandardStreamsOrEndsTheProcess() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CORE);
        noClasses().should().callMethod(Runtime.class, "halt", int.class).check(CORE);
    }

    @Test
    void nothingTakesTheTimeWhereItCouldBeAskedFor() {
        noClasses()
                .that()
                .doNotHaveSimpleName("JournalRepair") // the moment that names the holder of the lock
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CORE);
    }
}
