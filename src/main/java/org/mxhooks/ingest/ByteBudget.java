package org.mxhooks.ingest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that a node holds for requests whose signatures it has not verified yet. A quarter is reserved for the
 * first {@value #SMALL} bytes of each request, so that a crowd of large ones keeps no ordinary delivery out. Safe for
 * use by many threads.
 */
final class ByteBudget {

    /** What reading a body of 64 KiB needs, with its last copy: a delivery of a usual size. */
    static final int SMALL = 128 * 1024;

    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 8;
    private static final int BODIES = 3;
    private static final int RESERVED_SHARE = 4;

    private final long reserved;
    private final long total;
    private final AtomicLong free;

    ByteBudget(long total) {
        this.total = total;
        reserved = total / RESERVED_SHARE;
        free = new AtomicLong(total);
    }

    /**
     * The budget of a node: an eighth of the heap and at most 64 MiB, but never less than the largest body needs while
     * it is read.
     *
     * @param maxHeap the heap's limit in bytes
     * @param maxBody the size of the largest body that is accepted
     */
    static ByteBudget of(long maxHeap, int maxBody) {
        return new ByteBudget(
                Math.max(Math.min(MAX_BYTES, maxHeap / SHARE_OF_HEAP), BODIES * (maxBody + (long) SMALL)));
    }

    /** Opens an account for one request; nothing is taken yet. */
    Share open() {
        return new Share();
    }

    long total() {
        return total;
    }

    long used() {
        return total - free.get();
    }

    /** The bytes held for one request. Releases them once, however often it is closed. Not thread-safe. */
    final class Share implements AutoCloseable {

        private int held;

        private Share() {}

        /** Takes so many bytes more; returns whether they were free. */
        boolean take(int bytes) {
            long remaining = free.addAndGet(-bytes);
            if (remaining < (held + bytes > SMALL ? reserved : 0)) {
                free.addAndGet(bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        void giveBack(int bytes) {
            held -= bytes;
            free.addAndGet(bytes);
        }

        @Override
        public void close() {
            giveBack(held);
        }
    }
}
