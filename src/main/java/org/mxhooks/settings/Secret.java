package org.mxhooks.settings;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A secret, given as a value or as a file. A file is read again within a second after it changed; while it cannot be
 * read, or is blank, the last value stands and a warning is logged. Safe for use by many threads.
 */
public final class Secret {

    private static final System.Logger LOG = System.getLogger(Secret.class.getName());
    private static final Duration LOOK_AT_FILE_EVERY = Duration.ofSeconds(1);

    private final Path file;
    private volatile Reading reading;

    private record Reading(String value, FileTime modified, long lookedAt) {
        boolean isRecent() {
            return System.nanoTime() - lookedAt < LOOK_AT_FILE_EVERY.toNanos();
        }
    }

    private Secret(Path file, Reading reading) {
        this.file = file;
        this.reading = reading;
    }

    /** A secret that does not change. */
    public static Secret of(String value) {
        return new Secret(null, new Reading(value, null, 0));
    }

    /**
     * A secret in a file; a line break at its end is not part of it.
     *
     * @throws IOException if the file cannot be read or is blank
     */
    public static Secret in(Path file) throws IOException {
        return new Secret(file, read(file));
    }

    /** The secret as it is now. */
    public String value() {
        if (file != null && !reading.isRecent()) {
            lookAgain();
        }
        return reading.value();
    }

    /** By which people compare secrets without seeing them: 12 hex digits of a hash. */
    public String fingerprint() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("mxhooks fingerprint " + value()).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private synchronized void lookAgain() {
        Reading last = reading;
        if (last.isRecent()) {
            return;
        }
        try {
            reading = Files.getLastModifiedTime(file).equals(last.modified())
                    ? new Reading(last.value(), last.modified(), System.nanoTime())
                    : read(file);
        } catch (IOException e) {
            LOG.log(WARNING, "Secret file {0} cannot be read, its last value stays in use: {1}", file, e.toString());
            reading = new Reading(last.value(), last.modified(), System.nanoTime());
        }
    }

    private static Reading read(Path file) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        String value = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        if (value.isBlank()) {
            throw new IOException("the file is blank");
        }
        return new Reading(value, modified, System.nanoTime());
    }

    @Override
    public String toString() {
        return "****";
    }
}
