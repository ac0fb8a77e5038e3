package org.mxhooks.access;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;
import org.mxhooks.web.FaultMapper;
import org.mxhooks.web.PlainPage;
import org.mxhooks.web.SafeMethods;

/**
 * Guards the console: lets pass who is signed in, changes only of operators who send the form's token, and records them
 * in the {@link AuditLog}. Its headers forbid scripts and styles that are not the console's own, and frames.
 */
@WebFilter(urlPatterns = "/console/*", asyncSupported = true)
public class SessionFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final System.Logger LOG = System.getLogger(SessionFilter.class.getName());
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final int MAX_FORM = 16_384;

    /** A signed-in user's, besides a request's body as text. */
    private static final int MAX_FIELDS = 131_072;

    /** Forms that change nothing, open to viewers. */
    private static final Set<String> QUESTIONS = Set.of("/console/doctor", SignOutServlet.PATH);

    private static final String ASSETS = "/console/assets/";
    private static final String SIGN_IN = "/console/sign-in";
    private static final String EXPORT = "/console/export";
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    @Inject
    transient Settings settings;

    @Inject
    transient Sessions sessions;

    @Inject
    transient AuditLog audit;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        protect(response);
        Caller caller = Caller.of(request, settings.trustedProxies());
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        if (!caller.way().isPrivate()) {
            PlainPage.write(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Not confidential",
                    caller.way().remedy());
        } else if (path.startsWith(ASSETS) && SafeMethods.contains(request.getMethod())) {
            response.setHeader("Cache-Control", "private, no-cache");
            chain.doFilter(request, response);
        } else {
            answer(new Visit(request, response, chain, caller, path));
        }
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
    }

    private record Visit(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, Caller caller, String path) {

        boolean isChange() {
            return !SafeMethods.contains(request.getMethod());
        }

        boolean isRecorded() {
            return isChange() || path.equals(EXPORT);
        }

        void proceed() throws IOException, ServletException {
            chain.doFilter(request, response);
        }

        void refuse(String title, String detail) throws IOException {
            PlainPage.write(request, response, HttpServletResponse.SC_FORBIDDEN, title, detail);
        }
    }

    private void answer(Visit visit) throws IOException {
        try {
            visit.request().setCharacterEncoding(StandardCharsets.UTF_8.name());
            if (visit.isChange() && !isForm(visit.request())) {
                PlainPage.write(
                        visit.request(),
                        visit.response(),
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                        "Too large",
                        "A form has at most %s bytes, that of a signed-in user %s, and names its Content-Length."
                                .formatted(MAX_FORM, maxFormOfUsers()));
            } else if (isForeign(visit)) {
                visit.refuse("Refused", "The change came from another site's page. Use the console's own pages.");
            } else if (isPostback(visit.request())) {
                visit.refuse(
                        "Refused",
                        "The console's pages take no such parameter. Use the console's own links and forms.");
            } else if (isOpen(visit)) {
                prepareSignIn(visit);
                visit.proceed();
            } else if (SingleSignOnServlet.PATHS.contains(visit.path()) && !visit.isChange()) {
                visit.proceed();
            } else {
                admit(visit);
            }
        } catch (Exception failure) {
            fail(visit, failure);
        }
    }

    /** Before its parameters are read: a stranger's body would be held for that. */
    private boolean isForm(HttpServletRequest request) throws SQLException {
        long length = request.getContentLengthLong();
        return length >= 0 && (length <= MAX_FORM || length <= maxFormOfUsers() && isSignedIn(request));
    }

    /** A body as Base64, each character of which a form may escape. */
    private long maxFormOfUsers() {
        return 2L * settings.maxBody() + MAX_FIELDS;
    }

    private boolean isSignedIn(HttpServletRequest request) throws SQLException {
        Optional<SessionToken> token = SessionCookie.SESSION.in(request);
        return token.isPresent() && sessions.find(token.get(), false).isPresent();
    }

    private static boolean isOpen(Visit visit) {
        return visit.path().equals(SignInServlet.PATH) || visit.path().equals(SIGN_IN) && !visit.isChange();
    }

    /** Pages hold no state: the view technology would look for some, and fail with a stack trace for any stranger. */
    private static boolean isPostback(HttpServletRequest request) {
        return request.getHeader("Faces-Request") != null
                || request.getParameterMap().keySet().stream().anyMatch(name -> name.contains("jakarta.faces."));
    }

    /** Browsers say where a request comes from; the form's token is checked as well. */
    private static boolean isForeign(Visit visit) {
        String site = visit.request().getHeader("Sec-Fetch-Site");
        return visit.isChange() && site != null && !OWN_SITE.contains(site);
    }

    private static void prepareSignIn(Visit visit) {
        if (!visit.isChange()) {
            SessionToken token = SessionCookie.SIGN_IN.in(visit.request()).orElseGet(SessionToken::random);
            SessionCookie.SIGN_IN.set(visit.request(), visit.response(), token, visit.caller());
            UserSession.anonymous(token.formToken()).attachTo(visit.request());
        }
    }

    private void admit(Visit visit) throws IOException, ServletException, SQLException {
        Optional<SessionToken> token = SessionCookie.SESSION.in(visit.request());
        Optional<UserSession> session =
                token.isPresent() ? sessions.find(token.get(), !isUpdate(visit)) : Optional.empty();
        if (session.isEmpty()) {
            leadToSignIn(visit);
            return;
        }
        session.get().attachTo(visit.request());
        if (!visit.isRecorded()) {
            visit.proceed();
            return;
        }
        try {
            if (visit.isChange()) {
                change(visit, token.get(), session.get());
            } else {
                visit.proceed();
            }
        } catch (Exception failure) {
            fail(visit, failure);
        } finally {
            audit.record(new AuditLog.Answered(
                    Optional.of(new Login(session.get().auditName(), true)),
                    visit.caller(),
                    visit.request().getMethod(),
                    ChangeForm.target(visit.request().getContextPath() + visit.path(), visit.request()::getParameter),
                    visit.response().getStatus()));
        }
    }

    private static boolean isUpdate(Visit visit) {
        return visit.request().getHeader("HX-Request") != null || visit.path().equals("/console/changes");
    }

    private void change(Visit visit, SessionToken token, UserSession session) throws IOException, ServletException {
        String sent = Optional.ofNullable(visit.request().getHeader(UserSession.FORM_TOKEN))
                .or(() -> Optional.ofNullable(visit.request().getParameter(UserSession.FORM_TOKEN)))
                .orElse("");
        if (!token.isAnsweredBy(sent)) {
            visit.refuse("Refused", "The form is not of this session. Load the page again and repeat the change.");
        } else if (!session.operator() && !QUESTIONS.contains(visit.path())) {
            visit.refuse("Read-only", "A viewer has read-only access; changes require mxhooks.operator.user.");
        } else {
            visit.proceed();
        }
    }

    /** A part of a page cannot show the sign-in: htmx then leaves the page. */
    private static void leadToSignIn(Visit visit) throws IOException {
        HttpServletRequest request = visit.request();
        String query = Optional.ofNullable(request.getQueryString())
                .map(text -> "?" + text)
                .orElse("");
        boolean returns = !visit.isChange() && visit.path().startsWith("/console/");
        String next = returns ? visit.path().substring("/console/".length()) + query : "";
        String signIn = request.getContextPath()
                + SIGN_IN
                + (next.isEmpty() ? "" : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        if (isUpdate(visit)) {
            visit.response().setHeader("HX-Refresh", "true");
            visit.response().setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            visit.response().setHeader("Location", signIn);
            visit.response().setStatus(HttpServletResponse.SC_SEE_OTHER);
        }
    }

    private static void fail(Visit visit, Exception failure) throws IOException {
        if (visit.response().isCommitted()) {
            LOG.log(WARNING, "The console's answer was cut: {0}", failure.toString());
            return;
        }
        visit.response().reset(); // also that a page took the writer: the answer could not be written otherwise
        protect(visit.response());
        if (FaultMapper.isAboutStorage(failure)) {
            LOG.log(WARNING, "Storage unavailable; the console answered with 503: {0}", failure.toString());
            PlainPage.write(
                    visit.request(),
                    visit.response(),
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "Storage is unavailable",
                    "The database does not answer; try again in a few seconds. Deliveries are refused with 503 meanwhile, and the portal sends them again.");
        } else {
            LOG.log(ERROR, "Unexpected failure of the console", failure);
            PlainPage.write(
                    visit.request(),
                    visit.response(),
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    "Unexpected failure",
                    "The server's log has the cause.");
        }
    }
}
