package org.mxhooks.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.web.Caller;

/**
 * A cookie of the console: for the console's paths alone, unreadable by scripts, never sent by another site's page, and
 * by HTTPS only, except from the server's own machine. Its header is written here, because servers differ in what of
 * this they let an application configure.
 *
 * @param name of the cookie
 */
record SessionCookie(String name) {

    /** Of who is signed in. */
    static final SessionCookie SESSION = new SessionCookie("mxhooks-session");

    /** Of who is about to: so that no foreign page can sign a browser in to an account of its choice. */
    static final SessionCookie SIGN_IN = new SessionCookie("mxhooks-sign-in");

    Optional<SessionToken> in(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .flatMap(cookie -> SessionToken.of(cookie.getValue()).stream())
                        .findFirst();
    }

    void set(HttpServletRequest request, HttpServletResponse response, SessionToken token, Caller caller) {
        String secure = caller.way() == Caller.Way.HTTPS ? "; Secure" : "";
        add(request, response, token.value(), secure);
    }

    void remove(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", "; Max-Age=0");
    }

    private void add(HttpServletRequest request, HttpServletResponse response, String value, String more) {
        response.addHeader(
                "Set-Cookie",
                "%s=%s; Path=%s/console; HttpOnly; SameSite=Strict%s"
                        .formatted(name, value, request.getContextPath(), more));
    }
}
