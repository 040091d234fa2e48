package io.github.qmbench.examples.xtb;

import io.github.qmbench.core.BackendUnusableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code xtb} on the path. */
final class XtbProgram {

    private static final Pattern VERSION = Pattern.compile("xtb version (\\S+)");

    private XtbProgram() {}

    /** Returns its version, as in {@code 6.5.1}. */
    static String version() throws BackendUnusableException, InterruptedException {
        try {
            Process process = new ProcessBuilder("xtb", "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Matcher matcher = VERSION.matcher(said);
            if (!matcher.find()) {
                throw new BackendUnusableException("xtb --version does not tell a version but: " + said.strip());
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new BackendUnusableException(
                    "the program xtb is not on the PATH. On Debian and Ubuntu install it with: sudo apt-get install xtb",
                    e);
        }
    }
}
