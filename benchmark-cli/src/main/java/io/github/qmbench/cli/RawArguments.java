package io.github.qmbench.cli;

import java.util.List;
import java.util.Optional;

/** Looks at the words of a command line that have not been parsed yet, or cannot be. */
final class RawArguments {

    private RawArguments() {}

    /** Returns the value that words give to an option, the last one if it is given again. */
    static Optional<String> valueOf(String option, List<String> words) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(option + "=")) {
                value = Optional.of(word.substring(option.length() + 1));
            } else if (word.equals(option) && i + 1 < words.size()) {
                value = Optional.of(words.get(i + 1));
            }
        }
        return value;
    }
}
