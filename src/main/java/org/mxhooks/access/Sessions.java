package org.mxhooks.access;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.settings.Account;
import org.mxhooks.settings.Settings;

/**
 * The sessions of the console, in the database, so that every node knows them. One ends 30 minutes after its last
 * request, 12 hours after it began, when its user signs out, and when the password in the settings changes.
 * Thread-safe.
 */
@ApplicationScoped
class Sessions {

    private static final String ALIVE =
            "seen_at > current_timestamp - interval '30' minute and started_at > current_timestamp - interval '12' hour";
    private static final String FIND = "select user_name, operator, account,"
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

    private record Stored(String user, boolean operator, String account, boolean stale) {}

    /** Begins a session, and removes those that have ended. */
    SessionToken begin(String user, boolean operator) throws SQLException {
        sql.update("delete from mxhooks.console_session where not (" + ALIVE + ")");
        SessionToken token = SessionToken.random();
        sql.update(
                "insert into mxhooks.console_session (token, user_name, operator, account, started_at, seen_at)"
                        + " values (?, ?, ?, ?, current_timestamp, current_timestamp)",
                token.key(),
                user,
                operator,
                account(operator).map(token::bound).orElseThrow());
        return token;
    }

    /**
     * The session of a token; empty if it has ended.
     *
     * @param byUser whether the user asks, not the page for its updates: else an open page would keep it alive
     */
    Optional<UserSession> find(SessionToken token, boolean byUser) throws SQLException {
        Optional<Stored> found = sql.first(
                        FIND,
                        row -> new Stored(row.getString(1), row.getBoolean(2), row.getString(3), row.getBoolean(4)),
                        token.key())
                .filter(stored -> isOfPresentAccount(token, stored));
        if (byUser && found.map(Stored::stale).orElse(false)) {
            sql.update("update mxhooks.console_session set seen_at = current_timestamp where token = ?", token.key());
        }
        return found.map(stored -> new UserSession(stored.user(), stored.operator(), token.formToken()));
    }

    void end(SessionToken token) throws SQLException {
        sql.update("delete from mxhooks.console_session where token = ?", token.key());
    }

    private boolean isOfPresentAccount(SessionToken token, Stored stored) {
        return account(stored.operator())
                .map(account -> token.bound(account).equals(stored.account()))
                .orElse(false);
    }

    private Optional<Account> account(boolean operator) {
        return operator ? Optional.of(settings.operator()) : settings.viewer();
    }
}
