package org.mxhooks.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why a file cannot be used, without its name, which may be a secret that was put in its place. */
final class FileProblem {

    private FileProblem() {}

    static String of(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied for the server's user";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "a file with this name exists";
        }
        if (problem instanceof CharacterCodingException) {
            return "it is neither UTF-8 nor UTF-16 with a byte order mark";
        }
        if (problem instanceof FileSystemException fault) {
            return Optional.ofNullable(fault.getReason())
                    .orElse(fault.getClass().getSimpleName());
        }
        return problem.getMessage();
    }
}
