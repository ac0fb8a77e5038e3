package org.mxhooks.process.harness;

/** Ends what a test started, whatever of it did start. */
public final class Closing {

    private Closing() {}

    /** Closes all in this order, also where closing one fails. */
    public static void all(AutoCloseable... started) throws Exception {
        Exception failure = null;
        for (AutoCloseable each : started) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
