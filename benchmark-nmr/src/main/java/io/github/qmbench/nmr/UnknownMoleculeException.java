package io.github.qmbench.nmr;

import java.util.List;
import java.util.Optional;

/** Says that a data set has no molecule of a name, with the nearest one and all there are. */
public final class UnknownMoleculeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

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

    /** The text that names no molecule. */
    public String asked() {
        return asked;
    }

    /** The id or name most like it, when one is close. */
    public Optional<String> nearest() {
        return nearest;
    }

    /** The ids that would do, in the order of the data set. */
    public List<String> valid() {
        return valid;
    }
}
