package io.gramme.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Words for what went wrong with a file, since the JDK leaves the commonest reasons to the class of the exception. */
final class Failures {
    private Failures() {}

    static String text(Exception e) {
        return switch (e) {
            case NoSuchFileException file -> file.getFile() + " does not exist";
            case AccessDeniedException file -> "permission denied: " + file.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " exists already";
            case NotDirectoryException file -> file.getFile() + " is no directory";
            case FileSystemException file when file.getReason() != null -> file.getReason() + ": " + file.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }
}
