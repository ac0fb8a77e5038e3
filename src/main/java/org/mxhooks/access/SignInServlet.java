package org.mxhooks.access;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.mxhooks.access.Decision.Denied;
import org.mxhooks.access.Decision.Granted;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;

/** Signs a user in to the console, with the accounts and the throttle of the API. */
@WebServlet(SignInServlet.PATH)
public class SignInServlet extends HttpServlet {

    static final String PATH = "/console/session";

    private static final long serialVersionUID = 1;

    @Inject
    transient Settings settings;

    @Inject
    transient AccessControl control;

    @Inject
    transient Sessions sessions;

    @Inject
    transient AuditLog audit;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Caller caller = Caller.of(request, settings.trustedProxies());
        boolean genuine = SessionCookie.SIGN_IN
                .in(request)
                .map(token -> token.isAnsweredBy(text(request, UserSession.FORM_TOKEN)))
                .orElse(false);
        if (!genuine) {
            again(request, response, "expired");
            return;
        }
        Decision decision = control.signIn(caller, text(request, "user"), text(request, "password"));
        if (decision instanceof Granted granted) {
            begin(request, response, caller, granted);
        } else if (decision instanceof Denied denied) {
            again(request, response, denied.status() == HttpServletResponse.SC_UNAUTHORIZED ? "wrong" : "throttled");
        }
        audit.record(new AuditLog.Answered(
                decision.from(), caller, "POST", request.getContextPath() + PATH, status(decision)));
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, Caller caller, Granted granted)
            throws ServletException {
        try {
            Optional<SessionToken> former = SessionCookie.SESSION.in(request);
            if (former.isPresent()) {
                sessions.end(former.get());
            }
            SessionToken token = sessions.begin(granted.login().user(), granted.operator());
            SessionCookie.SESSION.set(request, response, token, caller);
            SessionCookie.SIGN_IN.remove(request, response);
            redirect(request, response, ConsolePage.of(text(request, "next")).address());
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static int status(Decision decision) {
        return decision instanceof Denied denied ? denied.status() : HttpServletResponse.SC_SEE_OTHER;
    }

    private static void again(HttpServletRequest request, HttpServletResponse response, String why) {
        String next = text(request, "next");
        redirect(
                request,
                response,
                "sign-in?failed=" + why
                        + (next.isEmpty() ? "" : "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response, String page) {
        response.setHeader("Location", request.getContextPath() + "/console/" + page);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }

    private static String text(HttpServletRequest request, String field) {
        return Optional.ofNullable(request.getParameter(field)).orElse("");
    }
}
