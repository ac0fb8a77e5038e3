package org.mxhooks.api;

import jakarta.ws.rs.core.Response;
import org.mxhooks.web.Refused;

/** An invalid parameter: 400 with its name, the value that was sent, cut short, and what is allowed. */
final class BadParameter extends Refused {

    private static final long serialVersionUID = 1;
    private static final int MAX_SHOWN = 40;

    BadParameter(String name, String value, String allowed) {
        this("The parameter %s cannot be '%s'; allowed: %s.".formatted(printable(name), printable(value), allowed));
    }

    private BadParameter(String detail) {
        super(Response.Status.BAD_REQUEST, detail);
    }

    static BadParameter missing(String name) {
        return new BadParameter("The parameter %s is required.".formatted(name));
    }

    static String printable(String text) {
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return cut.replaceAll("\\p{C}", "?");
    }
}
