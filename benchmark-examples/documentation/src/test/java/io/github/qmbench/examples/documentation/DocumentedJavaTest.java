package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java in README and docs compiles, and whole programs in it run. Classes of one page see each other. Lines outside of a
 * class are put into a method with what a comment above them declares; a class of this repository stands as it is.
 */
class DocumentedJavaTest {

    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)");

    private static final String IMPORTS = """
            import io.github.qmbench.core.*;
            import io.github.qmbench.core.estimate.*;
            import io.github.qmbench.core.plugin.*;
            import io.github.qmbench.core.process.*;
            import io.github.qmbench.core.store.*;
            import io.github.qmbench.nmr.*;
            import io.github.qmbench.nmr.analysis.*;
            import io.github.qmbench.nmr.report.*;
            import io.github.qmbench.nwchem.*;
            import io.github.qmbench.slurm.*;
            import io.github.qmbench.testkit.*;
            import java.io.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import java.util.stream.*;
            import org.junit.jupiter.api.*;
            import io.github.qmbench.nwchem.theory.Method;
            """;

    @TempDir
    Path directory;

    @Test
    void compiles() throws IOException {
        Map<Path, List<MarkdownBlock>> pages = MarkdownBlock.all("java").stream()
                .collect(Collectors.groupingBy(MarkdownBlock::file, LinkedHashMap::new, Collectors.toList()));

        assertThat(pages).hasSizeGreaterThan(3);
        assertThat(pages.values()).allSatisfy(blocks -> {
            Path sources = Files.createTempDirectory(directory, "page");
            compile(blocks.get(0).file(), write(blocks, sources), sources);
        });
    }

    @Test
    void programsRunAndRunAgainWithTheSameOutput() throws Exception {
        List<MarkdownBlock> programs = MarkdownBlock.all("java").stream()
                .filter(block -> block.text().contains("public static void main("))
                .toList();

        assertThat(programs).isNotEmpty();
        for (MarkdownBlock program : programs) {
            Path place = Files.createTempDirectory(directory, "program");
            compile(program.file(), write(List.of(program), place), place);
            String first = run(program, place);
            assertThat(first).as(program.toString()).isNotBlank();
            assertThat(run(program, place)).isEqualTo(first);
        }
    }

    @Test
    void aClassOfTheExamplesStandsAsItIs() throws IOException {
        List<MarkdownBlock> shown = MarkdownBlock.all("java").stream()
                .filter(block -> block.text().startsWith("package io.github.qmbench.examples."))
                .toList();

        assertThat(shown).isNotEmpty();
        for (MarkdownBlock block : shown) {
            String packageName =
                    block.text().substring("package ".length(), block.text().indexOf(';'));
            String example = packageName.substring(packageName.lastIndexOf('.') + 1);
            Path source =
                    Path.of("..", example, "src/main/java", packageName.replace('.', '/'), typeIn(block) + ".java");
            assertThat(block.text()).as(block.toString()).isEqualTo(Files.readString(source));
        }
    }

    private static List<Path> write(List<MarkdownBlock> blocks, Path sources) throws IOException {
        Files.createDirectories(sources);
        List<Path> files = new ArrayList<>();
        for (MarkdownBlock block : blocks) {
            if (block.text().startsWith("package io.github.qmbench.examples.")) {
                continue;
            }
            boolean whole = TYPE.matcher(block.text()).find();
            String name = whole ? typeIn(block) : "Lines" + block.line();
            Path file = sources.resolve(name + ".java");
            Files.writeString(file, whole ? wholeFile(block) : method(name, block));
            files.add(file);
        }
        return files;
    }

    private static String wholeFile(MarkdownBlock block) {
        return block.text().startsWith("import ") ? block.text() : IMPORTS + block.text();
    }

    private static String method(String name, MarkdownBlock block) {
        return IMPORTS + "class " + name + " { static void lines(" + block.given() + ") throws Exception {\n"
                + block.text() + "} }\n";
    }

    private static String typeIn(MarkdownBlock block) {
        Matcher matcher = TYPE.matcher(block.text());
        assertThat(matcher.find()).as(block.toString()).isTrue();
        return matcher.group(1);
    }

    private static void compile(Path page, List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
            boolean good = sources.isEmpty()
                    || compiler.getTask(
                                    null,
                                    files,
                                    problems,
                                    List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources))
                            .call();
            assertThat(good).as(page + ": " + problems.getDiagnostics()).isTrue();
        }
    }

    private String run(MarkdownBlock program, Path place) throws IOException, InterruptedException {
        Path said = place.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        place + java.io.File.pathSeparator + classPath(),
                        typeIn(program))
                .directory(place.toFile())
                .redirectOutput(said.toFile())
                .redirectError(place.resolve("err.txt").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(program + ": " + Files.readString(place.resolve("err.txt")))
                .isZero();
        return Files.readString(said);
    }

    /** All that the tests see, with paths that hold in any directory. */
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
