package org.mxhooks.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.web.Caller;

/**
 * A cookie of the console: for the console's paths alone, unreadable by scripts, and by HTTPS only, except from the
 * server's own machine. Its header is written here, because servers differ in what of this they let an application
 * configure.
 *
 * @param name of the cookie
 * @param path under which it is sent, within the application
 * @param sameSite {@code Strict} where no other site's page may have it sent
 */
record SessionCookie(String name, String path, String sameSite) {

    /** Of who is signed in. */
    static final SessionCookie SESSION = new SessionCookie("mxhooks-session", "/console", "Strict");

    /** Of who is about to: so that no foreign page can sign a browser in to an account of its choice. */
    static final SessionCookie SIGN_IN = new SessionCookie("mxhooks-sign-in", "/console", "Strict");

    /** Of a sign-in with the provider, whose site leads back: a {@link PendingSignIn}. */
    static final SessionCookie PENDING = new SessionCookie("mxhooks-pending", "/console/oidc", "Lax");

    /** The provider's ID token, by which it knows whose session ends with that of the console. */
    static final SessionCookie ID_TOKEN = new SessionCookie("mxhooks-id-token", "/console/oidc", "Strict");

    Optional<SessionToken> in(HttpServletRequest request) {
        return values(request).flatMap(value -> SessionToken.of(value).stream()).findFirst();
    }

    Optional<String> textIn(HttpServletRequest request) {
        return values(request).filter(value -> !value.isEmpty()).findFirst();
    }

    private Stream<String> values(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Stream.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue);
    }

    void set(HttpServletRequest request, HttpServletResponse response, SessionToken token, Caller caller) {
        set(request, response, token.value(), caller);
    }

    /** @param value of letters, digits, dots, - and _ */
    void set(HttpServletRequest request, HttpServletResponse response, String value, Caller caller) {
        String secure = caller.way() == Caller.Way.HTTPS ? "; Secure" : "";
        add(request, response, value, secure);
    }

    void remove(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", "; Max-Age=0");
    }

    private void add(HttpServletRequest request, HttpServletResponse response, String value, String more) {
        response.addHeader(
                "Set-Cookie",
                "%s=%s; Path=%s%s; HttpOnly; SameSite=%s%s"
                        .formatted(name, value, request.getContextPath(), path, sameSite, more));
    }
}
