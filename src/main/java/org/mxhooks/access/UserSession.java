package org.mxhooks.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.mxhooks.web.UntrustedText;

/**
 * The session of a user who signed in to the console.
 *
 * @param user the user's name; with an issuer, as that one's provider gives it: not necessarily unique
 * @param issuer whose provider the user signed in with; empty for a user of the settings
 * @param operator whether the user may change anything; a viewer has read-only access
 * @param formToken what a form has to send back with a change
 */
public record UserSession(String user, Optional<String> issuer, boolean operator, String formToken) {

    /** The name of a form's field, and of a header, that carries {@link #formToken()}. */
    public static final String FORM_TOKEN = "form-token";

    private static final String ATTRIBUTE = UserSession.class.getName();
    private static final int MAX_USER = 80;
    private static final int MAX_ISSUER = 110;

    /** Nobody's: for a form that signs in. */
    static UserSession anonymous(String formToken) {
        return new UserSession("", Optional.empty(), false, formToken);
    }

    /**
     * The user as records name it: one of the provider's is never mistaken for one of the settings. That of a
     * provider's has at most 200 characters, in printable ASCII.
     */
    public String auditName() {
        return issuer.map(url -> auditName(user, url)).orElse(user);
    }

    static String auditName(String user, String issuer) {
        return "'" + cut(user, MAX_USER) + "' of " + cut(issuer, MAX_ISSUER);
    }

    private static String cut(String text, int max) {
        String shown = UntrustedText.cut(text, max);
        return shown.length() > max ? shown.substring(0, max - 3) + "..." : shown;
    }

    /** That of a request to the console; empty where nobody is signed in. */
    public static Optional<UserSession> of(HttpServletRequest request) {
        return Optional.ofNullable((UserSession) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
