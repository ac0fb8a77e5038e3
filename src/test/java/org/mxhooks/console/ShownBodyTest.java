package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bodies of any kind on a page. */
class ShownBodyTest {

    private static final int ENOUGH = 200_001;

    private static Optional<String> pretty(String body) {
        return ShownBody.pretty(body.getBytes(UTF_8));
    }

    @Test
    void indentsJsonAndNothingElse() {
        assertThat(pretty("{\"a\":[1]}").orElseThrow()).contains("\n").contains("\"a\"");
        assertThat(pretty("no JSON")).isEmpty();
        assertThat(pretty("")).isEmpty();
    }

    @Test
    void isCutBeforeItsIndentsFillTheHeap() {
        String nested = "[".repeat(900) + "1,".repeat(500_000) + "1" + "]".repeat(900);

        assertThat(pretty(nested).orElseThrow()).hasSize(ENOUGH).endsWith("…");
    }

    @Test
    void isLeftOutWhereItIsNestedTooDeep() {
        assertThat(pretty("[".repeat(100_000) + "]".repeat(100_000))).isEmpty();
        assertThat(pretty("[".repeat(100_000))).isEmpty();
    }

    @Test
    void isCutAsItArrived() {
        assertThat(ShownBody.raw("x".repeat(1_000_000).getBytes(UTF_8))).hasSize(ENOUGH);
    }
}
