package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That nobody ends the updates of others by opening many pages. */
class OpenStreamsTest {

    private final OpenStreams<String> streams = new OpenStreams<>();

    @Test
    void aSessionThatOpensManyEndsItsOwn() {
        streams.add("other", "of the other");

        IntStream.range(0, 500)
                .forEach(i -> assertThat(streams.add("greedy", "g" + i))
                        .isEqualTo(
                                i < OpenStreams.MAX_PER_SESSION
                                        ? java.util.Optional.empty()
                                        : java.util.Optional.of("g" + (i - OpenStreams.MAX_PER_SESSION))));

        assertThat(streams.all()).hasSize(OpenStreams.MAX_PER_SESSION + 1).contains("of the other", "g499");
    }

    @Test
    void whereManySessionsOpenThemThoseWithMostLose() {
        streams.add("small", "of the small one");
        IntStream.range(0, 1000).forEach(i -> streams.add("session " + i / 8, "s" + i));

        assertThat(streams.all()).hasSize(OpenStreams.MAX_STREAMS).contains("of the small one");
    }

    @Test
    void whatEndedIsForgotten() {
        streams.add("one", "a");

        assertThat(streams.remove("a")).isTrue();
        assertThat(streams.remove("a")).isFalse();
        assertThat(streams.isEmpty()).isTrue();
    }
}
