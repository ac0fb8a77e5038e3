package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a secret or password, without what editors, shells and configuration tools put around it: a byte order
 * mark before it, line breaks before and after it. Spaces belong to the secret.
 */
public final class SecretText {

    private static final int MAX_FILE_BYTES = 64 << 10;
    private static final int FIRST_OF_UTF_16_BIG_ENDIAN = 0xFE;
    private static final int FIRST_OF_UTF_16_LITTLE_ENDIAN = 0xFF;

    private SecretText() {}

    /**
     * Returns the text in a file.
     *
     * @throws IOException if it cannot be read, has more than 64 KiB or is no text; the message holds nothing of the
     *     content
     */
    public static String in(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(BoundedInput.read(in, MAX_FILE_BYTES));
        }
    }

    /**
     * Returns the text in a file: UTF-8, or UTF-16 where it begins with that byte order mark, as PowerShell writes it.
     *
     * @throws CharacterCodingException if it is neither; the message holds nothing of the content
     */
    public static String of(byte[] file) throws CharacterCodingException {
        return of(charset(file).newDecoder().decode(ByteBuffer.wrap(file)).toString());
    }

    /** Returns the text of a value, of an environment variable for example. */
    public static String of(String value) {
        return value.replaceAll("\\A[\\uFEFF\\r\\n]+|[\\r\\n]+\\z", "");
    }

    // Neither byte ever begins a text in UTF-8.
    private static Charset charset(byte[] file) {
        int first = file.length == 0 ? 0 : Byte.toUnsignedInt(file[0]);
        return first == FIRST_OF_UTF_16_BIG_ENDIAN || first == FIRST_OF_UTF_16_LITTLE_ENDIAN ? UTF_16 : UTF_8;
    }
}
