package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What decides about a restart is the same in every process: the distribution is started again and again, in other locales,
 * time zones and encodings. Each Java process has a salt of its own, by which {@code Map.of} orders its entries.
 */
class SameInEveryProcessIT {

    /** NWChem as far as it is needed here: says its version, and keeps what it can see of its calculation. */
    private static final String NWCHEM = """
            #!/bin/sh
            echo ' Northwest Computational Chemistry Package (NWChem) 7.0.2'
            if [ "$1" != empty.nw ]; then
                cat "$RESULTS/attempts.jsonl" >>"$SEEN/attempts"
                cat "$1" >>"$SEEN/inputs"
                exit 1
            fi
            """;

    private static final List<String> JAVAS = List.of(
            "-Duser.language=en -Duser.country=GB -Duser.timezone=UTC -Dfile.encoding=UTF-8",
            "-Duser.language=tr -Duser.country=TR -Duser.timezone=Europe/Istanbul -Dfile.encoding=ISO-8859-9",
            "-Duser.language=ar -Duser.country=EG -Duser.timezone=Pacific/Kiritimati -Dfile.encoding=UTF-8",
            "-Duser.language=de -Duser.country=DE -Duser.timezone=America/St_Johns -Dfile.encoding=US-ASCII",
            "-Duser.language=th -Duser.country=TH -Duser.timezone=Asia/Kathmandu -Dfile.encoding=windows-1252",
            "-Duser.language=fr -Duser.country=FR -Duser.timezone=Pacific/Apia -Dfile.encoding=ISO-8859-1");

    private static final String[] METHODS = {
        "--molecules",
        "compound_01",
        "--functionals",
        "B3LYP,BHANDHLYP",
        "--solvents",
        "CHCl3,DICHLOROMETHANE",
        "--parallel",
        "1"
    };

    @TempDir
    Path directory;

    @Test
    void identitiesFingerprintsInputsDescriptionAndPlanAreTheSame() throws Exception {
        Path program = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("nwchem"), NWCHEM);
        assertThat(program.toFile().setExecutable(true)).isTrue();

        Map<String, TreeSet<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < JAVAS.size(); i++) {
            seenBy(JAVAS.get(i), directory.resolve("seen" + i))
                    .forEach((what, text) ->
                            all.computeIfAbsent(what, first -> new TreeSet<>()).add(text));
        }

        assertThat(all.get("plan").first()).contains("4 new");
        assertThat(all.get("requests").first().split(",")).hasSize(3);
        assertThat(all.get("fingerprints").first()).contains("COSMO 4.7113", "xc b3lyp");
        assertThat(all.get("inputs").first()).contains("task dft property");
        assertThat(all).allSatisfy((what, texts) -> assertThat(texts).as(what).hasSize(1));
    }

    /** Plans and runs in the same directory as every other process, and returns what should not depend on the process. */
    private Map<String, String> seenBy(String java, Path seen) throws IOException, InterruptedException {
        Path results = directory.resolve("results");
        Distribution distribution = new Distribution(Files.createDirectory(seen))
                .with("JAVA_TOOL_OPTIONS", java)
                .with("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"))
                .with("RESULTS", results.toString())
                .with("SEEN", seen.toString());
        Map<String, String> said = new LinkedHashMap<>();
        said.put("plan", distribution.run(command("plan", results)).out());
        String log = distribution.run(command("run", results)).err();
        assertThat(log).contains("[3/4]"); // all fail, and after three alike the run pauses
        said.put("requests", matches("\"request\":\"(\\w+)\"", seen.resolve("attempts")));
        said.put("fingerprints", matches("(\"fingerprint_of\":\\{[^}]*})", results.resolve("progress.jsonl")));
        said.put("digests", matches("\"fingerprint\":\"(\\w+)\"", results.resolve("progress.jsonl")));
        said.put("inputs", Files.readString(seen.resolve("inputs")));
        said.put(
                "description",
                Files.readString(results.resolve("benchmark.json")).replaceFirst("\"written_at\": \".*\"", ""));
        Files.move(results, seen.resolve("results"));
        return said;
    }

    private static String[] command(String name, Path results) {
        String[] command = new String[METHODS.length + 3];
        command[0] = name;
        command[1] = "--results";
        command[2] = results.toString();
        System.arraycopy(METHODS, 0, command, 3, METHODS.length);
        return command;
    }

    /** What a pattern finds in a file, each once, in order. */
    private static String matches(String pattern, Path file) throws IOException {
        return String.join(
                ",",
                Pattern.compile(pattern)
                        .matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .toList());
    }
}
