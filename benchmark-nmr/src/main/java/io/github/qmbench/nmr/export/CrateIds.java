package io.github.qmbench.nmr.export;

import java.nio.file.Path;

/** Identifiers in a crate: relative URIs, in which letters outside ASCII stay as they are (IRIs). */
final class CrateIds {

    private static final String PLAIN = "-._~/()+,=@!$'*;";

    private CrateIds() {}

    /** Returns the id of a file in a crate. */
    static String of(Path crate, Path file) {
        StringBuilder path = new StringBuilder();
        for (Path name : crate.relativize(file)) {
            path.append(path.isEmpty() ? "" : "/").append(name);
        }
        return encode(path.toString());
    }

    /** Returns a text as a part of a URI. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain
                    || PLAIN.indexOf(c) >= 0
                    || (c > 0xa0 && !Character.isSurrogate(c) && Character.isLetterOrDigit(c))) {
                encoded.append(c);
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                for (byte one : Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                    encoded.append('%').append(String.format(java.util.Locale.ROOT, "%02X", one));
                }
            }
        }
        return encoded.toString();
    }
}
