package org.mxhooks.cli;

/** The outcome of a delivery that was sent. */
enum Outcome {
    ACCEPTED("accepted"),
    DUPLICATE("duplicate"),
    REFUSED("refused"),
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
