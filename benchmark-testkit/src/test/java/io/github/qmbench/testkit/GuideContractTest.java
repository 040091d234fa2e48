package io.github.qmbench.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the guide to backends is compiled, and the guide's backend keeps it. */
class GuideContractTest {

    private static final Pattern CLASS = Pattern.compile("```java\\n([^`]*?class (Power\\w+) .*?)```", Pattern.DOTALL);
    private static final String HEAD =
            "import io.github.qmbench.core.*;\nimport io.github.qmbench.core.plugin.*;\nimport io.github.qmbench.core.process.*;\n"
                    + "import io.github.qmbench.core.store.*;\nimport io.github.qmbench.testkit.*;\n"
                    + "import java.util.List;\nimport java.util.Map;\n";

    @TempDir
    Path temporary;

    @Test
    void compilesAndIsKept() throws Exception {
        Path classes = Files.createDirectory(temporary.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", classPath(), "-d", classes.toString()));
        CLASS.matcher(Files.readString(Path.of("../docs/writing-a-backend.md")))
                .results()
                .forEach(match -> arguments.add(write(match.group(2), match.group(1))));
        assertThat(arguments).hasSize(5 + 3);
        int exitCode = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(exitCode).isZero();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            var constructor = loader.loadClass("PowerBackendContractTest").getDeclaredConstructor();
            constructor.setAccessible(true);
            BackendContract contract = (BackendContract) constructor.newInstance();
            contract.temporary = Files.createDirectory(temporary.resolve("runs"));
            contract.aNewBackendWithTheSameSettingsTakesResultsOver();
        }
    }

    private String write(String name, String code) {
        try {
            return Files.writeString(temporary.resolve(name + ".java"), HEAD + code)
                    .toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .reduce((one, two) -> one + java.io.File.pathSeparator + two)
                .orElseThrow();
    }
}
