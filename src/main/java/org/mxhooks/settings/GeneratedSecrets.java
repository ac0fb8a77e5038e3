package org.mxhooks.settings;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets of the embedded default, generated on first use and stored in files that only their owner can read. A file is
 * created atomically, and is on the disk before its secret is used.
 */
record GeneratedSecrets(Home home, Disk disk) {

    private static final System.Logger LOG = System.getLogger(GeneratedSecrets.class.getName());
    private static final int BYTES = 32;

    GeneratedSecrets(Home home) {
        this(home, Disk.ofFileSystem());
    }

    /** @param fileName of a {@link GeneratedFile} */
    Secret readOrGenerate(String fileName) throws IOException {
        Path file = home.directory().resolve(fileName);
        if (!Files.exists(file)) {
            generate(file);
        }
        LOG.log(INFO, "Using the generated secret or password in {0}", file);
        return Secret.in(file);
    }

    private void generate(Path file) throws IOException {
        Path draft = home.draft(file.getFileName().toString());
        try {
            Files.writeString(draft, random() + "\n");
            disk.force(draft);
            Files.move(draft, file, ATOMIC_MOVE);
        } finally {
            home.discard(draft);
        }
        disk.force(home.directory());
        if (file.endsWith(GeneratedFile.RELAY_KEY.fileName()) && home.hasDatabase()) {
            LOG.log(
                    WARNING,
                    "Generated a new mxhooks.relay.key in {0}, although the database in {1} exists. If it has subscriptions,"
                            + " their secrets were encrypted with another key, and the relay stops for them: set that key as"
                            + " mxhooks.relay.key or mxhooks.relay.previous-key; if it is lost, create them anew",
                    file,
                    home.directory());
        }
    }

    private static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }
}
