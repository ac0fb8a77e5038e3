package org.mxhooks.inbox;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how many bytes of bodies those that follow the log hold at the same time, on all threads of a node. It leaves
 * room for what is decoded of usual bodies; that of a body of tiny objects may take 40 times its bytes. What a thread
 * has read counts until its {@linkplain #begin reading} ends, however long the thread hangs. Where nothing is left, one
 * delivery at a time can still be read, so that nobody has to wait. Safe for use by many threads.
 */
public final class BodyBudget {

    private static final long MEMORY = 128L * 1024 * 1024;

    /** What is decoded of a body is held as long, and takes about five times its bytes: measured of a story. */
    private static final int WITH_DECODED = 6;

    private final AtomicLong free;
    private final ThreadLocal<HeldBodies> ofThread = new ThreadLocal<>();
    private final Set<HeldBodies> open = ConcurrentHashMap.newKeySet();

    BodyBudget() {
        this(MEMORY / WITH_DECODED);
    }

    /** @param bytes of bodies, beside the one that each reader may have in any case */
    BodyBudget(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** What the calling thread reads counts from now on. */
    public HeldBodies begin() {
        HeldBodies reading = new HeldBodies(ofThread.get());
        open.add(reading);
        ofThread.set(reading);
        return reading;
    }

    /** Whether more than one delivery at a time can be read. */
    boolean hasRoom() {
        return free.get() > 0;
    }

    /** From when a thread reads until it needs nothing of that any more. */
    public final class HeldBodies implements AutoCloseable {
        private final HeldBodies outer;
        private long held;

        private HeldBodies(HeldBodies outer) {
            this.outer = outer;
        }

        private void add(long bytes) {
            held += bytes;
            free.addAndGet(-bytes);
        }

        /**
         * The calling thread, which began, reads no more; what it has read counts until this is closed, by any thread.
         */
        public void endReading() {
            if (ofThread.get() == this && outer != null) {
                ofThread.set(outer);
            } else if (ofThread.get() == this) {
                ofThread.remove();
            }
        }

        @Override
        public void close() {
            endReading();
            open.remove(this);
            free.addAndGet(held);
        }
    }

    /** Those that have not ended. */
    Set<HeldBodies> open() {
        return new HashSet<>(open);
    }

    /** How many bytes of those wanted may be read; they count at once. */
    long take(long wanted) {
        HeldBodies reading = ofThread.get();
        if (reading == null) {
            return wanted;
        }
        long before = free.getAndUpdate(left -> left - within(left, wanted));
        long taken = within(before, wanted);
        reading.held += taken;
        return taken;
    }

    private static long within(long left, long wanted) {
        return Math.min(wanted, Math.max(0, left));
    }

    /** So many bytes have been read, instead of those that were taken. */
    void settle(long taken, long read) {
        HeldBodies reading = ofThread.get();
        if (reading != null) {
            reading.add(read - taken);
        }
    }
}
