package org.mxhooks.resilience;

import jakarta.enterprise.concurrent.ManageableThread;

/** What an interrupt of a thread means. */
public final class Shutdown {

    private Shutdown() {}

    /** Whether the server, whose thread this is, wants it to end. Any other interrupt is not meant for us. */
    public static boolean isRequested() {
        return Thread.currentThread() instanceof ManageableThread managed && managed.isShutdown();
    }
}
