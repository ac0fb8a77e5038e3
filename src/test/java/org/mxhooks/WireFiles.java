package org.mxhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The bodies and signature vectors that the wire document comes with. */
public final class WireFiles {

    private WireFiles() {}

    /** The bytes of a file below {@code src/test/resources/wire}, {@code bodies/story-updated.json} for example. */
    public static byte[] bytes(String file) {
        try (InputStream in = WireFiles.class.getResourceAsStream("/wire/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no wire file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String file) {
        return new String(bytes(file), UTF_8);
    }
}
