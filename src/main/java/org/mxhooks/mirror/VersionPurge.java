package org.mxhooks.mirror;

import static org.mxhooks.mirror.History.ALERTS;
import static org.mxhooks.mirror.History.SPRINTS;
import static org.mxhooks.mirror.History.STORIES;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.database.Transaction;
import org.mxhooks.settings.Settings;

/**
 * Deletes past versions that were superseded, and pushes and packages that were received, longer ago than
 * {@code mxhooks.retention}.
 */
@ApplicationScoped
public class VersionPurge {

    private static final Ageing PUSHES = new Ageing("Push", "moment.updatedAt");
    private static final Ageing STORIES_OF_PUSHES = new Ageing("PushStory", "receivedAt");
    private static final Ageing PACKAGES = new Ageing("UploadedPackage", "receivedAt");
    private static final int MAX_STEP_SIZE = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    @Resource
    UserTransaction jta;

    @Inject
    Settings settings;

    /**
     * Deletes up to 500 of each kind, the oldest first, in a transaction of its own. Nodes that do so at once wait for
     * each other's step and find nothing left of it.
     *
     * @return whether there may be more
     */
    public boolean step() throws Exception {
        Instant before = Instant.now().minus(settings.dispatch().retention());
        AtomicBoolean more = new AtomicBoolean();
        new Transaction(jta, TIMEOUT).run(() -> more.set(purge(entities, before, MAX_STEP_SIZE)));
        return more.get();
    }

    static boolean purge(EntityManager entities, Instant before, int max) {
        return STORIES.purge(entities, before, max)
                | SPRINTS.purge(entities, before, max)
                | ALERTS.purge(entities, before, max)
                | STORIES_OF_PUSHES.purge(entities, before, max)
                | PUSHES.purge(entities, before, max)
                | PACKAGES.purge(entities, before, max);
    }
}
