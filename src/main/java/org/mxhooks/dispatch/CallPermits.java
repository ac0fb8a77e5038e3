package org.mxhooks.dispatch;

/**
 * How many lanes of asynchronous consumers a node may have calls in. One is always free for each consumer; the others
 * are shared, and those that wait for slow far ends leave half of them to the rest. Safe for use by many threads.
 */
final class CallPermits {

    private static final int SHARED = 256;
    private static final int MAX_OF_CONSUMER = 32;
    private static final int MAX_OF_SLOW = 4;

    private int shared = SHARED;

    /** Whether nothing is left that consumers share. */
    synchronized boolean areScarce() {
        return shared == 0;
    }

    /** A consumer's part. */
    final class ConsumerPermits {
        private int held;

        /**
         * Takes a permit; returns whether there was one.
         *
         * @param slow whether the far end has been slow of late
         * @param room whether there is memory for more than one body
         */
        boolean take(boolean slow, boolean room) {
            synchronized (CallPermits.this) {
                boolean may = held == 0
                        || room && held < (slow ? MAX_OF_SLOW : MAX_OF_CONSUMER) && shared > (slow ? SHARED / 2 : 0);
                if (may) {
                    shared -= held == 0 ? 0 : 1;
                    held++;
                }
                return may;
            }
        }

        void giveBack() {
            synchronized (CallPermits.this) {
                held--;
                shared += held == 0 ? 0 : 1;
            }
        }

        boolean isIdle() {
            synchronized (CallPermits.this) {
                return held == 0;
            }
        }
    }
}
