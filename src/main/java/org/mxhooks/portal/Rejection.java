package org.mxhooks.portal;

/** A request that is refused: the status of the answer, and as message what is wrong and what to do. */
final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    Rejection(int status, String detail) {
        super(detail);
        this.status = status;
    }

    static Rejection badRequest(String detail) {
        return new Rejection(400, detail);
    }

    static Rejection notFound(String what) {
        return new Rejection(404, "There is no such %s.".formatted(what));
    }

    static Rejection conflict(String detail) {
        return new Rejection(409, detail);
    }

    int status() {
        return status;
    }
}
