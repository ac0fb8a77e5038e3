package org.mxhooks.database;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/**
 * Declares the pool; an EJB, because every server looks for declarations there. It has more places than there may be
 * connections: calls that were given up keep theirs.
 */
@Singleton
@DataSourceDefinition(
        name = Database.DATA_SOURCE,
        className = "org.mxhooks.database.ConfiguredDataSource",
        properties = "profile=default",
        minPoolSize = 0,
        initialPoolSize = 0,
        maxPoolSize = 1_000)
public class DataSourceDeclaration {}
