package io.github.qmbench.nmr;

import java.util.List;
import java.util.Optional;

/** Thrown when a data set has no molecule of a name. It has the nearest name and all ids. */
public final class UnknownMoleculeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** As it was given. */
    private final String asked;

    private final transient Optional<String> nearest;
    private final transient List<String> valid;

    UnknownMoleculeException(String asked, Optional<String> nearest, String dataSet, List<String> valid) {
        super(dataSet + " has no molecule '" + asked + "'"
                + nearest.map(match -> "; did you mean " + match + "?").orElse("")
                + (nearest.isPresent() ? " It has " : "; it has ") + String.join(", ", valid));
        this.asked = asked;
        this.nearest = nearest;
        this.valid = List.copyOf(valid);
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
