package io.github.qmbench.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules between the modules, read from the class files of all that this one is built on. */
class ModuleRulesTest {

    private static JavaClasses classes;

    @BeforeAll
    static void readsClasses() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> paths = modules.filter(
                            module -> module.getFileName().toString().startsWith("benchmark-"))
                    .map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
            classes = new ClassFileImporter().importPaths(paths);
        }
    }

    @ParameterizedTest
    @CsvSource({"core, 50", "nmr, 30", "nwchem, 40", "cli, 40"})
    void seesTheClassesOfEachModule(String module, int atLeast) {
        assertThat(classes.stream().filter(resideInAnyPackage("io.github.qmbench." + module + "..")))
                .hasSizeGreaterThan(atLeast);
    }

    @ParameterizedTest
    @CsvSource({
        "core, testkit nmr nwchem slurm cli examples",
        "nmr, nwchem slurm cli examples",
        "nwchem, slurm cli examples",
        "slurm, nmr nwchem cli examples",
        "testkit, nmr nwchem slurm cli examples",
        "examples, nwchem slurm cli"
    })
    void arrowsPointOneWayOnly(String module, String forbidden) {
        String[] packages = Stream.of(forbidden.split(" "))
                .map(name -> "io.github.qmbench." + name + "..")
                .toArray(String[]::new);
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.github.qmbench." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true);
        rule.check(classes);
    }

    @Test
    void onlyTheCommandLineWritesToTheScreenOrEndsTheProcess() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("io.github.qmbench.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace");
        rule.check(classes);
    }

    @Test
    void onlyTheListsOfWhatCanBeChosenKnowNwchem() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.github.qmbench.cli..")
                .and()
                .doNotHaveSimpleName("ListCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.qmbench.nwchem..");
        rule.check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.qmbench.(**)")
                .should()
                .beFreeOfCycles()
                // The root of core holds the words that all its packages share: core's own rules say who may use whom.
                .ignoreDependency(resideInAPackage("..core.."), resideInAPackage("..core.."))
                .check(classes);
    }

    @Test
    void noNameSaysNothing() {
        assertThat(classes.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(".*(Util|Utils|Helper|Manager|Impl)"));
    }
}
