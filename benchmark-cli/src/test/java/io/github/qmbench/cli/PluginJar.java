package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.plugin.CalculationBackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The plug-in of the guide to backends in a jar of its own, compiled against benchmark-core and nothing else. */
final class PluginJar {

    private static final Path GUIDE = Path.of("../docs/writing-a-backend.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final String HEAD = """
            package plugin;

            import io.github.qmbench.core.*;
            import io.github.qmbench.core.estimate.*;
            import io.github.qmbench.core.plugin.*;
            import io.github.qmbench.core.process.*;
            import io.github.qmbench.core.store.*;
            import java.util.List;
            import java.util.Map;

            """;

    private PluginJar() {}

    /** Makes a jar with one provider. */
    static Path make(Path jar, String className, String backendName) throws IOException {
        Path work = Files.createTempDirectory(jar.getParent(), "plugin");
        Path backend = Files.writeString(work.resolve("PowerBackend.java"), HEAD + snippet("class PowerBackend "));
        Path provider = Files.writeString(
                work.resolve(className + ".java"),
                HEAD
                        + snippet("class PowerProvider ")
                                .replace("PowerProvider", className)
                                .replace("\"powers\"", "\"" + backendName + "\"")
                                .replace("To what power", "To what power, 100 % exact")
                                .replace(".withDefault(\"2\")", defaultOf(className)));
        Path classes = work.resolve("classes");
        run("javac", "-proc:none", "-cp", core(), "-d", classes.toString(), backend.toString(), provider.toString());
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(CalculationBackendProvider.class.getName()), "plugin." + className + " # a comment\n");
        run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    /** A class named {@code Required} has no default: its option must be given. */
    private static String defaultOf(String className) {
        return className.equals("Required") ? ".required()" : ".withDefault(\"2\")";
    }

    /** The snippet of the guide that has these words. */
    private static String snippet(String words) throws IOException {
        return SNIPPET.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .filter(code -> code.contains(words))
                .findFirst()
                .orElseThrow();
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
