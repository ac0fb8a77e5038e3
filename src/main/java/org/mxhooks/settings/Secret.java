package org.mxhooks.settings;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.mxhooks.signature.SecretText;

/**
 * A secret, given as a value or as a file. A file is reread every second, because its modification time may stay the
 * same when its content changes; while it cannot be read or used, the last value remains in use and a warning is logged
 * once. Thread-safe.
 */
public final class Secret {

    private static final System.Logger LOG = System.getLogger(Secret.class.getName());
    private static final Duration LOOK_AT_FILE_EVERY = Duration.ofSeconds(1);

    private final Path file;
    private final LongSupplier nanoTime;
    private final Consumer<String> check;
    private volatile Reading reading;

    private record Reading(String value, boolean failed, long lookedAt) {}

    private Secret(Path file, String value, LongSupplier nanoTime, Consumer<String> check) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.check = check;
        this.reading = new Reading(value, false, nanoTime.getAsLong());
    }

    /** A constant secret. */
    public static Secret of(String value) {
        return new Secret(null, value, System::nanoTime, anything -> {});
    }

    /**
     * A secret in a file; a byte order mark before it and line breaks around it are not part of it.
     *
     * @throws IOException if the file cannot be read or is blank; the message holds nothing of its content
     */
    public static Secret in(Path file) throws IOException {
        return in(file, System::nanoTime);
    }

    /** As above, with a clock like {@link System#nanoTime()}. */
    static Secret in(Path file, LongSupplier nanoTime) throws IOException {
        return new Secret(file, read(file), nanoTime, anything -> {});
    }

    /**
     * The same secret, of which a value that fails a check never comes into use.
     *
     * @param check throws {@link IllegalArgumentException} with a message that holds nothing of the secret
     * @throws IllegalArgumentException if the present value fails it
     */
    Secret requiring(Consumer<String> check) {
        String value = value();
        check.accept(value);
        return new Secret(file, value, nanoTime, check);
    }

    /** The current secret. */
    public String value() {
        if (file != null && !isRecent(reading)) {
            lookAgain();
        }
        return reading.value();
    }

    /** Identifies the secret without revealing it: 12 hex digits of a hash. */
    public String fingerprint() {
        return fingerprint(value());
    }

    private static String fingerprint(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(("mxhooks fingerprint " + value).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private boolean isRecent(Reading last) {
        return nanoTime.getAsLong() - last.lookedAt() < LOOK_AT_FILE_EVERY.toNanos();
    }

    private synchronized void lookAgain() {
        Reading last = reading;
        if (isRecent(last)) {
            return;
        }
        try {
            reading = new Reading(checked(read(file)), false, nanoTime.getAsLong());
            if (last.failed()) {
                LOG.log(INFO, "Secret file {0} can be used again", file);
            }
            if (!reading.value().equals(last.value())) {
                LOG.log(
                        INFO,
                        "Secret file {0} changed; fingerprint {1}, before {2}",
                        file,
                        fingerprint(reading.value()),
                        fingerprint(last.value()));
            }
        } catch (IOException e) {
            reading = new Reading(last.value(), true, nanoTime.getAsLong());
            if (!last.failed()) {
                LOG.log(
                        WARNING,
                        "Secret file {0} cannot be used, its last value remains in use: {1}",
                        file,
                        FileProblem.of(e));
            }
        }
    }

    private String checked(String value) throws IOException {
        try {
            check.accept(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        String value = SecretText.in(file);
        if (value.isBlank()) {
            throw new IOException("the file is blank");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IOException(
                    "it contains NUL characters, as in UTF-16 without a byte order mark; write it in UTF-8");
        }
        return value;
    }

    @Override
    public String toString() {
        return "****";
    }
}
