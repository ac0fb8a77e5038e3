package org.mxhooks.settings;

import java.util.Optional;

/**
 * The database.
 *
 * @param url of JDBC; an embedded H2 where no other was set; empty with a data source of the server
 * @param user the database's user; empty where the URL names it
 * @param password the user's
 * @param embedded whether it is the H2 in {@code mxhooks.home}, for one node and not for production
 * @param jndi name of the server's data source ({@code mxhooks.database.jndi})
 */
public record DatabaseSettings(
        String url, Optional<String> user, Optional<Secret> password, boolean embedded, Optional<String> jndi) {

    /** A database that mxhooks connects to itself. */
    public DatabaseSettings(String url, Optional<String> user, Optional<Secret> password, boolean embedded) {
        this(url, user, password, embedded, Optional.empty());
    }

    /** The database of a data source that the server has under this JNDI name. */
    public static DatabaseSettings ofServer(String jndi) {
        return new DatabaseSettings("", Optional.empty(), Optional.empty(), false, Optional.of(jndi));
    }

    /** Where it is, without parameters and credentials. */
    public String address() {
        return jndi.map("data source "::concat).orElseGet(() -> url.replaceFirst("[?;].*", ""));
    }
}
