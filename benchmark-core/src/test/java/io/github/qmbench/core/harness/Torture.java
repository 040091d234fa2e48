package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tries to make a run lose, invent or leave behind something: {@code scripts/torture [--rounds N] [--seed S]}. Every part
 * throws an {@link AssertionError} that says what was broken; a short run of each is in {@code TortureIT}.
 */
public final class Torture {

    private Torture() {}

    /** Runs all parts and prints what each of them did. */
    public static void main(String[] args) throws Exception {
        int rounds = 1000;
        long seed = System.nanoTime();
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("no such option: " + args[i]);
            }
        }
        PrintStream out = System.out;
        out.println("seed " + seed + ", " + rounds + " rounds");
        Path scratch = Files.createTempDirectory("qmbench-torture");
        try {
            report(out, "corruption", () -> JournalCorruption.run(scratch.resolve("corruption"), 1));
            int cuts = Math.max(20, rounds);
            long theSeed = seed;
            report(out, "power cut", () -> PowerCut.run(scratch.resolve("power"), cuts, new Random(theSeed)));
            report(out, "disk", () -> DiskTrouble.run(scratch.resolve("disk")));
            report(out, "faults", () -> DeviceFaults.run(scratch.resolve("faults")));
            int starts = Math.max(10, rounds / 5);
            report(out, "two runners", () -> TwoRunners.run(scratch.resolve("two"), starts));
            int kills = rounds;
            report(out, "kill loop", () -> KillLoop.run(scratch.resolve("kill"), kills, new Random(theSeed), out));
        } finally {
            delete(scratch);
        }
    }

    /** One part of the harness. */
    public interface Part {
        /** Returns figures of what was done, in one line. */
        String run() throws Exception;
    }

    private static void report(PrintStream out, String name, Part part) throws Exception {
        long start = System.nanoTime();
        String figures = part.run();
        out.printf(Locale.ROOT, "%-12s %7.1f s  %s%n", name, (System.nanoTime() - start) / 1e9, figures);
        out.flush();
    }

    public static void check(boolean condition, String broken) {
        if (!condition) {
            throw new AssertionError(broken);
        }
    }

    /** Returns the command that starts another JVM with a main class of the test tree. */
    public static List<String> java(Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        String base = System.getProperty("basedir"); // set by Surefire and Failsafe, where the tests are in a module
        if (base != null) {
            places.add(Path.of(base, "target", "classes").toString());
            places.add(Path.of(base, "target", "test-classes").toString());
        }
        for (Class<?> one : List.of(
                Torture.class,
                BenchmarkRunner.class,
                com.fasterxml.jackson.core.JsonFactory.class,
                org.slf4j.Logger.class)) {
            try {
                places.add(Path.of(one.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.join(java.io.File.pathSeparator, places);
    }

    public static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
