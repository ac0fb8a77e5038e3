package org.mxhooks.dispatch.model;

import java.util.stream.Stream;

/** What becomes of a consumer that is notified of an event. */
public enum Behaviour {
    TAKES_EFFECT('.'),
    FAILS_ONCE('1'),
    FAILS_ALWAYS('x'),
    GIVES_UP('g'),
    KILLS_ITS_NODE('k');

    private final char sign;

    Behaviour(char sign) {
        this.sign = sign;
    }

    public static Behaviour of(int sign) {
        return Stream.of(values())
                .filter(behaviour -> behaviour.sign == sign)
                .findFirst()
                .orElseThrow();
    }

    /** Whether it takes effect sooner or later, so that it may not become a dead letter. */
    public boolean harmless() {
        return this == TAKES_EFFECT || this == FAILS_ONCE;
    }
}
