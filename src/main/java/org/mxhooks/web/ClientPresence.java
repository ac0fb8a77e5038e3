package org.mxhooks.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Whether the client of a request still reads its answer. Writing never fails, so whoever writes a long answer looks
 * here now and then.
 */
public final class ClientPresence {

    private static final String GONE = ClientPresence.class.getName();

    private ClientPresence() {}

    /** Whether writing to the client has failed; from any thread that may use the request. */
    public static boolean isGone(HttpServletRequest request) {
        return request.getAttribute(GONE) != null;
    }

    static void end(HttpServletRequest request) {
        request.setAttribute(GONE, true);
    }
}
