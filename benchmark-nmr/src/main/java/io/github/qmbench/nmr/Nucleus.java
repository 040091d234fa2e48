package io.github.qmbench.nmr;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The nuclei whose chemical shifts can be measured and predicted. Each has a range of plausible shifts, to find slips;
 * it has room beyond the extremes known.
 */
public enum Nucleus {
    /** The proton; shifts are believed from -60 ppm (metal hydrides) to 30 ppm. */
    H1("1H", Element.H, -60, 30),
    /** Carbon-13; shifts are believed from -300 ppm (tetraiodomethane) to 450 ppm (carbynes, cations). */
    C13("13C", Element.C, -300, 450),
    /** Nitrogen-15; shifts are believed from -600 to 1200 ppm, so that both usual zeros (nitromethane, ammonia) fit. */
    N15("15N", Element.N, -600, 1200),
    /** Fluorine-19; shifts are believed from -500 ppm (ClF is at -448) to 900 ppm (O2F2 is at 865), on the scale of CFCl3. */
    F19("19F", Element.F, -500, 900),
    /** Phosphorus-31; shifts are believed from -600 ppm (P4 is at -520) to 1500 ppm (phosphinidene complexes). */
    P31("31P", Element.P, -600, 1500);

    private final String label;
    private final Element element;
    private final double lowestShift;
    private final double highestShift;

    Nucleus(String label, Element element, double lowestShift, double highestShift) {
        this.label = label;
        this.element = element;
        this.lowestShift = lowestShift;
        this.highestShift = highestShift;
    }

    /** All labels for messages: {@code 1H, 13C, ...}. */
    static String labels() {
        return Arrays.stream(values()).map(Nucleus::label).collect(Collectors.joining(", "));
    }

    /** {@return the label as chemists write it: {@code 1H}, {@code 13C}} */
    public String label() {
        return label;
    }

    /** {@return the element whose atoms have this nucleus} */
    public Element element() {
        return element;
    }

    /**
     * {@return whether a shift is one that such a nucleus can have} A check for slips, not a fine one.
     *
     * @param shiftPpm the shift in ppm
     */
    public boolean believes(double shiftPpm) {
        return shiftPpm >= lowestShift && shiftPpm <= highestShift;
    }

    /** The believed range for messages: {@code -60 to 30 ppm}. */
    String believedRange() {
        return (int) lowestShift + " to " + (int) highestShift + " ppm";
    }

    /**
     * {@return the nucleus of a label, of the reversed label or of the element alone, in any case: 13C, C13, c; empty
     * when there is none}
     *
     * @param label with mass number and symbol, or the symbol
     */
    public static Optional<Nucleus> ofLabel(String label) {
        String wanted = Objects.requireNonNull(label, "label").trim().toUpperCase(Locale.ROOT);
        for (Nucleus nucleus : values()) {
            if (wanted.equals(nucleus.label)
                    || wanted.equals(nucleus.name())
                    || wanted.equals(nucleus.element.symbol())) {
                return Optional.of(nucleus);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the nucleus of an element's atoms; empty when there is none here}
     *
     * @param element a chemical element
     */
    public static Optional<Nucleus> of(Element element) {
        Objects.requireNonNull(element, "element");
        for (Nucleus nucleus : values()) {
            if (nucleus.element == element) {
                return Optional.of(nucleus);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return label;
    }
}
