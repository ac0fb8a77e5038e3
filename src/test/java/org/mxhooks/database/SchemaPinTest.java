package org.mxhooks.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A changed migration makes every database unusable that it was applied to. */
class SchemaPinTest {

    /** Before the first release: set it anew, and say in the changelog that databases must be created anew. */
    private static final String SHA_256 = "469c61729215e192fb72a5d7f95c458c9c22afac5c7b384320901b66169e957b";

    @Test
    void theSchemaIsNotChangedUnnoticed() throws IOException, NoSuchAlgorithmException {
        try (InputStream migration = Database.class.getResourceAsStream("V1__schema.sql")) {
            String text = new String(migration.readAllBytes(), UTF_8).replace("\r\n", "\n");

            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8))))
                    .isEqualTo(SHA_256);
        }
    }
}
