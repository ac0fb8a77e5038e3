package org.mxhooks.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which bodies have a text in a field. */
class BodyTextTest {

    @Test
    void anElementOfAnArrayIsAValueOfItsField() {
        assertThat(isIn("{\"tags\":[{\"x\":1},\"sought\"]}")).isTrue();
        assertThat(isIn("{\"tags\":[[\"y\"],\"sought\"]}")).isTrue();
        assertThat(isIn("{\"tags\":{\"x\":\"sought\"}}")).isFalse();
        assertThat(isIn("{\"tags\":[],\"other\":\"sought\"}")).isFalse();
    }

    private static boolean isIn(String body) {
        return new BodyText("sought", Optional.of("Tags")).isIn(body.getBytes(UTF_8));
    }
}
