package io.github.qmbench.nmr.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The words for an error of reading or writing; for many, Java gives no more than the name of the file. */
public final class IoReason {

    private IoReason() {}

    /** Returns what happened, with the name of the file that it happened to. */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof FileAlreadyExistsException other) {
            return other.getFile() + " is there already, and is not a directory";
        }
        if (e instanceof DirectoryNotEmptyException directory) {
            return directory.getFile() + " is a directory";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        if (e instanceof FileNotFoundException) {
            return "cannot open " + e.getMessage();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
