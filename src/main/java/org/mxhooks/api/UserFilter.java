package org.mxhooks.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.api.LoginAttempts.Account;
import org.mxhooks.api.LoginThrottle.Outcome;
import org.mxhooks.api.LoginThrottle.Right;
import org.mxhooks.api.LoginThrottle.Source;
import org.mxhooks.api.LoginThrottle.Throttled;
import org.mxhooks.ingest.Caller;
import org.mxhooks.ingest.HeaderFilter;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Problem;

/**
 * Lets a request pass if a user sends it by a way on which nobody else reads the password, before anything else is
 * looked at. The way comes first: where HTTPS is missing a right and a wrong password are answered alike. A viewer may
 * only look.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class UserFilter implements ContainerRequestFilter {

    private static final String CHALLENGE = "Basic realm=\"mxhooks\", charset=\"UTF-8\"";
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    Settings settings;

    @Inject
    MeterRegistry meters;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    private final Map<Account, LoginAttempts> attempts = new EnumMap<>(Account.class);

    @PostConstruct
    void open() {
        LoginThrottle throttle = new LoginThrottle(System::nanoTime);
        for (Account account : Account.values()) {
            attempts.put(account, new LoginAttempts(account, throttle, LoginDelay.onThread(), meters));
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Caller caller = Caller.of(connection, settings.trustedProxies());
        if (caller.way().isPrivate()) {
            Credentials.in(HeaderFilter.value(request.getHeaders(), HttpHeaders.AUTHORIZATION)
                            .orElse(null))
                    .ifPresentOrElse(
                            credentials -> logIn(request, caller, credentials),
                            () -> request.abortWith(unauthorized()));
        } else {
            request.abortWith(Problem.of(Response.Status.FORBIDDEN, caller.way().remedy()));
        }
    }

    static boolean isLooking(String method) {
        return LOOKING.contains(method);
    }

    private void logIn(ContainerRequestContext request, Caller caller, Credentials credentials) {
        boolean operator = credentials.matches(settings.operator());
        boolean viewer = settings.viewer().map(credentials::matches).orElse(false);
        Outcome outcome = attempts.get(account(credentials))
                .attempt(new Source(caller.network(), caller.local()), credentials.user(), operator || viewer);
        request.setProperty(Login.PROPERTY, new Login(credentials.user(), outcome instanceof Right));
        answer(outcome)
                .or(() -> operator || isLooking(request.getMethod()) ? Optional.empty() : Optional.of(viewersLook()))
                .ifPresent(request::abortWith);
    }

    private Account account(Credentials credentials) {
        if (credentials.isNamed(settings.operator())) {
            return Account.OPERATOR;
        }
        return settings.viewer()
                .filter(credentials::isNamed)
                .map(viewer -> Account.VIEWER)
                .orElse(Account.UNKNOWN);
    }

    /** Empty if the user is let in. */
    private static Optional<Response> answer(Outcome outcome) {
        if (outcome instanceof Throttled throttled) {
            return Optional.of(Problem.tooManyRequests(
                    throttled.retryAfter(),
                    "Too many wrong passwords for this account came from your network; try again later."));
        }
        return outcome instanceof Right
                ? Optional.empty()
                : Optional.of(
                        Problem.unauthorized(
                                CHALLENGE,
                                "The name or the password is wrong: those of mxhooks.operator.user or mxhooks.viewer.user are required."));
    }

    private static Response unauthorized() {
        return Problem.unauthorized(
                CHALLENGE,
                "A user's name and password are required: those of mxhooks.operator.user or mxhooks.viewer.user. A generated"
                        + " password is in operator.password in mxhooks.home.");
    }

    private static Response viewersLook() {
        return Problem.of(Response.Status.FORBIDDEN, "A viewer may only look; changes are for mxhooks.operator.user.");
    }
}
