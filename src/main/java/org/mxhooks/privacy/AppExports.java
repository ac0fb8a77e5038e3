package org.mxhooks.privacy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;

/** Exports of all that is kept of an app. A node writes at most two at the same time. */
@ApplicationScoped
public class AppExports {

    private static final int MAX_RUNNING = 2;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Inbox inbox;

    private final Semaphore free = new Semaphore(MAX_RUNNING);
    private Sql sql;

    /** For programs without a container. */
    public static AppExports of(DataSource dataSource, Inbox inbox) {
        AppExports exports = new AppExports();
        exports.dataSource = dataSource;
        exports.inbox = inbox;
        exports.open();
        return exports;
    }

    @PostConstruct
    void open() {
        sql = new Sql(dataSource);
    }

    /** Whether no other can begin now. */
    public boolean isBusy() {
        return free.availablePermits() == 0;
    }

    /**
     * Begins an export, which the caller closes.
     *
     * @param appId in the form that the mirror keeps
     * @return empty where two are being written
     */
    public Optional<AppExport> begin(String appId) {
        return free.tryAcquire() ? Optional.of(new AppExport(sql, inbox, appId, free::release)) : Optional.empty();
    }
}
