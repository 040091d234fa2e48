package io.github.qmbench.nmr.internal;

/**
 * Text from outside, such as a name in a file, made fit to be shown on a terminal. Only this class says which
 * characters are not: control characters (escape sequences begin with one), line breaks, and those that turn the
 * direction of writing.
 */
public final class TerminalText {

    private TerminalText() {}

    /** Returns the text on one line, with a blank for each character that would steer a terminal. */
    public static String line(String text) {
        int first = first(text, false);
        if (first == text.length()) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            line.append(steers(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return line.toString();
    }

    /**
     * Returns a text of several lines, or JSON, in which those characters are spelled {@code \\u009b}, apart from the ones
     * that a program itself prints: tab, line feed, carriage return and escape.
     */
    public static String spelled(String text) {
        int first = first(text, true);
        if (first == text.length()) {
            return text;
        }
        StringBuilder spelled = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (steers(c) && !isOwn(c)) {
                String digits = Integer.toHexString(c);
                spelled.append("\\u").append("0000", 0, 4 - digits.length()).append(digits);
            } else {
                spelled.append(c);
            }
        }
        return spelled.toString();
    }

    /** The place of the first character that must not stay; the length when there is none. */
    private static int first(String text, boolean ownMayStay) {
        int i = 0;
        while (i < text.length() && !(steers(text.charAt(i)) && !(ownMayStay && isOwn(text.charAt(i))))) {
            i++;
        }
        return i;
    }

    private static boolean isOwn(char c) {
        return c == '\t' || c == '\n' || c == '\r' || c == '\u001b';
    }

    /**
     * {@return whether a character controls a terminal, ends a line, or turns the direction of writing (Unicode, UAX
     * #9)}
     */
    public static boolean steers(char c) {
        return Character.isISOControl(c)
                || c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
