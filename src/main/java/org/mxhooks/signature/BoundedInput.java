package org.mxhooks.signature;

import java.io.IOException;
import java.io.InputStream;

/** Reads an input whole, unless it is too large. */
public final class BoundedInput {

    private BoundedInput() {}

    /** An input that has more bytes than are read; the message names the limit only. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;

        private TooLargeException(int maxBytes) {
            super("it is larger than " + (maxBytes < 1 << 20 ? (maxBytes >> 10) + " KiB" : (maxBytes >> 20) + " MiB"));
        }
    }

    /**
     * Reads no more than one byte beyond the limit.
     *
     * @param maxBytes whole KiB or MiB
     * @throws TooLargeException if there are more bytes
     */
    public static byte[] read(InputStream in, int maxBytes) throws IOException {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new TooLargeException(maxBytes);
        }
        return bytes;
    }
}
