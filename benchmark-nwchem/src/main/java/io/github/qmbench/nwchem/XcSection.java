package io.github.qmbench.nwchem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code XC Information}: the components of the functional and their weights. */
final class XcSection implements OutputSection {

    private static final Pattern COMPONENT =
            Pattern.compile("\\s+(\\S.*?\\S)\\s+(-?\\d+\\.\\d+)(\\s+(?:local|non-local))?\\s*");

    private final Map<String, Double> components = new LinkedHashMap<>();
    private boolean inside;

    /** The components of the last such section; empty when there was none. */
    Map<String, Double> components() {
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
        } else if (inside && stripped.startsWith("Range-Separation")) {
            inside = false;
        } else if (inside) {
            Matcher component = COMPONENT.matcher(text);
            if (component.matches()) {
                components.put(
                        component.group(1).replaceAll(" +", " "), Fortran.number(component.group(2), text, number));
            }
        }
    }
}
