package org.mxhooks.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.mxhooks.access.LoginThrottle.LoginResult;
import org.mxhooks.access.LoginThrottle.LoginSource;
import org.mxhooks.access.LoginThrottle.Name;
import org.mxhooks.access.LoginThrottle.Throttled;
import org.mxhooks.access.LoginThrottle.Wrong;

/** Login attempts to one account, or to all accounts that do not exist: throttled and counted. Thread-safe. */
final class LoginAttempts {

    private final LoginThrottle throttle;
    private final LoginDelay delay;
    private final NamedAccount account;
    private final Counter failed;
    private final Counter throttled;

    /** Which account a name belongs to. */
    enum NamedAccount {
        OPERATOR,
        VIEWER,
        UNKNOWN
    }

    LoginAttempts(NamedAccount account, LoginThrottle throttle, LoginDelay delay, MeterRegistry meters) {
        this.account = account;
        this.throttle = throttle;
        this.delay = delay;
        failed = failed(account.name().toLowerCase(Locale.ROOT), meters);
        throttled = throttled(account.name().toLowerCase(Locale.ROOT), meters);
    }

    static Counter failed(String account, MeterRegistry meters) {
        return counter("mxhooks.logins.failed", "Logins that were refused", account, meters);
    }

    static Counter throttled(String account, MeterRegistry meters) {
        return counter(
                "mxhooks.logins.throttled",
                "Logins that were refused or delayed after too many failures",
                account,
                meters);
    }

    private static Counter counter(String meter, String description, String account, MeterRegistry meters) {
        return Counter.builder(meter)
                .description(description)
                .tag("account", account)
                .register(meters);
    }

    /** Refuses after too many failures; attempts from the local machine are delayed instead, while few others are. */
    LoginResult attempt(LoginSource source, String user, boolean right) {
        Name name = new Name(user, account != NamedAccount.UNKNOWN);
        LoginResult outcome = throttle.attempt(source, name, right);
        if (outcome instanceof Throttled closed) {
            throttled.increment();
            outcome = source.local() ? delayed(source, name, right) : closed;
        }
        if (outcome instanceof Wrong) {
            failed.increment();
        }
        return outcome;
    }

    private LoginResult delayed(LoginSource source, Name name, boolean right) {
        return delay.await() ? throttle.count(source, name, right) : new Throttled(LoginDelay.DELAY);
    }
}
