package org.mxhooks.database;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the embedded database, which nobody but their owner may read, whatever the umask is and whoever created
 * them.
 */
final class EmbeddedFiles {

    private static final System.Logger LOG = System.getLogger(EmbeddedFiles.class.getName());
    private static final Pattern FILE_URL =
            Pattern.compile("jdbc:h2:(?:\\w+:)*" + UninterruptedFile.SCHEME + ":([^;]+).*");
    private static final String DATA = ".mv.db";
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE);

    /** What H2 writes first, and nothing else before it. */
    private static final int HEADER_BYTES = 8192;

    private EmbeddedFiles() {}

    /** What may be done with the file of a database that nobody has open. */
    interface Use {
        boolean of(FileChannel data) throws IOException;
    }

    /** The file that has the data; a database in memory has none. */
    static Optional<Path> data(String url) {
        Matcher file = FILE_URL.matcher(url);
        return file.matches() ? Optional.of(Path.of(file.group(1) + DATA).toAbsolutePath()) : Optional.empty();
    }

    /**
     * Creates what H2 would create for everybody to read, and restricts what is there.
     *
     * @throws SQLException if a file stays readable for others
     */
    static void protect(Path data) throws SQLException {
        Path directory = data.getParent();
        try {
            Files.createDirectories(directory);
            create(data);
            if (hasPermissions(directory)) {
                restrictAll(directory, glob(data.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new SQLException(
                    "The files of the embedded database in " + directory
                            + " (mxhooks.home) cannot be restricted to their owner; make the user that runs the server their owner: "
                            + e,
                    e);
        }
    }

    private static String glob(String data) {
        return data.substring(0, data.length() - DATA.length()) + ".*";
    }

    /**
     * Uses the file under the lock that H2 takes too; returns what that returns, or false where the database is open.
     */
    static boolean ifClosed(Path data, Use use) throws IOException {
        try (FileChannel file = FileChannel.open(data, READ, WRITE, CREATE);
                FileLock lock = lock(file)) {
            return lock != null && use.of(file);
        }
    }

    private static FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    /** Permissions of a file to be created, where the platform has such. */
    static FileAttribute<?>[] ownerOnly(Path directory) {
        return hasPermissions(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** Makes the names in a directory outlive a power loss, where the platform can. */
    static void sync(Path directory) throws IOException {
        if (hasPermissions(directory)) {
            try (FileChannel names = FileChannel.open(directory, READ)) {
                names.force(true);
            }
        }
    }

    private static boolean hasPermissions(Path directory) {
        return Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null;
    }

    /** H2 takes an empty file for a new database, and refuses one that a full disk has cut within its header. */
    private static void create(Path data) throws IOException {
        if (Files.notExists(data)) {
            Files.createFile(data, ownerOnly(data.getParent()));
        } else if (isCut(Files.size(data)) && ifClosed(data, EmbeddedFiles::empty)) {
            LOG.log(WARNING, "{0} ended within its header, as a full disk leaves a new one; it is created anew", data);
        }
    }

    private static boolean isCut(long size) {
        return size > 0 && size < HEADER_BYTES;
    }

    private static boolean empty(FileChannel data) throws IOException {
        boolean cut = isCut(data.size());
        if (cut) {
            data.truncate(0);
        }
        return cut;
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
