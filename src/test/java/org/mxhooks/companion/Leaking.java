package org.mxhooks.companion;

import static java.util.concurrent.TimeUnit.DAYS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;

/** Starts a thread with its deployment that does not end with it. */
@ApplicationScoped
public class Leaking {

    void start(@Observes @Initialized(ApplicationScoped.class) Object deployment) {
        Thread thread = new Thread(Leaking::stay, "leak");
        thread.setDaemon(true);
        thread.start();
    }

    private static void stay() {
        try {
            new CountDownLatch(1).await(1, DAYS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
