package org.mxhooks.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {

    /** The time of the example in RFC 9562, appendix A.6. */
    private static final long MILLIS = 0x017F22E279B0L;

    @Test
    void isAUuidOfVersion7() {
        UUID id = TimeOrderedId.at(MILLIS);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
    }

    @Test
    void isGreaterAMillisecondLaterAsTextAndInADatabase() {
        assertThat(Stream.of(MILLIS, MILLIS + 1, MILLIS + 2)
                        .map(TimeOrderedId::at)
                        .map(UUID::toString))
                .isSorted();
    }

    @Test
    void isAnotherEachTime() {
        assertThat(Stream.generate(() -> TimeOrderedId.at(MILLIS)).limit(1_000)).doesNotHaveDuplicates();
    }
}
