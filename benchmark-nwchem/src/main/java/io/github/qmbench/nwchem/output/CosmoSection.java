package io.github.qmbench.nwchem.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The sections in which COSMO names the solvent, each time it starts: once for the SCF, once for the CPHF. */
public final class CosmoSection implements OutputSection {

    private static final int ENOUGH = 100;

    /**
     * The solvent as COSMO names it.
     *
     * @param keyword NWChem's short name of the solvent; NWChem says water when only a dielectric constant was given
     * @param dielectric to four decimals
     * @param printed the same to two decimals, in the block of the model itself
     */
    public record Announcement(Optional<String> keyword, OptionalDouble dielectric, double printed) {}

    private final List<Announcement> announcements = new ArrayList<>();
    private @Nullable String keyword;
    private OptionalDouble dielectric = OptionalDouble.empty();

    /** {@return all announcements; in an optimisation, the first hundred} */
    public List<Announcement> announcements() {
        return announcements;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (text.startsWith(" solvname_short:")) {
            keyword = text.substring(text.indexOf(':') + 1).strip();
        } else if (text.startsWith(" dielec:")) {
            dielectric = OptionalDouble.of(
                    Fortran.number(text.substring(text.indexOf(':') + 1).strip(), text, number));
        } else if (text.startsWith(" dielectric constant -eps-")) {
            double printed =
                    Fortran.number(text.substring(text.indexOf('=') + 1).strip(), text, number);
            if (announcements.size() < ENOUGH) {
                announcements.add(new Announcement(Optional.ofNullable(keyword), dielectric, printed));
            }
            keyword = null;
            dielectric = OptionalDouble.empty();
        }
    }
}
