package io.github.qmbench.nmr.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of basis sets and levels of theory, which have several spellings. Holds no state; safe for use by many threads. */
public final class TheoryName {

    private static final Pattern TWO_STARS = Pattern.compile("\\*\\*(?=/|$)");
    private static final Pattern STAR = Pattern.compile("\\*(?=/|$)");

    private TheoryName() {}

    /**
     * {@return the form that all spellings of a name share: lower case, no blanks, brackets instead of Pople's stars}
     *
     * @param name a basis set like {@code 6-31G**}, or a level like {@code B3LYP/6-31G*}
     */
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace(" ", "");
        return STAR.matcher(TWO_STARS.matcher(lower).replaceAll("(d,p)")).replaceAll("(d)");
    }
}
