package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.relay.BreakerState.Phase;

class SubscriptionStatusTest {

    @ParameterizedTest
    @CsvSource({
        "false, OPEN, false, paused",
        "true, OPEN, false, waiting",
        "true, HALF_OPEN, false, waiting",
        "true, CLOSED, true, waiting",
        "true, CLOSED, false, running"
    })
    void isOneWord(boolean active, Phase phase, boolean askedToWait, String word) {
        Optional<Instant> waitsUntil = Optional.of(Instant.EPOCH).filter(until -> askedToWait);
        BreakerState breaker =
                new BreakerState(phase, Optional.empty(), Optional.empty(), 0, Optional.empty(), waitsUntil);
        SubscriptionContent content = new SubscriptionContent(
                "builds",
                "https://build.example.com",
                "1",
                Set.of("stories"),
                Set.of(),
                Set.of(),
                "projects",
                Map.of());
        Subscription subscription = new Subscription(
                UUID.randomUUID(), content, active, Optional.empty(), breaker, "0123456789ab", Instant.EPOCH, 1);

        assertThat(subscription.status()).hasToString(word);
    }
}
