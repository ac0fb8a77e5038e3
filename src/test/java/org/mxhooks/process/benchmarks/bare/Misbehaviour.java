package org.mxhooks.process.benchmarks.bare;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.WebhookEvent;

/** Consumers that misbehave as long as a file is there. */
@ApplicationScoped
public class Misbehaviour {

    /** Names the file. */
    public static final String FILE = "misbehave.file";

    private static final Logger LOG = Logger.getLogger(Misbehaviour.class.getName());

    @Consumer("hanging")
    void hang(@Observes WebhookEvent event) throws InterruptedException {
        while (misbehaves()) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Consumer("flooding")
    void flood(@Observes WebhookEvent event) {
        if (misbehaves()) {
            LOG.info(() -> "flooded by " + event);
            throw new IllegalStateException("flooded by " + event);
        }
    }

    private static boolean misbehaves() {
        return Files.exists(Path.of(System.getProperty(FILE)));
    }
}
