package org.mxhooks.database;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/**
 * Declares the pool; an EJB, because every server looks for declarations there. It has more places than there may be
 * connections: calls that were given up keep theirs. Every five minutes Payara closes two connections of a pool that is
 * larger than its minimum: those that it would hand out next, to which PostgreSQL has planned the statements of the
 * console; to connect and to plan anew would slow down a page. What waits in the pool for that has no session: it
 * connects on first use.
 */
@Singleton
@DataSourceDefinition(
        name = Database.DATA_SOURCE,
        className = "org.mxhooks.database.ConfiguredDataSource",
        properties = "profile=default",
        minPoolSize = 8,
        initialPoolSize = 0,
        maxPoolSize = 1_000)
public class DataSourceDeclaration {}
