package org.mxhooks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedAttemptTest {

    private static final String LINE = "@1777888800.500000\t12\torg.example.Broken\tit broke\n";

    @Test
    void readsEachLineThatIsWhole() {
        assertThat(FailedAttempt.parse(LINE + "@1777892400\t\tnode died\t\n"))
                .containsExactly(
                        new FailedAttempt(
                                Instant.parse("2026-05-04T10:00:00.5Z"),
                                Optional.of(Duration.ofMillis(12)),
                                "org.example.Broken",
                                "it broke"),
                        new FailedAttempt(Instant.parse("2026-05-04T11:00:00Z"), Optional.empty(), "node died", ""));
    }

    @Test
    void leavesOutALineThatWasCut() {
        for (int cut = 1; cut < LINE.length(); cut++) {
            assertThat(FailedAttempt.parse(LINE.substring(cut) + LINE))
                    .as(LINE.substring(cut))
                    .hasSize(1);
        }
        assertThat(FailedAttempt.parse(null)).isEmpty();
    }
}
