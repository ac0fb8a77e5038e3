package org.mxhooks.settings;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of the embedded database and of generated secrets. It and its files are readable by its owner alone,
 * whoever created them; a platform without such permissions keeps its own.
 */
record Home(Path directory) {

    private static final System.Logger LOG = System.getLogger(Home.class.getName());
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OF_OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OF_FILE = PosixFilePermissions.fromString("rw-------");

    /** What the database, the server's broker and file systems keep there. */
    private static final Pattern OF_OTHER_PARTS = Pattern.compile("mxhooks\\..*|broker|lost\\+found");

    /** Creates it where it is missing. */
    void create() throws IOException {
        Files.createDirectories(directory, ownerOnly(OF_OWNER));
    }

    /** Creates an empty file under a name of its own. */
    Path draft(String fileName) throws IOException {
        create();
        return Files.createTempFile(directory, fileName, GeneratedFile.DRAFT, ownerOnly(OF_FILE));
    }

    /** Removes a draft, where it is still there. */
    void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LOG.log(
                    WARNING,
                    "The draft {0} of a secret is not in use and could not be removed: {1}",
                    draft,
                    e.toString());
        }
    }

    private void discardAbandonedDrafts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> GeneratedFile.isDraft(file.getFileName().toString()))
                    .filter(Home::isAbandoned)
                    .forEach(this::discard);
        }
    }

    /** Another process writes its draft within moments; a time far ahead is of a clock that was set back. */
    private static boolean isAbandoned(Path draft) {
        try {
            Instant written = Files.getLastModifiedTime(draft, NOFOLLOW_LINKS).toInstant();
            return Duration.between(written, Instant.now()).abs().compareTo(ABANDONED_AFTER) > 0;
        } catch (IOException renamed) {
            return false;
        }
    }

    /** The embedded database, without the ending of its file. */
    Path database() {
        return directory.resolve("mxhooks");
    }

    /** Whether the embedded database was ever opened. */
    boolean hasDatabase() throws IOException {
        Path file = directory.resolve("mxhooks.mv.db");
        return Files.exists(file) && Files.size(file) > 0;
    }

    /**
     * Takes rights from others and removes drafts that were left, where there is such a directory; returns why it
     * cannot be used, with the remedy.
     */
    Optional<String> close() {
        try {
            if (!Files.exists(directory, NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Optional<String> obstacle = Optional.ofNullable(obstacle());
            if (obstacle.isEmpty()) {
                discardAbandonedDrafts();
            }
            return obstacle;
        } catch (IOException e) {
            return Optional.of("cannot be restricted to its owner: " + FileProblem.of(e));
        }
    }

    private String obstacle() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Files.isSymbolicLink(directory)
                    ? "is a symbolic link whose target is not a directory; create the target, or name another directory"
                    : "is not a directory; name one, or omit the setting";
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            return "cannot be written by the server's user; give it to that user (chown), or name another directory";
        }
        return POSIX ? openness() : null;
    }

    private String openness() throws IOException {
        List<Path> content;
        try (Stream<Path> files = Files.list(directory)) {
            content = files.toList();
        }
        if (isOpen(directory)) {
            Optional<Path> foreign =
                    content.stream().filter(file -> !isOurs(file)).findFirst();
            if (foreign.isPresent()) {
                return "is accessible to other users (%s) and contains files of other programs, such as %s; name a separate directory, or chmod 700"
                        .formatted(permissions(directory), foreign.get().getFileName());
            }
            if (!tighten(directory, OF_OWNER)) {
                return "is accessible to other users (%s) and owned by another user; chmod 700, or name a directory in it, which mxhooks creates"
                        .formatted(permissions(directory));
            }
        }
        for (Path file : content) {
            Optional<String> open = isOurs(file) ? closeFile(file) : Optional.empty();
            if (open.isPresent()) {
                return open.get();
            }
        }
        return null;
    }

    /** As {@link #close()}, for a file of the directory, which the database or another process may just remove. */
    static Optional<String> closeFile(Path file) throws IOException {
        try {
            PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
            if (!found.isRegularFile() || OF_OWNER.containsAll(found.permissions()) || tighten(file, OF_FILE)) {
                return Optional.empty();
            }
            return Optional.of(
                    "contains a file %s that is owned by another user and accessible to others (%s); chown and chmod 600"
                            .formatted(file.getFileName(), permissions(file)));
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return GeneratedFile.isNameOrCopy(name) || OF_OTHER_PARTS.matcher(name).matches();
    }

    /** Whether others than its owner have any right to it. */
    static boolean isOpen(Path file) throws IOException {
        return POSIX && !OF_OWNER.containsAll(Files.getPosixFilePermissions(file));
    }

    static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** Whether it could be: only its owner can. */
    private static boolean tighten(Path file, Set<PosixFilePermission> permissions) {
        try {
            Files.setPosixFilePermissions(file, permissions);
            return true;
        } catch (IOException notTheOwner) {
            return false;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
