package org.mxhooks.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/** The encoding of a URI's path (RFC 3986 section 2.1). */
final class PercentEncoding {

    private PercentEncoding() {}

    /** Whether a path as it was sent decodes to UTF-8. */
    static boolean isUtf8(String path) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                octets.write(path.charAt(i));
            } else if (isHexPair(path, i + 1)) {
                octets.write(HexFormat.fromHexDigits(path, i + 1, i + 3));
                i += 2;
            } else {
                return false;
            }
        }
        return isUtf8(octets.toByteArray());
    }

    private static boolean isHexPair(String path, int start) {
        return start + 2 <= path.length()
                && HexFormat.isHexDigit(path.charAt(start))
                && HexFormat.isHexDigit(path.charAt(start + 1));
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
