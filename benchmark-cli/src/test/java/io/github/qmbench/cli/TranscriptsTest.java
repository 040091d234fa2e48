package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that commands print about run directories in which every kind of attempt occurs, to the letter: the files
 * {@code *.transcript} are sessions at a terminal. A line that begins with
 *
 * <ul>
 *   <li>{@code $} is a command, and what it prints on standard output follows;
 *   <li>{@code !} has a line that it prints on standard error;
 *   <li>{@code ?} has its exit code, unless that is 0;
 *   <li>{@code @} prepares: it sets the {@code time} or the {@code status}, writes a {@code file} with a text, {@code
 *       replace}s a word in a file, or {@code delete}s one;
 *   <li>{@code --} is a comment.
 * </ul>
 *
 * With {@code -Dexpected.write=true} the files are written again: read each difference, for nothing else judges it.
 */
class TranscriptsTest {

    private static final Path FILES = Path.of("src/test/resources/io/github/qmbench/cli/transcripts");
    private static final RunnerIdentity THIS = RunnerIdentity.ofThisProcess();
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    Path runs;

    private Screen screen;

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".transcript"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void isPrintedToTheLetter(String name) throws IOException {
        screen = new Screen(new MadeUp(), runs);
        copy("results");
        copy("other");
        Path file = FILES.resolve(name);
        String expected = Files.readString(file);

        StringBuilder actual = new StringBuilder();
        expected.lines()
                .filter(line -> line.startsWith("$ ") || line.startsWith("@ ") || line.startsWith("-- "))
                .forEach(line -> {
                    actual.append(line).append('\n');
                    if (line.startsWith("@ ")) {
                        prepare(line.substring(2));
                    } else if (line.startsWith("$ ")) {
                        actual.append(said(line.substring(2)));
                    }
                });

        if (Boolean.getBoolean("expected.write")) {
            Files.writeString(file, actual);
        }
        assertThat(actual)
                .as("what commands print, compared with %s; if it should be so, add -Dexpected.write=true", file)
                .hasToString(Files.readString(file));
    }

    /** Runs a command, also the short way if it has one, and returns all that it says. */
    private String said(String command) {
        String[] words = WORD.matcher(command.replace("/RUNS", runs.toString()))
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .skip(1)
                .toArray(String[]::new);
        int exitCode = screen.runAsIs(words);
        String out = screen.out();
        String err = screen.err();
        if (screen.runShortWay(words)) {
            assertThat(screen.out()).as("the short way of %s", command).isEqualTo(out);
        }
        StringBuilder said = new StringBuilder(known(out));
        known(err).lines().forEach(line -> said.append("! ").append(line).append('\n'));
        if (exitCode != 0) {
            said.append("? ").append(exitCode).append('\n');
        }
        return said.toString();
    }

    /** Leaves out of a text what differs from machine to machine. */
    private String known(String text) {
        return text.replace(runs.toString(), "/RUNS")
                .replace(Path.of("").toAbsolutePath().toString(), "/HERE")
                .replace(System.getProperty("java.version") + ", " + System.getProperty("java.home"), "JAVA")
                .replaceAll("[0-9.]+ \\wB free", "SPACE free")
                .replace("\"pid\": " + THIS.pid() + ",", "\"pid\": PID,")
                .replace("\"host\": \"" + THIS.host() + "\"", "\"host\": \"HOST\"")
                .replace("\"process_start\": \"" + THIS.processStart() + "\"", "\"process_start\": \"START\"")
                .replace("\"boot_id\": \"" + THIS.bootId() + "\"", "\"boot_id\": \"BOOT\"")
                .replaceAll("(process \\d+ on )" + Pattern.quote(THIS.host()) + " ", "$1HOST ")
                .replaceAll("more than the \\d+ cores? of", "more than the CORES of");
    }

    private void prepare(String what) {
        String[] words = what.split(" ", 3);
        try {
            switch (words[0]) {
                case "time" -> screen.setClock(Instant.parse(words[1]));
                case "status" -> Files.writeString(runs.resolve("results/status.json"), status(words[1]));
                case "file" -> Files.writeString(runs.resolve(words[1]), words[2]);
                case "replace" -> {
                    Path file = runs.resolve(words[1]);
                    String[] texts = words[2].split(" ");
                    Files.writeString(file, Files.readString(file).replace(texts[0], texts[1]));
                }
                case "delete" -> Files.delete(runs.resolve(words[1]));
                default -> throw new IllegalArgumentException(what);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String status(String name) throws IOException {
        return Files.readString(FILES.resolve(name + ".json"))
                .replace("\"PID\"", String.valueOf(THIS.pid()))
                .replace("\"HOST\"", "\"" + THIS.host() + "\"")
                .replace("\"START\"", "\"" + THIS.processStart() + "\"")
                .replace("\"BOOT\"", "\"" + THIS.bootId() + "\"");
    }

    private void copy(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(FILES.resolve(directory))) {
            for (Path file : files.toList()) {
                Path to = runs.resolve(FILES.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    /** Six molecules of different sizes by two functionals, each on three cores. */
    private static final class MadeUp implements CalculationBackendProvider {

        private static final BackendOption<Boolean> FAST =
                BackendOption.named("fast").help("100 % faster, and wrong").flag();
        private static final BackendOption<Integer> LEVEL = BackendOption.named("level")
                .value("N")
                .help("How well; default: 1")
                .integer(1);
        private static final BackendOption<Boolean> SECRET =
                BackendOption.named("secret").hidden().help("Not in the help").flag();
        private static final BackendOption<List<String>> NAMES =
                BackendOption.named("names").value("NAME").help("Of what").texts();

        @Override
        public String name() {
            return "made-up";
        }

        @Override
        public String summary() {
            return "six molecules by two functionals";
        }

        @Override
        public List<BackendOption<?>> options() {
            return List.of(FAST, LEVEL, SECRET, NAMES);
        }

        @Override
        public List<Finding> examine(BackendOptions options, int sideBySide) {
            String given = options.find(FAST).orElse(false) + " "
                    + options.find(LEVEL).orElse(0) + " " + options.find(NAMES).orElse(List.of());
            return List.of(
                    Finding.about("options").good(given),
                    Finding.about("at once")
                            .doubtful(String.valueOf(sideBySide))
                            .withRemedy("do less"));
        }

        @Override
        public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory) {
            CalculationMatrix matrix = CalculationMatrix.builder()
                    .subjects("m1", "m2", "m3", "m4", "m5", "m6")
                    .axis("functional", "B3LYP", "WP04")
                    .axis("solvent", "CHCl3")
                    .build();
            return PreparedBenchmark.builder(matrix, new Sized())
                    .coresEach(3)
                    .diskBytesEach(70_000_000)
                    .build();
        }

        @Override
        public List<List<String>> byHand(JournalRecord record, Path directory) {
            return List.of(
                    List.of("cp", directory.resolve("in put.nw").toString(), "."),
                    List.of("nwchem", "in put.nw", record.calculation().parameter("functional")));
        }
    }

    /** Has settings and sizes, and is never run. */
    private static final class Sized implements CalculationBackend, CostHint {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            throw new AssertionError("a transcript starts no calculation");
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("basis", "6-31g(d,p)", "grid", "fine"));
        }

        @Override
        public Cost cost(Calculation calculation) {
            double size = 10 + Integer.parseInt(calculation.subject().substring(1));
            return new Cost(size, Map.of("size", size), Map.of("functional", calculation.parameter("functional")));
        }
    }
}
