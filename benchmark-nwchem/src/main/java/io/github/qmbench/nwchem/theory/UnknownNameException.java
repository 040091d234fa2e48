package io.github.qmbench.nwchem.theory;

import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.nmr.internal.ShellWord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says that a functional, solvent or basis set is not known; names the valid ones and the one that was likely meant. */
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

    private final String what;
    private final String given;
    private final transient List<String> valid;
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

    /** The kind of thing: functional, solvent, basis set. */
    public String what() {
        return what;
    }

    /** The name nobody knows. */
    public String given() {
        return given;
    }

    /** The valid names. */
    public List<String> valid() {
        return valid;
    }

    /** The valid name that was likely meant; empty when none is near. */
    public Optional<String> nearest() {
        return Optional.ofNullable(nearest);
    }
}
