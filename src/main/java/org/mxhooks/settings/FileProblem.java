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
            return "there is no such file";
        }
        if (problem instanceof AccessDeniedException) {
            return "the server's user may not";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "there is a file of this name";
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
