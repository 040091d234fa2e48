package io.github.qmbench.nwchem.theory;

import io.github.qmbench.core.internal.NearestMatch;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Thrown when a functional, solvent or basis set is not known. It has the valid names and the nearest one. */
public class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** All functionals are listed; of solvents and basis sets the nearest. */
    private static final int MOST_LISTED = 30;

    private static final int NEAREST_LISTED = 3;

    /** The commands that list all names. */
    private static Optional<String> listOf(String what) {
        return switch (what) {
            case "solvent" -> Optional.of("qmbench list solvents");
            case "functional" -> Optional.of("qmbench list functionals");
            case "basis set" -> Optional.of("qmbench list basis-sets");
            default -> Optional.empty();
        };
    }

    /** A functional, solvent or basis set. */
    private final String what;
    /** As it was given. */
    private final String given;

    private final transient List<String> valid;
    /** Null when none is close. */
    private final @Nullable String nearest;

    private UnknownNameException(String what, String given, List<String> valid, @Nullable String nearest) {
        super("unknown " + what + " \"" + given + "\""
                + (nearest == null ? "" : "; did you mean " + nearest + "?")
                + " " + choices(what, given, valid));
        this.what = what;
        this.given = given;
        this.valid = valid;
        this.nearest = nearest;
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
        Objects.requireNonNull(given, "given");
        Map<String, String> candidates = new LinkedHashMap<>();
        valid.forEach(name -> candidates.put(name, name));
        candidates.putAll(spellings);
        String wanted = given.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Math.max(2, wanted.length() / 2) + 1;
        for (Map.Entry<String, String> candidate : candidates.entrySet()) {
            int distance = NearestMatch.edits(wanted, candidate.getKey().toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate.getValue();
            }
        }
        return new UnknownNameException(what, given, List.copyOf(valid), nearest);
    }

    private static String choices(String what, String given, List<String> valid) {
        if (valid.size() <= MOST_LISTED) {
            return "Valid: " + String.join(", ", valid);
        }
        String wanted = given.toLowerCase(Locale.ROOT);
        String list = listOf(what).map(command -> "; all of them: " + command).orElse("");
        return "The nearest of " + valid.size() + ": "
                + valid.stream()
                        .sorted(Comparator.comparingInt(
                                name -> NearestMatch.edits(wanted, name.toLowerCase(Locale.ROOT))))
                        .limit(NEAREST_LISTED)
                        .collect(Collectors.joining(", "))
                + list;
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
