package io.github.qmbench.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.qmbench.(**)").should().beFreeOfCycles().check(CORE);
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
