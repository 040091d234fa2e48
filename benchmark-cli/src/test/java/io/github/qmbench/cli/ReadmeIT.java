package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Ended;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of README.md and of the archive's README ends with exit code 0 by the packaged program, and prints what the page
 * shows. A command that is not in {@link #ways} fails. {@code plan} stands for runs that take more than a minute; the pilot and the
 * prediction resume from calculations of the real NWChem, recorded in the resources of this test.
 */
@Timeout(300)
class ReadmeIT {

    private static final Path ROOT = Path.of("..");
    private static final Path DELTA50 = ROOT.resolve("docs/results/delta50-wp04-6-31gdp-chcl3");
    private static final Path RECORDED = Path.of("src/test/resources/io/github/qmbench/cli/readme");
    private static final Path SAMPLES =
            ROOT.resolve("benchmark-nwchem/src/test/resources/io/github/qmbench/nwchem/samples");
    private static final String IN_REPOSITORY = "https://github.com/qmbench/qmbench/blob/main/";

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern NUMBER = Pattern.compile("(?<=^|[\\s(])-?\\d[\\d.,]*(?=$|[\\s):;%])");
    private static final Pattern DURATION = Pattern.compile("N (ms|s|min|h|d)\\b( N (ms|s|min|h)\\b)*");

    @TempDir
    Path directory;

    private Distribution distribution;

    /** A command of a page, with the lines that the page shows below it. */
    record Documented(String command, List<String> output) {
        @Override
        public String toString() {
            return command;
        }
    }

    /** Runs a command in the way in which a test can. */
    private interface Way {
        Ended run(String command) throws Exception;
    }

    @BeforeEach
    void takesTheDistribution() throws IOException {
        distribution = new Distribution(directory);
    }

    @AfterEach
    void endsWhatIsLeft() {
        distribution.endAll();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandEndsWellAndPrintsWhatThePageShows(Documented documented) throws Exception {
        Way way = ways().get(documented.command());
        assertThat(way).as("a way to test this command, in ReadmeIT.ways").isNotNull();

        Ended ended = way.run(documented.command());

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        if (!documented.output().isEmpty()) {
            assertThat(shape((ended.out() + "\n" + ended.err()).lines()))
                    .containsSubsequence(shape(documented.output().stream()));
        }
    }

    @Test
    void noWayIsLeftOfACommandThatNoPageHas() throws IOException {
        assertThat(commands().stream().map(Documented::command)).containsAll(ways().keySet());
    }

    /** The commands are tested one by one, in a new directory each. */
    private Map<String, Way> ways() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("git clone https://github.com/qmbench/qmbench", this::inAClone);
        ways.put("cd qmbench", this::inAClone);
        ways.put("mvn -q -DskipTests -pl benchmark-cli -am package", this::whatThisBuildHasDone);
        ways.put("tar -xzf benchmark-cli/target/qmbench-*.tar.gz", this::besideTheArchive);
        ways.put("qmbench-*/bin/qmbench --version", this::besideTheArchive);
        ways.put("export PATH=\"$PWD/bin:$PATH\"", line -> inTheArchive(line + " && qmbench --version"));
        ways.put(
                "export MANPATH=\"$PWD/share/man:\"",
                line -> inTheArchive(line + " && test -s \"${MANPATH%:}\"/man1/qmbench-run.1"));
        ways.put(
                "source share/bash-completion/completions/qmbench",
                line -> inTheArchive(line + " && complete -p qmbench"));

        for (String program : List.of("./qmbench ", "bin/qmbench ")) {
            ways.put(program + "run --pilot", command -> resumeTheRecordedPilot("results"));
            for (String looks : List.of("summary", "status", "show compound_05", "failures")) {
                ways.put(program + looks, this::withTheRecordedPilot);
            }
        }
        ways.put("./qmbench doctor --results delta50", this::asItIs);
        ways.put("bin/qmbench doctor --pilot", this::asItIs);
        ways.put("./qmbench --version", this::asItIs);
        ways.put("./qmbench stop", this::withTheRecordedPilot);
        ways.put("./qmbench list solvents", this::asItIs);
        ways.put("./qmbench plan --results delta50", this::asItIs);
        ways.put("./qmbench run --detach --results delta50", this::asAPlan);
        ways.put(
                "./qmbench run --molecules nitromethane compound_05 --functionals PBE0 --basis cc-pVDZ"
                        + " --solvents benzene vacuum --results mine",
                this::asAPlan);
        ways.put("./qmbench run --dataset my-xyz-files --results mine2", command -> {
            Files.copy(
                    RECORDED.resolve("ethylene.xyz"),
                    directories("my-xyz-files").resolve("ethylene.xyz"));
            return asAPlan(command);
        });
        ways.put("./qmbench watch --results delta50", command -> {
            resumeTheRecordedPilot("delta50");
            return asItIs(command);
        });
        for (String looks : List.of("analyze", "report")) {
            ways.put("./qmbench " + looks + " --results delta50", this::withDelta50);
        }
        ways.put("./qmbench predict ethylene.xyz", command -> {
            copy(RECORDED.resolve("predictions"), directory.resolve("predictions"));
            Files.copy(RECORDED.resolve("ethylene.xyz"), directory.resolve("ethylene.xyz"));
            return asItIs(command);
        });

        ways.put("bin/qmbench --version", this::asItIs);
        ways.put("bin/qmbench --help", this::asItIs);
        ways.put("bin/qmbench analyze", this::withTheRecordedPilot);
        ways.put("bin/qmbench report", this::withTheRecordedPilot);
        return ways;
    }

    private Ended asItIs(String command) throws Exception {
        return run(command.replaceFirst("^\\S+ ", ""));
    }

    private Ended asAPlan(String command) throws Exception {
        return run(command.replaceFirst("^\\S+ run", "plan").replace(" --detach", ""));
    }

    private Ended withTheRecordedPilot(String command) throws Exception {
        assertThat(resumeTheRecordedPilot("results").exitCode()).isZero();
        return asItIs(command);
    }

    private Ended withDelta50(String command) throws Exception {
        CommittedRuns.unpack(DELTA50, directory.resolve("delta50"));
        return asItIs(command);
    }

    /** Makes a run directory of the pilot in which only the closing lines are left to be written. */
    private Ended resumeTheRecordedPilot(String results) throws Exception {
        copy(RECORDED.resolve("results"), directory.resolve(results));
        assertThat(run("plan --pilot --results " + results).out())
                .as("what is left of the recorded pilot; if its fingerprint has changed, record it again")
                .contains("0 new, 10 ");
        return run("run --pilot --results " + results);
    }

    private Ended run(String arguments) throws Exception {
        return distribution.run(arguments.split(" ", -1));
    }

    /** The commands that get the source tree, with this one in the place of that on the web. */
    private Ended inAClone(String command) throws Exception {
        assumeThat(ROOT.resolve(".git")).as("a checkout").exists();
        String here = ROOT.toRealPath().toString();
        distribution
                .with("GIT_CONFIG_COUNT", "1")
                .with("GIT_CONFIG_KEY_0", "url.file://" + here + ".insteadOf")
                .with("GIT_CONFIG_VALUE_0", "https://github.com/qmbench/qmbench");
        return bash("git clone -q https://github.com/qmbench/qmbench && cd qmbench && test -x qmbench");
    }

    /** The archive is there, because the goal of this command ran before this test. */
    private Ended whatThisBuildHasDone(String command) throws IOException {
        assertThat(ROOT.resolve("benchmark-cli/pom.xml")).exists();
        assertThat(archive()).isNotEmptyFile();
        return new Ended(0, "", "");
    }

    private Ended besideTheArchive(String command) throws Exception {
        Path target = directories("benchmark-cli/target");
        Files.copy(archive(), target.resolve(archive().getFileName()));
        String unpack = "tar -xzf benchmark-cli/target/qmbench-*.tar.gz";
        return bash(command.equals(unpack) ? command : unpack + " && " + command);
    }

    private Ended inTheArchive(String line) throws Exception {
        return bash("cd '" + distribution.home() + "' && " + line);
    }

    private Ended bash(String line) throws Exception {
        return new Ended(0, distribution.runOther("bash", "-c", line), "");
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path directories(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Lines without what differs from one run to the next: numbers, durations, widths of columns; "..." is for lines left out. */
    private static List<String> shape(Stream<String> lines) {
        return lines.map(line -> NUMBER.matcher(line.strip()).replaceAll("N"))
                .map(line -> DURATION.matcher(line).replaceAll("TIME"))
                .map(line -> line.replaceAll("\\s+", " ").replaceAll("-{3,}", "---"))
                .filter(line -> !line.isEmpty() && !line.equals("..."))
                .toList();
    }

    /** All commands, each once: with the output that is shown for it anywhere. */
    static List<Documented> commands() throws IOException {
        Map<String, List<String>> outputs = new LinkedHashMap<>();
        for (Path page : List.of(ROOT.resolve("README.md"), Path.of("src/dist/README.md"))) {
            for (String block : shellBlocks(Files.readString(page))) {
                boolean console = block.startsWith("$ ");
                String last = null;
                for (String line : block.lines().toList()) {
                    if (console && !line.startsWith("$ ")) {
                        outputs.get(last).add(line);
                    } else {
                        last = line.replaceFirst("^\\$ ", "").replaceFirst("(\\S) {3,}.*", "$1");
                        outputs.computeIfAbsent(last, command -> new ArrayList<>());
                    }
                }
            }
        }
        return outputs.entrySet().stream()
                .map(entry -> new Documented(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The fenced blocks that name no other language. */
    private static List<String> shellBlocks(String markdown) {
        return Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$")
                .matcher(markdown)
                .results()
                .filter(block -> Set.of("", "bash", "console", "sh", "shell").contains(block.group(1)))
                .map(block -> block.group(2))
                .toList();
    }

    @Test
    void readsCommandsAndOutputsOfThePages() throws IOException {
        List<Documented> commands = commands();

        assertThat(commands).hasSizeGreaterThan(25);
        assertThat(commands)
                .filteredOn(command ->
                        Set.of("./qmbench run --pilot", "./qmbench summary").contains(command.command()))
                .hasSize(2)
                .allSatisfy(command -> assertThat(command.output()).isNotEmpty());
    }

    @Test
    void theReasonsHaveTheFiguresOfTheirSources() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertThat(readme).contains("1,000 kills");
        assertThat(Files.readString(ROOT.resolve("docs/reliability.md"))).contains("1,000 kills over");

        double right = firstShielding("ok");
        double water = firstShielding("badsolv");
        assertThat(Files.readString(SAMPLES.resolve("badsolv/output.out"))).contains("dielec:       78.4000");
        assertThat(readme).contains(String.format(Locale.ROOT, "%.1f ppm off", water - right));

        assertThat(readme).contains("RMSD 0.092 ppm, published 0.098 ppm");
        assertThat(Files.readAllLines(DELTA50.resolve("SCALING-FACTORS.md")))
                .anyMatch(line -> line.contains("WP04/6-31G(d,p)/CHCl3") && line.contains("| 0.092 ["));
        assertThat(Files.readString(ROOT.resolve("docs/reproduction.md"))).contains("| RMSD / ppm | 0.098 | 0.092 |");
    }

    /** The isotropic shielding of the first atom, in ppm. */
    private static double firstShielding(String sample) throws IOException {
        return Files.readAllLines(SAMPLES.resolve(sample).resolve("output.out")).stream()
                .filter(line -> line.contains("isotropic ="))
                .map(line -> Double.parseDouble(line.replaceFirst(".*=", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePagesOfTheArchiveHaveNoDeadLinkAndNameItsProgram() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(distribution.home())) {
            pages = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        assertThat(pages.stream().map(page -> page.getFileName().toString()))
                .containsExactlyInAnyOrder("README.md", "CHANGELOG.md");

        Set<String> links = new LinkedHashSet<>();
        for (Path page : pages) {
            Matcher matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                links.add(matcher.group(1));
                assertThat(leadsSomewhere(page, matcher.group(1)))
                        .as(page.getFileName() + " -> " + matcher.group(1))
                        .isTrue();
            }
        }
        assertThat(links).hasSizeGreaterThan(5);
        assertThat(Files.readString(distribution.home().resolve("README.md")))
                .contains("bin/qmbench run --pilot")
                .doesNotContain("./qmbench");
    }

    /** A file of the archive, a file of the repository by its address, or another place of the web. */
    private static boolean leadsSomewhere(Path page, String link) {
        if (link.startsWith(IN_REPOSITORY)) {
            return Files.exists(ROOT.resolve(link.substring(IN_REPOSITORY.length())));
        }
        return URI.create(link).isAbsolute() || Files.exists(page.resolveSibling(link));
    }
}
