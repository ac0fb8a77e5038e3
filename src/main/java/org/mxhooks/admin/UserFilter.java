package org.mxhooks.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.problem.Problem;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.Settings.Account;

/**
 * Lets a request pass if a user sends it by a way on which nobody else reads the password, before anything else is looked at. A viewer
 * may only look.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class UserFilter implements ContainerRequestFilter {

    /** The property of a request that holds the user's name. */
    static final String USER = "org.mxhooks.user";

    private static final String CHALLENGE = "Basic realm=\"mxhooks\", charset=\"UTF-8\"";
    private static final String SCHEME = "Basic ";
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    Settings settings;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    private final FailedLogins failedLogins = new FailedLogins(System::nanoTime);

    @Override
    public void filter(ContainerRequestContext request) {
        Caller caller = Caller.of(connection);
        Optional<Duration> blocked = failedLogins.blocked(caller.address());
        if (!caller.isPrivate()) {
            request.abortWith(Problem.of(
                    Response.Status.FORBIDDEN,
                    "A password is not to travel in the clear: use HTTPS, or ask from the server's own machine."));
        } else if (blocked.isPresent()) {
            request.abortWith(Problem.tooManyRequests(
                    blocked.get(), "Too many wrong passwords came from your address; try again later."));
        } else {
            authenticate(request, caller);
        }
    }

    static boolean isLooking(String method) {
        return LOOKING.contains(method);
    }

    private void authenticate(ContainerRequestContext request, Caller caller) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        byte[] given = credentials(header).orElse(new byte[0]);
        boolean operator = isAccount(settings.operator(), given);
        Optional<Account> viewer = settings.viewer().filter(account -> isAccount(account, given));
        if (!operator && viewer.isEmpty()) {
            if (header != null) {
                failedLogins.failed(caller.address());
            }
            request.abortWith(Problem.unauthorized(
                    CHALLENGE,
                    "The operator's name and password are asked for: mxhooks.operator.user and .password; a generated"
                            + " password is in operator.password in mxhooks.home."));
        } else if (!operator && !isLooking(request.getMethod())) {
            request.abortWith(Problem.of(
                    Response.Status.FORBIDDEN, "A viewer may only look; changes are for mxhooks.operator.user."));
        } else {
            failedLogins.succeeded(caller.address());
            request.setProperty(USER, viewer.orElse(settings.operator()).user());
        }
    }

    private static boolean isAccount(Account account, byte[] given) {
        byte[] expected = (account.user() + ":" + account.password().value()).getBytes(UTF_8);
        return MessageDigest.isEqual(expected, given);
    }

    private static Optional<byte[]> credentials(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
