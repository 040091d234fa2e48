package io.github.qmbench.nwchem;

import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.internal.ProgramPath;
import io.github.qmbench.core.plugin.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which linear algebra NWChem is going to use. The reference BLAS, which the package manager installs by itself,
 * makes a shielding run take twice as long.
 */
final class Blas {

    private static final String REMEDY = "apt-get install libopenblas0-serial";
    private static final Pattern LIBRARY = Pattern.compile("\\s*(\\S*(?:blas|mkl_rt|blis)\\S*) => (/\\S+) .*");
    private static final Pattern FAST = Pattern.compile(".*(openblas|mkl|blis|atlas|armpl|essl).*");

    private Blas() {}

    /** Looks at the libraries a program is linked with. */
    static Finding check(String program) throws InterruptedException {
        Optional<Path> executable = ProgramPath.find(program, System.getenv().getOrDefault("PATH", ""));
        if (executable.isEmpty()) {
            return Finding.about("BLAS")
                    .doubtful("not known: " + program + " is not on this machine's path")
                    .withRemedy(REMEDY);
        }
        try {
            return judge(libraries(executable.get()));
        } catch (IOException e) {
            return Finding.about("BLAS")
                    .doubtful("not known: " + IoReason.of(e))
                    .withRemedy(REMEDY);
        }
    }

    /** Judges the output of {@code ldd}. */
    static Finding judge(String libraries) throws IOException {
        for (String line : libraries.split("\n")) {
            Matcher library = LIBRARY.matcher(line);
            if (library.matches()) {
                Path file = Path.of(library.group(2));
                String real = (Files.exists(file) ? file.toRealPath() : file).toString();
                return FAST.matcher(real.toLowerCase(Locale.ROOT)).matches()
                        ? Finding.about("BLAS").good(real)
                        : Finding.about("BLAS")
                                .doubtful(real + " is the slow one: a run takes twice as long")
                                .withRemedy(REMEDY);
            }
        }
        return Finding.about("BLAS").good("built into NWChem");
    }

    private static String libraries(Path executable) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("ldd", executable.toRealPath().toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
