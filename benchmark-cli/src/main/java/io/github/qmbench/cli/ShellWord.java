package io.github.qmbench.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Writes words so that a shell reads them back as they are. */
final class ShellWord {

    private ShellWord() {}

    /** Returns the word, in single quotes if it needs any. */
    static String quote(String word) {
        return word.matches("[A-Za-z0-9_./=:@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Returns a command line. */
    static String join(List<String> words) {
        return words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }
}
