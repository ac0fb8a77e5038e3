/**
 * The one database: connections as the settings say, and the schema.
 *
 * <p><b>Guarantee.</b> What was committed on a connection of {@link org.mxhooks.database.Database#connect()} and then
 * {@linkplain org.mxhooks.database.Database#sync synced} survives a crash of the process and of the machine. A database
 * that is away, also at start, is waited for; nothing needs a restart when it returns. Why there is no connection is
 * told with the settings to look at, and without a password. A schema only grows from one release to the next, so nodes
 * of both work side by side.
 *
 * <p>Shown by {@code KillIT}, {@code DatabaseAwayIT}, {@code NoConnectionTest}, {@code WrongPasswordPostgresIT},
 * {@code UpgradeSuite} and {@code TwoNodesIT}.
 */
package org.mxhooks.database;
