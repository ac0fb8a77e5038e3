package org.mxhooks.mirror;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.WARNING;
import static org.mxhooks.mirror.History.SPRINTS;
import static org.mxhooks.mirror.History.STORIES;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Instant;
import org.mxhooks.database.Database;
import org.mxhooks.settings.Settings;

/**
 * Deletes past versions that were superseded longer ago than {@code mxhooks.retention}. Each step is one short
 * transaction on a piece of an index; nodes that do it at once wait for each other's step and find nothing left of it.
 */
@Singleton
@TransactionManagement(BEAN)
public class Forgetting {

    private static final System.Logger LOG = System.getLogger(Forgetting.class.getName());
    private static final int MAX_IN_STEP = 500;
    private static final int MAX_STEPS = 200;

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    @Resource
    UserTransaction jta;

    @Inject
    Settings settings;

    @Inject
    Database database;

    /** No more than so many steps in a minute: an undeployment waits for it. */
    @Schedule(hour = "*", minute = "*", persistent = false)
    void forget() {
        try {
            for (int steps = 0; database.isOpen() && steps < MAX_STEPS && step(); steps++) {}
        } catch (Exception e) {
            LOG.log(WARNING, "Purging superseded mirror versions failed; retrying in 1 min: {0}", e.toString());
        }
    }

    /** Returns whether there may be more to delete. */
    boolean step() throws Exception {
        Instant before = Instant.now().minus(settings.dispatch().retention());
        jta.begin();
        try {
            boolean more = STORIES.purge(entities, before, MAX_IN_STEP) | SPRINTS.purge(entities, before, MAX_IN_STEP);
            jta.commit();
            return more;
        } catch (Exception e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Exception cause) {
        try {
            if (jta.getStatus() != Status.STATUS_NO_TRANSACTION) {
                jta.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
