package io.github.qmbench.nmr.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A writer of words so that a shell reads them back as they are. */
public final class ShellWord {

    private ShellWord() {}

    /** Returns the word, in single quotes if it needs any; on one line, so that it can be shown and copied. */
    public static String quote(String word) {
        if (!TerminalText.line(word).equals(word)) {
            return spelled(word);
        }
        return word.matches("[A-Za-z0-9_./=:@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** In the quotes of bash, zsh and POSIX 2024 that take characters by their octal numbers. */
    private static String spelled(String word) {
        StringBuilder spelled = new StringBuilder("$'");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (TerminalText.steers(c)) {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    spelled.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
                }
            } else {
                spelled.append(c == '\'' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return spelled.append('\'').toString();
    }

    /** Returns a command line of qmbench that can be copied, with the name by which the user called it. */
    public static String command(String... words) {
        return Stream.concat(Stream.of(System.getProperty("qmbench.command", "qmbench")), Stream.of(words))
                .map(ShellWord::quote)
                .collect(Collectors.joining(" "));
    }

    /** Returns a command line. */
    public static String join(List<String> words) {
        return words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }
}
