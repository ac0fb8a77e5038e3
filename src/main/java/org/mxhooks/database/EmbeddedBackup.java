package org.mxhooks.database;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The file of an embedded database as it was before a migration, beside it. It is whole wherever it exists, is written
 * and put back under the lock that H2 takes too, and can be put back any number of times. It is put back in place,
 * because another process may be about to lock the file that is there.
 *
 * @param data the file of the database
 */
record EmbeddedBackup(Path data) {

    boolean exists() {
        return Files.exists(backup());
    }

    /**
     * Copies a closed database, and returns when the copy would outlive a power loss.
     *
     * @throws IOException if there is no copy, as on a full disk
     */
    void create() throws IOException {
        if (!EmbeddedFiles.ifClosed(data, this::create)) {
            throw new IOException("another process has opened the database");
        }
    }

    private boolean create(FileChannel database) throws IOException {
        try {
            Files.deleteIfExists(draft());
            try (FileChannel copy =
                    FileChannel.open(draft(), Set.of(WRITE, CREATE_NEW), EmbeddedFiles.ownerOnly(data.getParent()))) {
                copy(database, copy);
            }
            Files.move(draft(), backup(), ATOMIC_MOVE);
            EmbeddedFiles.sync(data.getParent());
            return true;
        } catch (IOException e) {
            deleteDraft(e);
            throw e;
        }
    }

    private void deleteDraft(IOException cause) {
        try {
            Files.deleteIfExists(draft());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Puts it back, unless the database is open; returns whether it did. */
    boolean restore() throws IOException {
        return (exists() || Files.exists(draft())) && EmbeddedFiles.ifClosed(data, this::restore);
    }

    private boolean restore(FileChannel database) throws IOException {
        Files.deleteIfExists(draft());
        if (!exists()) {
            return false;
        }
        boolean whole = Files.size(backup()) > 0;
        if (whole) {
            try (FileChannel copy = FileChannel.open(backup(), READ)) {
                copy(copy, database);
            }
        }
        remove();
        return whole;
    }

    /** Removes it. Emptied first, it would not be put back if a power loss restored its name. */
    void remove() throws IOException {
        try (FileChannel backup = FileChannel.open(backup(), WRITE)) {
            backup.truncate(0);
            backup.force(true);
        }
        Files.delete(backup());
    }

    private static void copy(FileChannel from, FileChannel to) throws IOException {
        long size = from.size();
        to.position(0);
        for (long copied = 0; copied < size; ) {
            copied += from.transferTo(copied, size - copied, to);
        }
        to.truncate(size);
        to.force(true);
    }

    private Path backup() {
        return data.resolveSibling(data.getFileName() + ".before-migration");
    }

    private Path draft() {
        return data.resolveSibling(data.getFileName() + ".before-migration.draft");
    }
}
