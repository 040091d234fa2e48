package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.start.ClassArchiveTraining;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives of classes that {@code bin/qmbench} keeps: they are made and taken, and when one is bad nobody notices. */
class StartUpIT {

    @TempDir
    static Path temporary;

    private static Path home;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void copiesTheDistribution() throws Exception {
        home = temporary.resolve("copy");
        Path built = new Distribution(temporary).home();
        new ProcessBuilder("cp", "-R", built.toString(), home.toString())
                .start()
                .waitFor();
        run(Map.of("QMBENCH_ARCHIVE", "make"));
    }

    private static Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(temporary, "out", ".txt");
        Path err = Files.createTempFile(temporary, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/qmbench").toString())
                .directory(temporary.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", temporary.resolve("cache").toString());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Ended(exitCode, Files.readString(out), Files.readString(err));
    }

    private static Path archive(Path place, String way) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.endsWith(way + ".jsa")).findFirst().orElseThrow();
        }
    }

    /** What a command loads from elsewhere than an archive. */
    private static List<String> loadedElsewhere(String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(temporary, "classes", ".txt");
        Ended ended = run(Map.of("QMBENCH_JAVA_OPTS", "-Xlog:class+load:file=" + log), arguments);
        assertThat(ended.exitCode()).isZero();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines)
                .anyMatch(line -> line.contains("io.github.qmbench.cli.start.Main source: shared objects file"));
        return lines.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .toList();
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "Environment", value = "`QMBENCH_ARCHIVE`")
    void shortAnswersLoadEveryClassFromTheArchive() throws Exception {
        Path place = Files.createDirectory(temporary.resolve("run"));
        ClassArchiveTraining.main(new String[] {place.toString(), "short"});

        for (List<String> question : List.of(
                List.of("--help"),
                List.of("status"),
                List.of("status", "--results", place.toString()),
                List.of("status", "--json", "--results", place.toString()))) {
            assertThat(loadedElsewhere(question.toArray(String[]::new)))
                    .as("%s", question)
                    .noneMatch(line -> line.contains("source: file:"))
                    .hasSizeLessThan(10);
        }
    }

    @Test
    void otherCommandsAndPluginsStartWithTheArchiveToo() throws Exception {
        Path plugin = PluginJar.make(home.resolve("plugins/one.jar"), "One", "one");
        try {
            assertThat(loadedElsewhere("list", "backends"))
                    .noneMatch(line -> line.contains("io.github.qmbench.cli.ListCommand "))
                    .anyMatch(line -> line.contains("One source: file:"));
        } finally {
            Files.delete(plugin);
        }
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "Start-up", value = "Archives that are damaged")
    void aBadArchiveIsLeftAsideWithoutAWord() throws Exception {
        Path archive = archive(home.resolve("archive"), "short");
        byte[] good = Files.readAllBytes(archive);
        String answer = run(Map.of(), "status").out();
        Files.delete(archive); // it may be read-only
        try {
            for (byte[] bad : List.of(
                    new byte[0],
                    "no archive".repeat(100_000).getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOf(good, 100_000),
                    Arrays.copyOf(good, good.length - 1_000_000))) {
                Files.write(archive, bad, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
                assertThat(run(Map.of(), "status")).as("%d bytes", bad.length).isEqualTo(new Ended(0, answer, ""));
            }
        } finally {
            Files.write(archive, good);
        }
    }

    @Test
    void optionsOfJavaThatDoNotGoWithTheArchiveAreTaken() throws Exception {
        String answer = run(Map.of(), "status").out();

        for (String options : List.of("-XX:-UseCompressedOops", "-XX:-UseSerialGC", "-Xmx64m")) {
            assertThat(run(Map.of("QMBENCH_JAVA_OPTS", options), "status"))
                    .as(options)
                    .isEqualTo(new Ended(0, answer, ""));
        }
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Start-up",
            value = {"To start quickly, `bin/qmbench` keeps two archives", "It makes them in the background"})
    @Promise(page = Promise.Page.COMMAND_LINE, section = "Environment", value = "`XDG_CACHE_HOME`")
    void archivesAreMadeInTheBackgroundInTheCacheWhenThereAreNone() throws Exception {
        Path cache = temporary.resolve("own cache");
        Path archives = home.resolve("archive");
        Path aside = Files.move(archives, home.resolve("aside"));
        try {
            Ended first = run(Map.of("XDG_CACHE_HOME", cache.toString()), "status");

            assertThat(first.exitCode()).isZero();
            assertThat(first.err()).isEmpty();
            Distribution.await(() -> {
                try {
                    return Files.exists(archive(cache, "long").resolveSibling("short.jsa"))
                            && !archive(cache, "long").toString().contains(".making");
                } catch (IOException | RuntimeException notYet) {
                    return false;
                }
            });
            assertThat(archive(cache, "long").getParent()).isDirectoryNotContaining("glob:**{classes,status.json}");
        } finally {
            Files.move(aside, archives);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws Exception {
        Path file = Files.writeString(temporary.resolve("no directory"), "");
        Path archives = home.resolve("archive");
        Path aside = Files.move(archives, home.resolve("aside"));
        try {
            Ended ended = run(Map.of("XDG_CACHE_HOME", file.toString()), "status");

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).startsWith("no run in ");
            assertThat(ended.err()).isEmpty();
        } finally {
            Files.move(aside, archives);
        }
    }
}
