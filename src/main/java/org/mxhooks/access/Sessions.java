package org.mxhooks.access;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.settings.OidcSettings;
import org.mxhooks.settings.Settings;

/**
 * The sessions of the console, in the database, so that every node knows them. One ends 30 minutes after its last
 * request, 12 hours after it began, when its user signs out, and when the password in the settings changes, or for a
 * user of the provider what makes the role. Thread-safe.
 */
@ApplicationScoped
class Sessions {

    /** A time further ahead was written under a clock that has been set back since: its age is unknown. */
    private static final String NOT_AHEAD = "<= current_timestamp + interval '5' minute";

    private static final String ALIVE =
            "seen_at > current_timestamp - interval '30' minute and started_at > current_timestamp - interval '12' hour"
                    + " and seen_at " + NOT_AHEAD + " and started_at " + NOT_AHEAD;
    private static final String FIND = "select user_name, issuer, operator, account,"
            + " seen_at < current_timestamp - interval '1' minute from mxhooks.console_session where token = ? and "
            + ALIVE;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Settings settings;

    private Sql sql;

    static Sessions of(DataSource dataSource, Settings settings) {
        Sessions sessions = new Sessions();
        sessions.dataSource = dataSource;
        sessions.settings = settings;
        sessions.open();
        return sessions;
    }

    @PostConstruct
    void open() {
        sql = new Sql(dataSource);
    }

    private record Stored(String user, Optional<String> issuer, boolean operator, String account, boolean stale) {}

    /** Begins a session of a user of the settings, and removes those that have ended. */
    SessionToken begin(String user, boolean operator) throws SQLException {
        return begin(user, Optional.empty(), operator);
    }

    /** As {@link #begin(String, boolean)}, of a user of that issuer's provider. */
    SessionToken begin(String user, Optional<String> issuer, boolean operator) throws SQLException {
        sql.update("delete from mxhooks.console_session where not (" + ALIVE + ")");
        SessionToken token = SessionToken.random();
        sql.update(
                "insert into mxhooks.console_session (token, user_name, issuer, operator, account, started_at, seen_at)"
                        + " values (?, ?, ?, ?, ?, current_timestamp, current_timestamp)",
                token.key(),
                user,
                issuer.orElse(null),
                operator,
                bound(token, issuer, operator).orElseThrow());
        return token;
    }

    /**
     * Marks a sign-in with the provider as used, on every node.
     *
     * @return whether it had not been before
     */
    boolean use(PendingSignIn pending) throws SQLException {
        sql.update("delete from mxhooks.console_used_sign_in where used_at < current_timestamp - interval '1' hour");
        return sql.update(
                        "insert into mxhooks.console_used_sign_in (token, used_at) values (?, current_timestamp)"
                                + " on conflict do nothing",
                        pending.token().key())
                == 1;
    }

    /**
     * The session of a token; empty if it has ended.
     *
     * @param byUser whether the user asks, not the page for its updates: else an open page would keep it alive
     */
    Optional<UserSession> find(SessionToken token, boolean byUser) throws SQLException {
        Optional<Stored> found = sql.first(
                        FIND,
                        row -> new Stored(
                                row.getString(1),
                                Optional.ofNullable(row.getString(2)),
                                row.getBoolean(3),
                                row.getString(4),
                                row.getBoolean(5)),
                        token.key())
                .filter(stored -> bound(token, stored.issuer(), stored.operator())
                        .filter(stored.account()::equals)
                        .isPresent());
        if (byUser && found.map(Stored::stale).orElse(false)) {
            sql.updateUnsynced(
                    "update mxhooks.console_session set seen_at = current_timestamp where token = ?", token.key());
        }
        return found.map(
                stored -> new UserSession(stored.user(), stored.issuer(), stored.operator(), token.formToken()));
    }

    void end(SessionToken token) throws SQLException {
        sql.update("delete from mxhooks.console_session where token = ?", token.key());
    }

    /** By what a session of this role is let in now; empty if by nothing. */
    private Optional<String> bound(SessionToken token, Optional<String> issuer, boolean operator) {
        if (issuer.isEmpty()) {
            return (operator ? Optional.of(settings.operator()) : settings.viewer()).map(token::bound);
        }
        return settings.oidc()
                .filter(provider -> provider.issuer().toString().equals(issuer.get()))
                .map(provider -> token.bound(entitlement(provider, operator)));
    }

    private static String entitlement(OidcSettings provider, boolean operator) {
        return "provider %s %s %s %s"
                .formatted(
                        provider.issuer(),
                        provider.clientId(),
                        provider.roleClaim(),
                        new TreeSet<>(operator ? provider.operatorValues() : provider.viewerValues()));
    }
}
