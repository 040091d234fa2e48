package io.github.qmbench.core.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words for an error of reading or writing: of many, Java says no more than the name of the file. */
public final class IoReason {

    /** What Java says of a program that it cannot start: up to Java 17 {@code error=2, ...}, later {@code error: 2 (...)}. */
    private static final Pattern PROGRAM =
            Pattern.compile("Cannot run program .*error(?:=\\d+, |: \\d+ \\()(.*?)(?:\\) *)?");

    private IoReason() {}

    /** Returns what is wrong, with the name of the file: {@code /data/no.json does not exist}. */
    public static String of(IOException e) {
        return words(e, "");
    }

    /**
     * Returns what is wrong, for a sentence that has named a file already: {@code it does not exist}. When the error is about
     * another file, such as a directory above, the reason names that one.
     */
    public static String of(IOException e, Path named) {
        return words(e, named.toString());
    }

    /** Returns what is wrong without the name of any file, for one that the user does not know, such as a temporary one. */
    public static String unnamed(IOException e) {
        return words(e, e instanceof FileSystemException error ? String.valueOf(error.getFile()) : "");
    }

    private static String words(IOException e, String named) {
        if (!(e instanceof FileSystemException error)) {
            return plain(e);
        }
        String file = String.valueOf(error.getFile());
        boolean isNamed = file.equals(named);
        String subject = isNamed ? "it" : file;
        if (e instanceof AccessDeniedException) {
            return isNamed ? "permission denied" : "permission denied for " + file;
        }
        if (e instanceof NoSuchFileException) {
            return subject + " does not exist";
        }
        if (e instanceof FileAlreadyExistsException) {
            return subject + " is a file, not a directory";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return subject + " is a directory that is not empty";
        }
        if (error.getReason() == null) {
            return subject + " cannot be used";
        }
        return isNamed ? inWords(error.getReason()) : file + ": " + inWords(error.getReason());
    }

    private static String plain(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        Matcher program = PROGRAM.matcher(String.valueOf(e.getMessage()));
        if (program.matches()) {
            return inWords(program.group(1));
        }
        String message = Objects.requireNonNullElse(e.getMessage(), "unknown error of reading or writing");
        int reason = message.lastIndexOf(" (");
        return e instanceof FileNotFoundException && reason > 0 && message.endsWith(")")
                ? message.substring(0, reason) + ": " + inWords(message.substring(reason + 2, message.length() - 1))
                : message;
    }

    /** What the system says, as a part of a sentence; rare reasons stay in its own words. */
    private static String inWords(String reason) {
        return switch (reason) {
            case "No such file or directory" -> "it does not exist";
            case "Not a directory" -> "a part of the path is a file, not a directory";
            case "Is a directory" -> "it is a directory, not a file";
            case "Permission denied", "Operation not permitted" -> "permission denied";
            case "Too many levels of symbolic links" -> "its symbolic links lead in a circle";
            default -> reason;
        };
    }
}
