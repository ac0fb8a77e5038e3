package org.mxhooks.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** Answers what the server refuses: by a page in the console, elsewhere by a problem document. */
final class ErrorAnswer {

    private ErrorAnswer() {}

    /** @param uri that was asked for */
    static void write(HttpServletRequest request, HttpServletResponse response, String uri, int status)
            throws IOException {
        if (uri.startsWith(request.getContextPath() + "/console/")) {
            PlainPage.write(request, response, status, title(status), detail(status));
        } else {
            Problem.write(response, status);
        }
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Refused" : known.getReasonPhrase();
    }

    private static String detail(int status) {
        if (status == HttpServletResponse.SC_NOT_FOUND) {
            return "There is no page at this address; check it.";
        }
        return status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                ? "The server's log has the cause."
                : "The request is malformed or not supported. Use the console's own links and forms.";
    }
}
