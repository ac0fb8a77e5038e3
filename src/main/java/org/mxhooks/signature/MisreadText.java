package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** Text that was written in UTF-8 and may have been read in ISO 8859-1, as servers read headers. */
final class MisreadText {

    private MisreadText() {}

    /** The text as it was written: the one given, if it cannot be UTF-8 that was read in ISO 8859-1. */
    static String reread(String given) {
        try {
            return UTF_8.newDecoder()
                    .decode(ISO_8859_1.newEncoder().encode(CharBuffer.wrap(given)))
                    .toString();
        } catch (CharacterCodingException itWasNot) {
            return given;
        }
    }
}
