package org.mxhooks.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.mxhooks.problem.Problem;
import org.mxhooks.settings.Settings;

/** Asks for the operator's password before the request is looked at. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class OperatorFilter implements ContainerRequestFilter {

    private static final String CHALLENGE = "Basic realm=\"mxhooks\", charset=\"UTF-8\"";
    private static final String SCHEME = "Basic ";

    @Inject
    Settings settings;

    @Override
    public void filter(ContainerRequestContext request) {
        byte[] expected = (settings.operator().user() + ":"
                        + settings.operator().password().value())
                .getBytes(UTF_8);
        boolean known = credentials(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .map(given -> MessageDigest.isEqual(expected, given))
                .orElse(false);
        if (!known) {
            request.abortWith(Problem.unauthorized(
                    CHALLENGE,
                    "The operator's name and password are asked for: mxhooks.operator.user and .password; a generated"
                            + " password is in operator.password in mxhooks.home."));
        }
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
