package io.github.qmbench.core;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One process of {@code scripts/bench}: runs, resumes or plans so many calculations of a backend that does nothing. Prints
 * how many, in what time, how many per second, and the heap in use.
 *
 * <p>{@code ScaleBench forced|periodic|resume|plan DIRECTORY NUMBER [PARALLEL]}, or {@code ScaleBench turns DIRECTORY NUMBER
 * TURNS}: in turns, for disks have moods, the disk's own forced appends without any runner, a run one by one, and a run
 * with 16 in parallel, both forced. {@code source} and then {@code reuse} with the same directory: all results of one are
 * adopted in another.
 *
 * <p>Four conditions of each subject; with {@code -Done.condition=true} one.
 */
public final class ScaleBench {

    /** About what a journal line of these calculations has. */
    private static final int LINE_BYTES = 400;

    private static final int SIDE_BY_SIDE = 16;

    private ScaleBench() {}

    public static void main(String[] args) throws IOException {
        String what = args[0];
        Path directory = Path.of(args[1]);
        int number = Integer.parseInt(args[2]);
        int parallel = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        long begin = System.nanoTime();
        switch (what) {
            case "turns" -> {
                forced(directory.resolve("warm"), number, 1);
                forced(directory.resolve("warm-side-by-side"), number, SIDE_BY_SIDE);
                for (int turn = 0; turn < parallel; turn++) {
                    print(number, disk(directory, number));
                    print(number, forced(directory.resolve("one-" + turn), number, 1));
                    print(number, forced(directory.resolve("side-by-side-" + turn), number, SIDE_BY_SIDE));
                }
            }
            case "plan" -> {
                int[] entries = {0};
                runner(directory, number, parallel).build().plan().forEach(entry -> entries[0]++);
                print(entries[0], System.nanoTime() - begin);
            }
            case "resume" -> {
                long[] first = {0};
                // One more subject than before. Its calculations are not completed, so that the next resume is like
                // this one.
                runner(directory, number + 4, parallel, CalculationOutcome.cancelled())
                        .listener(new RunListener() {
                            @Override
                            public void calculationStarted(CalculationStarted event) {
                                first[0] = first[0] == 0 ? System.nanoTime() : first[0];
                            }
                        })
                        .build()
                        .run();
                print(number, first[0] - begin);
            }
            case "source" -> print(number, run(reusable(directory, number, parallel)));
            case "reuse" -> {
                Path merged = directory.resolveSibling(directory.getFileName() + "-merged");
                print(number, run(reusable(merged, number, parallel).reuseFrom(directory)));
            }
            case "forced" -> print(number, forced(directory, number, parallel));
            default -> print(number, run(runner(directory, number, parallel).durability(Durability.PERIODIC)));
        }
    }

    private static long forced(Path directory, int number, int parallel) throws IOException {
        return run(runner(directory, number, parallel).durability(Durability.FORCED));
    }

    private static long run(BenchmarkRunner.Builder builder) throws IOException {
        BenchmarkRunner runner = builder.build();
        long begin = System.nanoTime();
        runner.run();
        return System.nanoTime() - begin;
    }

    private static void print(int number, long nanos) {
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%d %.3f %.0f %d%n",
                number,
                nanos / 1e9,
                number / (nanos / 1e9),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    /** Results of a run without a fingerprint are not reused in another directory. */
    private static BenchmarkRunner.Builder reusable(Path directory, int number, int parallel) {
        return runner(directory, number, parallel).version("1").durability(Durability.PERIODIC);
    }

    private static BenchmarkRunner.Builder runner(Path directory, int number, int parallel) {
        return runner(directory, number, parallel, CalculationOutcome.complete(Map.of("value", 1.5)));
    }

    private static BenchmarkRunner.Builder runner(
            Path directory, int number, int parallel, CalculationOutcome outcome) {
        boolean one = Boolean.getBoolean("one.condition");
        CalculationMatrix.Builder matrix = CalculationMatrix.builder();
        for (int i = 0; i < (one ? number : number / 4); i++) {
            matrix.subjects("molecule_" + i);
        }
        return BenchmarkRunner.builder(
                        directory,
                        matrix.axis("functional", one ? List.of("B3LYP") : List.of("B3LYP", "WP04"))
                                .axis("solvent", one ? List.of("CHCl3") : List.of("CHCl3", "DMSO"))
                                .build(),
                        (calculation, context) -> outcome)
                .parallel(parallel);
    }

    /** Appends to a new file each time: a force of one that does not grow costs less. */
    private static long disk(Path directory, int number) throws IOException {
        Files.createDirectories(directory);
        Path lines = directory.resolve("lines");
        Files.deleteIfExists(lines);
        byte[] line = new byte[LINE_BYTES];
        Arrays.fill(line, (byte) 'x');
        long begin = System.nanoTime();
        try (RandomAccessFile file = new RandomAccessFile(lines.toFile(), "rw")) {
            for (int i = 0; i < number; i++) {
                file.write(line);
                file.getFD().sync();
            }
        }
        return System.nanoTime() - begin;
    }
}
