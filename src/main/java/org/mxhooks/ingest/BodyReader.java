package org.mxhooks.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads bodies into memory that is taken from the node's budget before it is allocated. */
final class BodyReader {

    private static final int FIRST_BUFFER = 8 * 1024;

    private final int maxBody;

    /** @param maxBody the size of the largest body that is accepted */
    BodyReader(int maxBody) {
        this.maxBody = maxBody;
    }

    /** A body was larger than is accepted. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("larger than mxhooks.max-body", null, false, false);
        }
    }

    /** The node holds as many bytes of unverified requests as it may. */
    static final class BudgetExhausted extends Exception {
        private static final long serialVersionUID = 1;

        BudgetExhausted() {
            super("no memory for another unverified request", null, false, false);
        }
    }

    /**
     * Reads a stream to the declared length or its end, at most one byte beyond the largest body. The buffer grows with
     * what has arrived, not with what was declared. The end of a body of known length is not waited for: servers that
     * see an {@code Upgrade} header report it late.
     *
     * @param declared the length that frames the body; negative if none does
     * @param share from which all memory is taken; the caller closes it
     */
    byte[] read(InputStream in, long declared, ByteBudget.Share share) throws IOException, TooLarge, BudgetExhausted {
        if (declared > maxBody) {
            throw new TooLarge();
        }
        int expected = declared < 0 ? maxBody : (int) declared;
        byte[] buffer = resized(new byte[0], Math.min(expected, FIRST_BUFFER), share);
        int length = 0;
        while (true) {
            length += in.readNBytes(buffer, length, buffer.length - length);
            int next = length < buffer.length || length == declared ? -1 : in.read();
            if (next < 0) {
                return resized(buffer, length, share);
            }
            if (length == maxBody) {
                throw new TooLarge();
            }
            buffer = resized(buffer, grown(length, length < expected ? expected : maxBody), share);
            buffer[length++] = (byte) next;
        }
    }

    private static int grown(int size, int limit) {
        return (int) Math.min(limit, Math.max(FIRST_BUFFER, 2L * size));
    }

    private static byte[] resized(byte[] buffer, int size, ByteBudget.Share share) throws BudgetExhausted {
        if (size == buffer.length) {
            return buffer;
        }
        if (!share.take(size)) {
            throw new BudgetExhausted();
        }
        byte[] resized = Arrays.copyOf(buffer, size);
        share.giveBack(buffer.length);
        return resized;
    }
}
