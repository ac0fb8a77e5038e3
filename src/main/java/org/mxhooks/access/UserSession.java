package org.mxhooks.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The session of a user who signed in to the console.
 *
 * @param user the user's name
 * @param operator whether the user may change anything; a viewer has read-only access
 * @param formToken what a form has to send back with a change
 */
public record UserSession(String user, boolean operator, String formToken) {

    /** The name of a form's field, and of a header, that carries {@link #formToken()}. */
    public static final String FORM_TOKEN = "form-token";

    private static final String ATTRIBUTE = UserSession.class.getName();

    /** That of a request to the console; empty where nobody is signed in. */
    public static Optional<UserSession> of(HttpServletRequest request) {
        return Optional.ofNullable((UserSession) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
