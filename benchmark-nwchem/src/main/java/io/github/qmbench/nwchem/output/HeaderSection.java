package io.github.qmbench.nwchem.output;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of an output: the program's version, and the number of its processes. */
public final class HeaderSection implements OutputSection {

    private static final Pattern VERSION =
            Pattern.compile("\\s*Northwest Computational Chemistry Package \\(NWChem\\) (\\S+)\\s*");
    private static final Pattern PROCESSES = Pattern.compile("\\s*nproc\\s+=\\s+(\\d+)\\s*");

    private @Nullable String version;
    private int processes;

    /** {@return the version: {@code NWChem 7.0.2}} */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** {@return the number of MPI processes} */
    public OptionalInt processes() {
        return processes == 0 ? OptionalInt.empty() : OptionalInt.of(processes);
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (version == null && text.contains("(NWChem)")) {
            Matcher matcher = VERSION.matcher(text);
            if (matcher.matches()) {
                version = "NWChem " + matcher.group(1);
            }
        } else if (processes == 0 && text.contains("nproc")) {
            Matcher matcher = PROCESSES.matcher(text);
            if (matcher.matches()) {
                processes = Fortran.whole(matcher.group(1), text, number);
            }
        }
    }
}
