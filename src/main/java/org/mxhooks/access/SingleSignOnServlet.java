package org.mxhooks.access;

import static java.util.stream.Collectors.toMap;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.access.SignInOutcome.Admitted;
import org.mxhooks.access.SignInOutcome.NoProvider;
import org.mxhooks.access.SignInOutcome.NotAccepted;
import org.mxhooks.access.SignInOutcome.Postponed;
import org.mxhooks.access.SignInOutcome.WithoutRole;
import org.mxhooks.oidc.ProviderIdentity;
import org.mxhooks.oidc.Role;
import org.mxhooks.settings.OidcSettings;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;
import org.mxhooks.web.PlainPage;

/**
 * Leads browsers to the OpenID provider and takes them back. Browsers send the session's cookie only where a page of
 * this site leads: so after the provider's, a page of ours leads on.
 */
@WebServlet({SingleSignOnServlet.BEGIN, OidcSettings.CALLBACK, SingleSignOnServlet.SIGN_OUT})
public class SingleSignOnServlet extends HttpServlet {

    static final String BEGIN = "/console/oidc";
    static final String SIGN_OUT = "/console/oidc/sign-out";

    /** For everybody: nobody is signed in yet, or any more. */
    static final Set<String> PATHS = Set.of(BEGIN, OidcSettings.CALLBACK, SIGN_OUT);

    private static final long serialVersionUID = 1;

    /** Servers take eight kilobytes of headers, cookies among them. */
    private static final int MAX_COOKIE = 2_000;

    /** Instead of an ID token that is too long: it was a user of the provider who signed in. */
    private static final String NO_HINT = "none";

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String NOT_SIGNED_IN = "Not signed in";

    @Inject
    transient Settings settings;

    @Inject
    transient ProviderSignIn provider;

    @Inject
    transient AuditLog audit;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!provider.isConfigured()) {
            PlainPage.write(
                    request,
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "Not Found",
                    "No OpenID provider is configured; mxhooks.oidc.issuer names one.");
            return;
        }
        Caller caller = Caller.of(request, settings.trustedProxies());
        switch (request.getServletPath()) {
            case BEGIN -> begin(request, response, caller);
            case SIGN_OUT -> signOut(request, response);
            default -> comeBack(request, response, caller);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, Caller caller) {
        ConsolePage page =
                ConsolePage.of(Optional.ofNullable(request.getParameter("next")).orElse(""));
        Optional<ProviderSignIn.Begun> begun = provider.begin(page);
        if (begun.isPresent()) {
            SessionCookie.PENDING.set(request, response, begun.get().sealed(), caller);
            redirect(response, begun.get().provider().toString());
        } else {
            redirectToSignIn(request, response, page);
        }
    }

    private void comeBack(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws ServletException, IOException {
        SessionCookie.PENDING.remove(request, response);
        try {
            SignInOutcome outcome = provider.finish(
                    caller,
                    SessionCookie.PENDING.textIn(request),
                    parameters(request),
                    SessionCookie.SESSION.in(request));
            answer(request, response, caller, outcome);
            record(request, response, caller, outcome);
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static Map<String, List<String>> parameters(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, parameter -> List.of(parameter.getValue())));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Caller caller, SignInOutcome outcome)
            throws IOException {
        if (outcome instanceof Admitted admitted) {
            SessionCookie.SESSION.set(request, response, admitted.session(), caller);
            SessionCookie.SIGN_IN.remove(request, response);
            String idToken = admitted.identity().idToken();
            SessionCookie.ID_TOKEN.set(request, response, idToken.length() <= MAX_COOKIE ? idToken : NO_HINT, caller);
            PlainPage.lead(
                    request,
                    response,
                    "Signed in",
                    request.getContextPath() + "/console/" + admitted.page().address());
        } else if (outcome instanceof WithoutRole without) {
            refuse(request, response, HttpServletResponse.SC_FORBIDDEN, missing(without.identity()));
        } else if (outcome instanceof NotAccepted not) {
            refuse(request, response, HttpServletResponse.SC_FORBIDDEN, not.detail());
        } else if (outcome instanceof Postponed postponed) {
            response.setHeader(
                    "Retry-After", String.valueOf(postponed.retryAfter().toSeconds() + 1));
            refuse(
                    request,
                    response,
                    TOO_MANY_REQUESTS,
                    "Too many sign-ins from your network failed; try again in a minute.");
        } else if (outcome instanceof NoProvider none) {
            redirectToSignIn(request, response, none.page());
        }
    }

    private String missing(ProviderIdentity identity) {
        return "%s has no role here: the provider's claim %s %s. Ask its administrator, or sign in as another user."
                .formatted(
                        identity.user(),
                        provider.roleClaim(),
                        identity.roleClaimPresent()
                                ? "has no value of mxhooks.oidc.operator-values or mxhooks.oidc.viewer-values"
                                : "is missing");
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String detail)
            throws IOException {
        PlainPage.write(request, response, status, NOT_SIGNED_IN, detail, "sign-in", "Sign in");
    }

    /** A sign-in is a change, though browsers come by GET. */
    private void record(
            HttpServletRequest request, HttpServletResponse response, Caller caller, SignInOutcome outcome) {
        if (outcome instanceof Admitted admitted) {
            String role = admitted.identity().role().orElseThrow() == Role.OPERATOR ? "operator" : "viewer";
            record(request, response, caller, admitted.identity(), "role=" + role);
        } else if (outcome instanceof WithoutRole without) {
            record(request, response, caller, without.identity(), "claim=" + provider.roleClaim());
        } else if (!(outcome instanceof NotAccepted not) || not.counted()) {
            audit.record(new AuditLog.Answered(
                    Optional.empty(), caller, "SIGN-IN", request.getRequestURI(), response.getStatus()));
        }
    }

    private void record(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            ProviderIdentity identity,
            String detail) {
        audit.record(new AuditLog.Answered(
                Optional.of(new Login(UserSession.auditName(identity.user(), provider.issuer()), true)),
                caller,
                "SIGN-IN",
                request.getRequestURI() + "?" + detail + "&sub=" + identity.subject(),
                response.getStatus()));
    }

    /** Nobody is led to the provider from another site's page, which cannot have the cookie sent. */
    private void signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> idToken = SessionCookie.ID_TOKEN.textIn(request);
        Optional<URI> page = idToken.isPresent() ? provider.signOut(idToken) : Optional.empty();
        if (idToken.isPresent()) {
            SessionCookie.ID_TOKEN.remove(request, response);
        }
        if (page.isPresent()) {
            PlainPage.lead(request, response, "Signed out", page.get().toString());
        } else {
            redirect(response, request.getContextPath() + "/console/sign-in");
        }
    }

    private static void redirectToSignIn(HttpServletRequest request, HttpServletResponse response, ConsolePage page) {
        redirect(
                response,
                request.getContextPath() + "/console/sign-in?failed=provider&next="
                        + URLEncoder.encode(page.address(), StandardCharsets.UTF_8));
    }

    private static void redirect(HttpServletResponse response, String location) {
        response.setHeader("Location", location);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }
}
