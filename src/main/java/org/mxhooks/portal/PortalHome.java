package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The directory with the database and the token, which one process uses at a time. What is created there is readable by
 * its owner alone.
 */
final class PortalHome implements AutoCloseable {

    private static final String DATABASE = "portal";
    private static final String TOKEN = "portal.token";
    private static final int TOKEN_BYTES = 32;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final FileChannel lock;

    private PortalHome(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Creates the directory where it is missing, and takes it.
     *
     * @throws PortalFailure if it cannot be written, or another process has it
     */
    static PortalHome open(Path given) throws PortalFailure {
        Path directory = given.toAbsolutePath().normalize();
        if (directory.toString().contains(";")) {
            throw new PortalFailure(
                    "the home %s has a semicolon in its name; name another by --home.".formatted(given));
        }
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            return new PortalHome(directory, locked(directory));
        } catch (IOException e) {
            throw new PortalFailure(
                    "the home %s cannot be written (%s). Name a directory that you may write by --home."
                            .formatted(directory, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static FileChannel locked(Path directory) throws IOException, PortalFailure {
        Path file = directory.resolve("portal.lock");
        FileChannel channel = FileChannel.open(createdFor(file), CREATE, WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw new PortalFailure(
                    "the home %s is in use by another portal. End it, or name another directory by --home."
                            .formatted(directory));
        }
        return channel;
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    private static Path createdFor(Path file) throws IOException {
        return Files.exists(file) ? file : Files.createFile(file, ownerOnly("rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    Path directory() {
        return directory;
    }

    /** The database's file, without its ending; H2 takes an empty one for a new database. */
    Path database() throws PortalFailure {
        try {
            createdFor(directory.resolve(DATABASE + ".mv.db"));
            return directory.resolve(DATABASE);
        } catch (IOException e) {
            throw unusable(DATABASE + ".mv.db", e);
        }
    }

    /** The file of the token, created with a random one where it is missing. */
    Path tokenFile() throws PortalFailure {
        Path file = directory.resolve(TOKEN);
        try {
            if (Files.notExists(file) || Files.size(file) == 0) {
                Files.write(createdFor(file), (random() + "\n").getBytes(US_ASCII));
            }
            return file;
        } catch (IOException e) {
            throw unusable(TOKEN, e);
        }
    }

    private PortalFailure unusable(String file, IOException e) {
        return new PortalFailure(
                "the file %s in the home %s cannot be used (%s). Correct its permissions."
                        .formatted(file, directory, e.getClass().getSimpleName()),
                e);
    }

    private static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
