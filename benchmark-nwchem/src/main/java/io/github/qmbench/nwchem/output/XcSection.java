package io.github.qmbench.nwchem.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections {@code XC Information} and {@code Range-Separation Parameters}: the components of the functional with
 * their weights, and the separation of ranges.
 */
public final class XcSection implements OutputSection {

    private static final Pattern COMPONENT =
            Pattern.compile("\\s+(\\S.*?\\S)\\s+(-?\\d+\\.\\d+)(?:\\s+(local|non-local))?\\s*");
    private static final Pattern RANGE =
            Pattern.compile("\\s+(Alpha|Beta|Gamma|Short-Range HF)\\s+:\\s+(-?\\d+\\.\\d+|[TF])\\s*");

    private final Map<String, Double> components = new LinkedHashMap<>();
    private boolean inside;

    /**
     * {@return the components of the last such section; empty when there was none} Names have {@code local} or {@code
     * non-local} behind them where it says so. A range separation has Alpha, Beta, Gamma and Short-Range HF (1 for
     * yes).
     */
    public Map<String, Double> components() {
        return components;
    }

    @Override
    public void line(String text, long number) throws OutputFormatException {
        if (!inside && !text.contains("XC Information")) {
            return;
        }
        String stripped = text.strip();
        if (stripped.equals("XC Information")) {
            components.clear();
            inside = true;
        } else if (inside && stripped.endsWith("Information")) {
            inside = false;
        } else if (inside) {
            Matcher range = RANGE.matcher(text);
            Matcher component = COMPONENT.matcher(text);
            if (range.matches()) {
                String value = range.group(2);
                components.put(
                        range.group(1),
                        value.equals("T") ? 1 : value.equals("F") ? 0 : Fortran.number(value, text, number));
            } else if (component.matches()) {
                String part = component.group(3) == null ? "" : " " + component.group(3);
                components.put(
                        component.group(1).replaceAll(" +", " ") + part,
                        Fortran.number(component.group(2), text, number));
            }
        }
    }
}
