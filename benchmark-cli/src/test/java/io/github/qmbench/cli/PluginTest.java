package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginTest {

    @TempDir
    Path temporary;

    private URLClassLoader loader;

    private Screen screen(Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        loader = new URLClassLoader(urls, getClass().getClassLoader());
        return new Screen(Backends.in(loader), temporary.resolve("results"));
    }

    @AfterEach
    void closesJars() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    private Path jar(String file, String className, String backendName) throws IOException {
        return PluginJar.make(
                Files.createDirectories(temporary.resolve("a directory")).resolve(file), className, backendName);
    }

    @Test
    void runsWithItsOwnAxesAndOptions() throws IOException {
        Screen screen = screen(jar("powers.jar", "Powers", "powers"));

        assertThat(screen.run("run", "--backend", "powers", "--power", "3"))
                .as(screen.err())
                .isZero();
        assertThat(Files.readString(temporary.resolve("results/progress.jsonl")))
                .contains("\"value\":27.0")
                .hasLineCount(3);
    }

    @Test
    void theHelpShowsItsOptionsAndThoseOfTheRun() throws IOException {
        Screen screen = screen(jar("powers.jar", "Powers", "powers"));

        assertThat(screen.runAsIs("run", "--backend", "powers", "--help")).isZero();
        assertThat(screen.out())
                .contains("Options of the backend powers:", "--power=N", "To what power, 100 % exact; default: 2")
                .contains("Options of every backend:", "--timeout=TIME")
                .doesNotContain("--functionals")
                .doesNotContainIgnoringCase("molecule");
        assertThat(screen.runAsIs("run", "--help")).isZero();
        assertThat(screen.out())
                .contains("Options of the backend nwchem:", "--functionals")
                .doesNotContain("--power");
    }

    @Test
    void aRequiredOptionThatIsMissingIsBadUsage() throws IOException {
        Screen screen = screen(jar("powers.jar", "Required", "powers"));

        assertThat(screen.run("run", "--backend", "powers")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--power is missing; give it as: --power N");
        assertThat(temporary.resolve("results")).doesNotExist();
        assertThat(screen.run("run", "--backend", "powers", "--power", "3"))
                .as(screen.err())
                .isZero();
    }

    @Test
    void isListedWithItsJar() throws IOException {
        Path jar = jar("powers.jar", "Powers", "powers");

        Screen screen = screen(jar);

        assertThat(screen.runAsIs("list", "backends")).isZero();
        assertThat(screen.out()).contains("nwchem", "powers of small numbers", jar.toString());
    }

    @Test
    void itsOptionsAreCheckedBeforeAnythingStarts() throws IOException {
        Screen screen = screen(jar("powers.jar", "Powers", "powers"));

        assertThat(screen.run("run", "--backend", "powers", "--power", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--power: '-1' is not a valid number; use a whole number of at least 0");
        assertThat(screen.run("run", "--backend", "powers", "--functionals", "B3LYP"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(temporary.resolve("results")).doesNotExist();
    }

    @Test
    void anUnknownBackendIsRefusedWithTheValidNames() throws IOException {
        Screen screen = screen(jar("powers.jar", "Powers", "powers"));

        assertThat(screen.run("run", "--backend", "power")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("unknown backend 'power'; did you mean powers? Valid: nwchem, powers");
        assertThat(screen.runAsIs("run", "--backend=power", "--help")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void twoOfOneNameAreRefusedWithBothJars() throws IOException {
        Path one = jar("one.jar", "One", "powers");
        Path two = jar("two.jar", "Two", "powers");

        Screen screen = screen(one, two);

        assertThat(screen.run("run", "--backend", "powers")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("two plug-ins have the backend powers", one.toString(), two.toString());
    }

    @Test
    void twoVersionsOfOnePluginAreRefusedWithBothJars() throws IOException {
        Path old = jar("powers-1.0.jar", "Powers", "powers");
        Path recent = jar("powers-1.1.jar", "Powers", "powers");

        Screen screen = screen(old, recent);

        assertThat(screen.run("plan")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("the same backend plugin.Powers", old.toString(), recent.toString());
    }

    @Test
    void onePluginThatCannotBeLoadedIsNamed() throws IOException {
        Path jar = temporary.resolve("broken");
        Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(
                jar.resolve("META-INF/services/io.github.qmbench.core.plugin.CalculationBackendProvider"),
                "plugin.Gone\n");

        Screen screen = screen(jar);

        assertThat(screen.run("run")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(screen.err()).contains("a plug-in cannot be loaded", "plugin.Gone");
    }
}
