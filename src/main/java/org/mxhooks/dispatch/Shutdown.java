package org.mxhooks.dispatch;

import jakarta.enterprise.concurrent.ManageableThread;

/** What an interrupt of a thread means. */
final class Shutdown {

    private Shutdown() {}

    /** Whether the server, whose thread this is, wants it to end. Any other interrupt is not meant for the engine. */
    static boolean isRequested() {
        return Thread.currentThread() instanceof ManageableThread managed && managed.isShutdown();
    }
}
