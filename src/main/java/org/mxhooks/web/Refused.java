package org.mxhooks.web;

import jakarta.ws.rs.core.Response;

/** A request that is answered with a problem. */
public class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Response answer;

    /** @param detail what is wrong and what to do, for people */
    public Refused(Response.Status status, String detail) {
        super(detail, null, false, false);
        answer = Problem.of(status, detail);
    }

    Response answer() {
        return answer;
    }
}
