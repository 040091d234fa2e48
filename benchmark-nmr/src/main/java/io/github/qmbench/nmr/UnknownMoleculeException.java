package io.github.qmbench.nmr;

import io.github.qmbench.core.internal.Choices;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Thrown when a data set has no molecule of a name. It has the nearest name and all ids. */
public final class UnknownMoleculeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** As it was given. */
    private final String asked;

    private final transient Optional<String> nearest;
    private final transient List<String> valid;
    private final transient Map<String, String> spellings;

    UnknownMoleculeException(
            String asked, Optional<String> nearest, List<String> valid, Map<String, String> spellings) {
        super(Choices.unknown("molecule", asked, valid, spellings, ""));
        this.asked = asked;
        this.nearest = nearest;
        this.valid = List.copyOf(valid);
        this.spellings = Collections.unmodifiableMap(new LinkedHashMap<>(spellings));
    }

    /** Returns the message with the command that lists all molecules. */
    String messageWith(String listing) {
        return Choices.unknown("molecule", asked, valid, spellings, listing);
    }

    /** {@return the text that names no molecule} */
    public String asked() {
        return asked;
    }

    /** {@return the id or name most like it; empty when none is close} */
    public Optional<String> nearest() {
        return nearest;
    }

    /** {@return the valid ids, in the order of the data set} */
    public List<String> valid() {
        return valid;
    }
}
