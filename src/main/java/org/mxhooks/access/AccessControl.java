package org.mxhooks.access;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.access.Decision.Denied;
import org.mxhooks.access.Decision.Granted;
import org.mxhooks.access.LoginAttempts.NamedAccount;
import org.mxhooks.access.LoginThrottle.LoginResult;
import org.mxhooks.access.LoginThrottle.LoginSource;
import org.mxhooks.access.LoginThrottle.Right;
import org.mxhooks.access.LoginThrottle.Throttled;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;
import org.mxhooks.web.SafeMethods;

/**
 * Authenticates and authorizes a request. Checks the transport first: without HTTPS a correct and a wrong password get
 * the same answer. A viewer has read-only access. Independent of any HTTP library, so that every kind of filter can use
 * it. Thread-safe.
 */
@ApplicationScoped
class AccessControl {

    @Inject
    Settings settings;

    @Inject
    MeterRegistry meters;

    private final Map<NamedAccount, LoginAttempts> attempts = new EnumMap<>(NamedAccount.class);

    static AccessControl of(Settings settings, MeterRegistry meters) {
        AccessControl control = new AccessControl();
        control.settings = settings;
        control.meters = meters;
        control.open();
        return control;
    }

    @PostConstruct
    void open() {
        LoginThrottle throttle = new LoginThrottle(System::nanoTime);
        for (NamedAccount account : NamedAccount.values()) {
            attempts.put(account, new LoginAttempts(account, throttle, LoginDelay.onThread(), meters));
        }
    }

    /**
     * Counts the login attempt, if there is one, and decides. May take a second: see {@link LoginDelay}.
     *
     * @param authorization the value of the header {@code Authorization}; empty where there is none
     */
    Decision decide(Caller caller, String method, Optional<String> authorization) {
        if (!caller.way().isPrivate()) {
            return Denied.insecure(caller.way().remedy());
        }
        return authorization
                .flatMap(Credentials::in)
                .map(credentials -> decide(caller, method, credentials))
                .orElseGet(Denied::anonymous);
    }

    /** As {@link #decide(Caller, String, Optional)}, with a name and a password from a form. */
    Decision signIn(Caller caller, String user, String password) {
        return caller.way().isPrivate()
                ? Credentials.of(user, password)
                        .map(credentials -> decide(caller, "GET", credentials))
                        .orElseGet(Denied::anonymous)
                : Denied.insecure(caller.way().remedy());
    }

    private Decision decide(Caller caller, String method, Credentials credentials) {
        boolean operator = credentials.matches(settings.operator());
        boolean viewer = settings.viewer().map(credentials::matches).orElse(false);
        LoginResult outcome = attempts.get(account(credentials))
                .attempt(new LoginSource(caller.network(), caller.local()), credentials.user(), operator || viewer);
        Login login = new Login(credentials.user(), outcome instanceof Right);
        if (outcome instanceof Throttled throttled) {
            return Denied.throttled(login, throttled.retryAfter());
        }
        if (!login.genuine()) {
            return Denied.wrongPassword(login);
        }
        return operator || SafeMethods.contains(method) ? new Granted(login, operator) : Denied.readOnly(login);
    }

    private NamedAccount account(Credentials credentials) {
        if (credentials.isNamed(settings.operator())) {
            return NamedAccount.OPERATOR;
        }
        return settings.viewer()
                .filter(credentials::isNamed)
                .map(viewer -> NamedAccount.VIEWER)
                .orElse(NamedAccount.UNKNOWN);
    }
}
