package org.mxhooks.database;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the embedded database, which nobody but their owner may read, whatever the umask is and whoever created
 * them.
 */
final class EmbeddedFiles {

    private static final Pattern FILE_URL =
            Pattern.compile("jdbc:h2:(?:\\w+:)*" + UninterruptedFile.SCHEME + ":([^;]+).*");
    private static final String DATA = ".mv.db";
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE);

    private EmbeddedFiles() {}

    /**
     * Creates what H2 would create for everybody to read, and restricts what is there. A database in memory has no
     * files.
     *
     * @throws SQLException if a file stays readable for others
     */
    static void protect(String url) throws SQLException {
        Matcher file = FILE_URL.matcher(url);
        if (file.matches()) {
            protect(Path.of(file.group(1)).toAbsolutePath());
        }
    }

    private static void protect(Path database) throws SQLException {
        Path directory = database.getParent();
        try {
            Files.createDirectories(directory);
            if (hasPermissions(directory)) {
                create(database.resolveSibling(database.getFileName() + DATA));
                restrictAll(directory, database.getFileName() + ".*");
            }
        } catch (IOException e) {
            throw new SQLException(
                    "The files of the embedded database in " + directory
                            + " (mxhooks.home) cannot be restricted to their owner; make the user that runs the server their owner: "
                            + e,
                    e);
        }
    }

    private static boolean hasPermissions(Path directory) {
        return Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null;
    }

    /** H2 takes an empty file for a new database. */
    private static void create(Path data) throws IOException {
        if (Files.notExists(data)) {
            Files.createFile(data, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    private static void restrictAll(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            for (Path file : files) {
                restrict(file);
            }
        }
    }

    /** A file that is there no more, as H2 or another process may just have removed it, is none to restrict. */
    static void restrict(Path file) throws IOException {
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        } catch (NoSuchFileException removed) {
            return; // nobody can read it
        }
    }
}
