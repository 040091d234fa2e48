package io.github.qmbench.nwchem.theory;

import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.nmr.internal.ShellWord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when a functional, solvent or basis set is not known. It has the valid names and the nearest one. */
public class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The commands that list all names. */
    private static String listOf(String what) {
        return switch (what) {
            case "solvent" -> ShellWord.command("list", "solvents");
            case "functional" -> ShellWord.command("list", "functionals");
            case "basis set" -> ShellWord.command("list", "basis-sets");
            default -> "";
        };
    }

    /** A functional, solvent or basis set. */
    private final String what;
    /** As it was given. */
    private final String given;

    private final transient List<String> valid;
    /** Null when none is close. */
    private final @Nullable String nearest;

    private UnknownNameException(String what, String given, List<String> valid, Map<String, String> spellings) {
        super(Choices.unknown(what, given, valid, spellings, listOf(what)));
        this.what = what;
        this.given = given;
        this.valid = valid;
        this.nearest =
                Choices.nearest(given, valid, spellings).stream().findFirst().orElse(null);
    }

    /**
     * Returns the exception for a name that is none of the valid ones.
     *
     * @param what the kind of thing, for the message: {@code solvent}
     * @param given the name nobody knows
     * @param valid the names to be listed
     * @param spellings further spellings (aliases) and the valid name each stands for; looked through for the nearest
     */
    static UnknownNameException of(String what, String given, Collection<String> valid, Map<String, String> spellings) {
        return new UnknownNameException(what, given, List.copyOf(valid), spellings);
    }

    /** {@return the kind of thing: functional, solvent or basis set} */
    public String what() {
        return what;
    }

    /** {@return the name that is not known} */
    public String given() {
        return given;
    }

    /** {@return the valid names} */
    public List<String> valid() {
        return valid;
    }

    /** {@return the valid name that was likely meant; empty when none is close} */
    public Optional<String> nearest() {
        return Optional.ofNullable(nearest);
    }
}
