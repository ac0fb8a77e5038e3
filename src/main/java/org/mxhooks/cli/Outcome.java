package org.mxhooks.cli;

/** How a delivery that was sent ended. */
enum Outcome {
    ACCEPTED("accepted"),
    DUPLICATE("duplicate"),
    REFUSED("refused"),
    /** The server is there, but cannot now. */
    UNAVAILABLE("unavailable"),
    NO_ANSWER("no answer");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Outcome of(Answer answer) {
        if (answer.isUnavailable()) {
            return UNAVAILABLE;
        }
        if (!answer.isReceipt()) {
            return REFUSED;
        }
        return answer.isDuplicate() ? DUPLICATE : ACCEPTED;
    }
}
