package org.mxhooks.access;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.Optional;

/** Ends a session, on the server too. */
@WebServlet(SignOutServlet.PATH)
public class SignOutServlet extends HttpServlet {

    static final String PATH = "/console/sign-out";

    private static final long serialVersionUID = 1;

    @Inject
    transient Sessions sessions;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            Optional<SessionToken> token = SessionCookie.SESSION.in(request);
            if (token.isPresent()) {
                sessions.end(token.get());
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
        SessionCookie.SESSION.remove(request, response);
        boolean ofProvider =
                UserSession.of(request).flatMap(UserSession::issuer).isPresent();
        response.setHeader(
                "Location",
                request.getContextPath() + (ofProvider ? SingleSignOnServlet.SIGN_OUT : "/console/sign-in"));
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }
}
