package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another implementation of the Standard Webhooks specification: a package of npm, run by {@code src/test/node}.
 *
 * @param library the package
 */
public record ForeignSigner(String library) {

    private static final Path SOURCE = Path.of("src/test/node");
    static final Path INSTALLED = Path.of("target/signers");

    /** Whether Node.js is there. */
    public static boolean isAvailable() {
        try {
            run(SOURCE, "", "npm", "--version");
            return true;
        } catch (UncheckedIOException notInstalled) {
            return false;
        }
    }

    /** Fetches the packages that the lock names, in one test JVM at a time. */
    public static void install() throws IOException {
        Files.createDirectories(INSTALLED);
        try (FileChannel turn = FileChannel.open(INSTALLED.resolve("turn"), CREATE, WRITE)) {
            turn.lock();
            Path lock = INSTALLED.resolve("package-lock.json");
            boolean installed = Files.exists(INSTALLED.resolve("node_modules"))
                    && isCopy(lock, SOURCE.resolve("package-lock.json"));
            for (String name : List.of("package.json", "package-lock.json", "sign.js", "projects.js", "provider.js")) {
                Path copy = INSTALLED.resolve(name);
                if (!isCopy(copy, SOURCE.resolve(name))) {
                    Files.copy(SOURCE.resolve(name), copy, REPLACE_EXISTING);
                }
            }
            if (!installed) {
                run(INSTALLED, "", "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
            }
        }
    }

    private static boolean isCopy(Path copy, Path original) throws IOException {
        return Files.exists(copy) && Files.mismatch(copy, original) < 0;
    }

    /** The value of {@code webhook-signature}. */
    String sign(String secret, String id, Instant at, String body) {
        String message = Json.createObjectBuilder()
                .add("library", library)
                .add("secret", secret)
                .add("id", id)
                .add("timestamp", at.getEpochSecond())
                .add("body", body)
                .build()
                .toString();
        return run(INSTALLED, message, "node", "sign.js").strip();
    }

    /** Whether it takes what another implementation signed. */
    public boolean verifies(String secret, String id, String timestamp, String signature, String body) {
        String message = Json.createObjectBuilder()
                .add("library", library)
                .add("secret", secret)
                .add("id", id)
                .add("timestamp", Long.parseLong(timestamp))
                .add("signature", signature)
                .add("body", body)
                .build()
                .toString();
        return run(INSTALLED, message, "node", "sign.js").strip().equals("true");
    }

    /** Whether a delivery of the scheme <i>projects</i> is verified by the Community Commons recipe, run by Node.js. */
    public static boolean verifiesProjects(String secret, String signature, String body) {
        String message = Json.createObjectBuilder()
                .add("secret", secret)
                .add("signature", signature)
                .add("body", body)
                .build()
                .toString();
        return run(INSTALLED, message, "node", "projects.js").strip().equals("true");
    }

    private static String run(Path directory, String input, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().write(input.getBytes(UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
