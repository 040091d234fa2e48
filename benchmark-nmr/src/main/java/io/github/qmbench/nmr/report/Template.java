package io.github.qmbench.nmr.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places to fill: <code>{{name}}</code> becomes the value of that name, and what stands between
 * <code>{{#name}}</code> and <code>{{/name}}</code> stays only where the value is not empty. Values are taken as they are, and
 * no places are looked for in them.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([#/]?)([a-z_]+)}}");

    private Template() {}

    /**
     * Returns the text with its places filled.
     *
     * @throws IllegalArgumentException when a name has no value, or a part does not end
     */
    static String fill(String text, Map<String, String> values) {
        StringBuilder filled = new StringBuilder(text.length());
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find(end)) {
            filled.append(text, end, place.start());
            String name = place.group(2);
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the template names {{" + name + "}}, which has no value");
            }
            if (place.group(1).isEmpty()) {
                filled.append(value);
                end = place.end();
            } else {
                boolean dropped = place.group(1).equals("#") && value.isEmpty();
                end = afterLine(text, dropped ? endOfPart(text, name, place.end()) : place.end());
            }
        }
        return filled.append(text, end, text.length()).toString();
    }

    private static int endOfPart(String text, String name, int from) {
        String mark = "{{/" + name + "}}";
        int end = text.indexOf(mark, from);
        if (end < 0) {
            throw new IllegalArgumentException("the template's part {{#" + name + "}} does not end");
        }
        return end + mark.length();
    }

    /** Leaves no empty line where a mark stood on a line of its own. */
    private static int afterLine(String text, int position) {
        return position < text.length() && text.charAt(position) == '\n' ? position + 1 : position;
    }
}
