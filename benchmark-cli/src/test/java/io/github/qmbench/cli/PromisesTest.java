package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.PromisedSentences.Sentence;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every sentence of a page of promises has a test of the packaged program, or stands in its list of what has none. */
class PromisesTest {

    private static final Path SOURCES = Path.of("src/test/java");
    private static final String NOT_TESTED = "Not tested here";

    /** Sections of pages that promise nothing, or describe the tests themselves. */
    private static final List<String> WITHOUT_PROMISES =
            List.of("Reliability", "What is not promised", "The torture", NOT_TESTED);

    /** A sentence that a test names, and where the test stands. */
    private record Named(Promise promise, String begin, Method test, String file, int place) {

        boolean isOf(Sentence sentence) {
            return promise.section().equals(sentence.section())
                    && sentence.text().startsWith(begin);
        }

        @Override
        public String toString() {
            return file + " " + test.getName() + ": " + promise.section() + ": " + begin;
        }
    }

    @ParameterizedTest
    @EnumSource(Promise.Page.class)
    void everySentenceHasItsTestOrIsListedAsNotTested(Promise.Page page) throws Exception {
        List<Sentence> all = PromisedSentences.of(Path.of("../docs", page.file));
        List<Sentence> notTested = all.stream()
                .filter(one -> one.inTable() && one.section().equals(NOT_TESTED))
                .toList();
        List<Sentence> promises = all.stream()
                .filter(one -> !WITHOUT_PROMISES.contains(one.section()))
                .toList();
        List<Named> named = named(page);

        assertThat(promises).hasSizeGreaterThan(60);
        assertThat(promises)
                .as("sentences of %s without a test (@Promise) or a row under '%s'", page.file, NOT_TESTED)
                .filteredOn(promise -> named.stream().noneMatch(one -> one.isOf(promise)))
                .filteredOn(promise ->
                        notTested.stream().noneMatch(row -> promise.text().startsWith(row.text())))
                .extracting(Sentence::text)
                .isEmpty();
        assertThat(named)
                .as("tests that name no sentence of %s", page.file)
                .filteredOn(one -> promises.stream().noneMatch(one::isOf))
                .isEmpty();
        assertThat(notTested)
                .as("rows of '%s' that are no sentence of the page", NOT_TESTED)
                .filteredOn(row ->
                        promises.stream().noneMatch(promise -> promise.text().startsWith(row.text())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Promise.Page.class)
    void aSuiteStandsInTheOrderOfItsPage(Promise.Page page) throws Exception {
        List<Sentence> promises = PromisedSentences.of(Path.of("../docs", page.file));
        String suite = page == Promise.Page.RELIABILITY ? "ReliabilityPromisesIT" : "CommandLinePromisesIT";
        List<Named> tests = named(page).stream()
                .filter(one -> one.file().equals(suite))
                .sorted(Comparator.comparingInt(Named::place))
                .toList();
        Set<Method> seen = new LinkedHashSet<>();
        List<Integer> places = new ArrayList<>();
        for (Named test : tests) {
            if (seen.add(test.test())) {
                for (int i = 0; i < promises.size(); i++) {
                    if (test.isOf(promises.get(i))) {
                        places.add(i);
                        break;
                    }
                }
            }
        }
        assertThat(places).hasSizeGreaterThan(15).isSorted();
    }

    private static List<Named> named(Promise.Page page) throws IOException, ClassNotFoundException {
        List<Named> named = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            files = sources.filter(file -> file.toString().endsWith("IT.java"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String source = Files.readString(file);
            String name = file.getFileName().toString().replace(".java", "");
            Class<?> suite = Class.forName("io.github.qmbench.cli." + name);
            for (Method test : suite.getDeclaredMethods()) {
                int place = source.indexOf("void " + test.getName() + "(");
                for (Promise promise : test.getAnnotationsByType(Promise.class)) {
                    if (promise.page() == page) {
                        Arrays.stream(promise.value())
                                .forEach(begin -> named.add(new Named(promise, begin, test, name, place)));
                    }
                }
            }
        }
        return named;
    }
}
