package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every command in README, docs and the pages of the examples is one; those that need no program are run, on the real
 * results that lie in docs/results. What a backend of the examples takes is tried there.
 */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path RESULTS = ROOT.resolve("docs/results/delta50-wp04-6-31gdp-chcl3");
    private static final Set<String> NEED_NO_PROGRAM = Set.of(
            "status",
            "watch",
            "stop",
            "summary",
            "show",
            "failures",
            "analyze",
            "report",
            "export",
            "list",
            "repair",
            "--version");
    private static final Pattern COMMAND =
            Pattern.compile("(?<![\\w/.-])(?:\\./|bin/)?qmbench ((?:[a-z]|--)(?:[^`|;&>#]|(?<=\\w)\\|(?=\\w))*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path directory;

    /** A command of a page. */
    private record Documented(Path page, List<String> words) {
        String verb() {
            return words.get(0);
        }

        @Override
        public String toString() {
            return page + ": qmbench " + String.join(" ", words);
        }
    }

    @Test
    void isACommandWithTheseOptions() throws IOException {
        List<Documented> commands = commands();

        assertThat(commands).hasSizeGreaterThan(60).allSatisfy(command -> {
            CommandLine root = Qmbench.commandLine();
            if (command.words().size() == 1 && !command.verb().startsWith("-")) { // a sentence about the command
                assertThat(root.getSubcommands()).containsKey(command.verb());
                return;
            }
            if (command.words().contains("--backend")) {
                root.setUnmatchedArgumentsAllowed(true);
            }
            root.parseArgs(command.words().toArray(String[]::new));
        });
    }

    @Test
    void doesWhatItIsSaidToOnRealResults() throws IOException {
        layOutResults();
        Screen screen = new Screen(new FakeBenchmarks(), directory);
        List<Documented> commands = commands().stream()
                .filter(command -> NEED_NO_PROGRAM.contains(command.verb()))
                .filter(command -> !command.words().contains("basis-sets"))
                .toList();

        assertThat(commands).hasSizeGreaterThan(20).allSatisfy(command -> {
            List<String> words = new ArrayList<>(command.words());
            int results = words.indexOf("--results");
            if (results >= 0) {
                int place = results + 1;
                while (place < words.size() && !words.get(place).startsWith("-")) {
                    words.set(place++, directory.toString());
                }
            } else if (!Set.of("list", "--version").contains(command.verb())) {
                words.addAll(List.of("--results", directory.toString()));
            }
            int output = command.verb().equals("export") ? words.indexOf("--output") : -1;
            if (output >= 0) {
                words.set(
                        output + 1,
                        Files.createTempDirectory(directory, "out")
                                .resolve("new")
                                .toString());
            }
            assertThat(screen.runAsIs(words.toArray(String[]::new)))
                    .as(words + screen.out() + screen.err())
                    .isZero();
            assertThat(screen.out() + screen.err()).as(words.toString()).isNotBlank();
        });
    }

    private void layOutResults() throws IOException {
        RunDirectory run = RunDirectory.of(directory);
        CommittedRuns.unpack(RESULTS, directory);
        Instant then = Instant.parse("2026-11-24T06:00:00Z");
        new StatusWriter(RunFiles.status(run))
                .write(RunStatus.of(
                        RunStatus.Run.of(
                                "r",
                                then,
                                then,
                                RunState.COMPLETE,
                                Optional.empty(),
                                RunnerIdentity.ofThisProcess(),
                                Duration.ofSeconds(10)),
                        RunStatus.Progress.of(50, 50, 0, 0, 0),
                        List.of(),
                        List.of(),
                        TimeLeft.UNKNOWN));
    }

    private static List<Documented> commands() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String below : List.of("docs", "benchmark-examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(below))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("target"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        List<Documented> commands = new ArrayList<>();
        for (Path page : pages) {
            for (String line : code(Files.readAllLines(page))) {
                Matcher matcher = COMMAND.matcher(cut(line));
                while (matcher.find()) {
                    commands.add(new Documented(page, words(matcher.group(1))));
                }
            }
        }
        return commands;
    }

    /** Returns what is written as code: lines of fenced blocks that are no Java, and what stands between backquotes. */
    private static List<String> code(List<String> lines) {
        List<String> code = new ArrayList<>();
        boolean inside = false;
        boolean shell = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                inside = !inside;
                shell = Set.of("```", "```bash", "```sh", "```shell").contains(line);
            } else if (inside && shell) {
                code.add(line);
            } else if (!inside) {
                Matcher quoted = Pattern.compile("`([^`]+)`").matcher(line);
                while (quoted.find()) {
                    code.add(quoted.group(1));
                }
            }
        }
        return code;
    }

    /** Takes the explanation away that stands in a column of its own beside a command. */
    private static String cut(String line) {
        return line.stripLeading().replaceFirst("(\\S) {3,}.*", "$1");
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command.strip());
        while (matcher.find()) {
            words.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return words;
    }
}
