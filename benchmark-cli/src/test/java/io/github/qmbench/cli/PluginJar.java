package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.CalculationBackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** A plug-in in a jar of its own, compiled against benchmark-core and nothing else. */
final class PluginJar {

    private static final String SOURCE = """
            package plugin;

            import io.github.qmbench.core.*;
            import java.util.List;
            import java.util.Map;

            public final class CLASS implements CalculationBackendProvider {

                static final BackendOption<Integer> POWER =
                        BackendOption.integer("power", "N", 0, "To what power, 100 % exact").withDefault("2");

                @Override
                public String name() {
                    return "NAME";
                }

                @Override
                public String summary() {
                    return "powers of small numbers";
                }

                @Override
                public List<BackendOption<?>> options() {
                    return List.of(POWER);
                }

                @Override
                public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory) {
                    int power = options.get(POWER);
                    CalculationMatrix matrix =
                            CalculationMatrix.builder().subjects("1", "2", "3").build();
                    return PreparedBenchmark.builder(matrix, (calculation, context) -> CalculationOutcome.complete(
                                    Map.of("value", Math.pow(Integer.parseInt(calculation.subject()), power))))
                            .build();
                }
            }
            """;

    private PluginJar() {}

    /** Makes a jar with one provider. */
    static Path make(Path jar, String className, String backendName) throws IOException {
        Path work = Files.createTempDirectory(jar.getParent(), "plugin");
        Path source = Files.writeString(
                work.resolve(className + ".java"),
                SOURCE.replace("CLASS", className).replace("NAME", backendName));
        Path classes = work.resolve("classes");
        run("javac", "-proc:none", "-cp", core(), "-d", classes.toString(), source.toString());
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(CalculationBackendProvider.class.getName()), "plugin." + className + " # a comment\n");
        run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    private static String core() {
        return Path.of(CalculationBackendProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static void run(String tool, String... arguments) {
        int exitCode = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        assertThat(exitCode).as(tool).isZero();
    }
}
