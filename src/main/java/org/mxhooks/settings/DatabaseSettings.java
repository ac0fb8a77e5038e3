package org.mxhooks.settings;

import java.util.Optional;

/**
 * The database.
 *
 * @param url of JDBC; an embedded H2 where no other was set
 * @param user the database's user; empty where the URL names it
 * @param password the user's
 * @param embedded whether it is the H2 in {@code mxhooks.home}, for one node and not for production
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<Secret> password, boolean embedded) {}
