package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTextTest {

    private final ConsoleText text = new ConsoleText();

    @Test
    void partsANameBetweenItsWords() {
        assertThat(text.words("org.mxhooks.event.GiveUp")).containsExactly("org.", "mxhooks.", "event.", "GiveUp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP 500", "board", "1.5", "…", "a..."})
    void leavesOthersWhole(String name) {
        assertThat(text.words(name)).containsExactly(name);
    }
}
