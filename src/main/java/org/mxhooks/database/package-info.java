/**
 * The database: connections according to the settings, transactions, and the schema.
 *
 * <p><b>Guarantee.</b> What was committed on a connection of {@link org.mxhooks.database.Database#connect()} and then
 * {@linkplain org.mxhooks.database.Database#sync synced} survives a crash of the process and of the machine. An
 * unavailable database, also at start, needs no restart when it is available again. The cause of a failed connection is
 * reported with the names of its settings, and without a password. From one release to the next the schema is only
 * extended, so nodes of both releases work together. A start that is killed while it does so is repeated by the next,
 * which puts back the embedded database first.
 *
 * <p>Shown by {@code KillIT}, {@code DatabaseOutageIT}, {@code NoConnectionTest}, {@code WrongPasswordPostgresIT},
 * {@code SchemaSuite}, {@code UpgradeSuite} and {@code TwoNodesIT}.
 */
package org.mxhooks.database;
