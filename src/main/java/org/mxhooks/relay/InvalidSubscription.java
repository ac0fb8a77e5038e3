package org.mxhooks.relay;

import java.util.List;

/** A subscription that cannot be, with all reasons. */
public final class InvalidSubscription extends Exception {

    private static final long serialVersionUID = 1;

    /** Each begins with the name of its field. */
    private final transient List<String> problems;

    InvalidSubscription(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The reasons, each a sentence that begins with the name of its field. */
    public List<String> problems() {
        return problems;
    }
}
