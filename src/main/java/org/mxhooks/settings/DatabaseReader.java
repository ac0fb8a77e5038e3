package org.mxhooks.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the settings of the database.
 *
 * @param values of the settings
 * @param problems to which warnings are added
 * @param home of the embedded database
 */
record DatabaseReader(ValueReader values, Problems problems, Path home) {

    private static final String URL = "mxhooks.database.url";
    private static final String JNDI = "mxhooks.database.jndi";
    private static final Pattern VERIFY_FULL = Pattern.compile("(?i)[?&]sslmode=verify-full(?:&|$)");
    private static final Pattern ON_THIS_MACHINE = Pattern.compile(
            "jdbc:postgresql:(?!//).*|jdbc:postgresql://(?:localhost|127(?:\\.\\d+){3}|\\[::1])?(?::\\d+)?(?:[/?].*)?");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)[?&](ssl)?password=");
    private static final Pattern USER_IN_URL = Pattern.compile("^[^?]*@");

    /** Whether no other database is set. */
    static boolean isEmbedded(ValueReader values) {
        return values.text(URL).isEmpty() && values.text(JNDI).isEmpty();
    }

    DatabaseSettings read(SecretReader secrets) {
        Optional<String> url = values.text(URL);
        Optional<String> user = values.text("mxhooks.database.user");
        Optional<Secret> password = secrets.secret("mxhooks.database.password");
        Optional<String> jndi = values.text(JNDI);
        if (jndi.isPresent()) {
            return ofServer(jndi.get(), url.isPresent() || user.isPresent() || password.isPresent());
        }
        if (url.isPresent()) {
            return postgresql(url.get(), user, password);
        }
        if (user.isPresent() || password.isPresent()) {
            values.problem(
                    URL,
                    "is missing, but mxhooks.database.user or .password is set; set it, or none of them to use the embedded database");
        }
        return embedded();
    }

    private DatabaseSettings ofServer(String jndi, boolean connectsItself) {
        if (connectsItself) {
            values.problem(
                    JNDI,
                    "excludes mxhooks.database.url, .user and .password, which the server's data source has; remove them, or omit it");
        }
        return DatabaseSettings.ofServer(jndi);
    }

    private DatabaseSettings postgresql(String url, Optional<String> user, Optional<Secret> password) {
        if (!url.startsWith("jdbc:postgresql:")) {
            values.problem(URL, "must start with jdbc:postgresql:; omit it to use the embedded database");
        }
        if (USER_IN_URL.matcher(url).find()) {
            values.problem(
                    URL,
                    "contains a user or password before its host; use mxhooks.database.user and mxhooks.database.password");
        }
        if (PASSWORD_IN_URL.matcher(url).find()) {
            values.problem(URL, "contains a password, which logs would show; use mxhooks.database.password");
        }
        if (!ON_THIS_MACHINE.matcher(url).matches() && !VERIFY_FULL.matcher(url).find()) {
            problems.warn(
                    "The connection to PostgreSQL does not verify the server: anyone on the network in between can read"
                            + " and change everything. Add sslmode=verify-full to mxhooks.database.url, unless the network is"
                            + " trusted.");
        }
        return new DatabaseSettings(url, user, password, false);
    }

    private DatabaseSettings embedded() {
        if (home.toString().contains(";")) {
            values.problem("mxhooks.home", "contains a semicolon, at which the embedded database ends the file name");
        }
        Home embedded = new Home(home);
        embedded.close().ifPresent(obstacle -> values.problem("mxhooks.home", obstacle));
        problems.warn(
                "Deliveries are kept in the embedded database in {0}: suitable for evaluation, not for production."
                        + " Set mxhooks.database.url to a PostgreSQL (jdbc:postgresql://host/database).",
                home);
        return new DatabaseSettings(
                "jdbc:h2:uninterrupted:" + embedded.database(), Optional.of("sa"), Optional.empty(), true);
    }
}
