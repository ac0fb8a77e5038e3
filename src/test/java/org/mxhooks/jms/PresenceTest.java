package org.mxhooks.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void everybodyMaySendToABrokerThatIsThere() {
        Presence presence = new Presence(LONG, LONG);
        assertThat(presence.maySend()).isTrue();
        assertThat(presence.maySend()).isTrue();
        presence.ended(true);
        assertThat(presence.maySend()).isTrue();
    }

    @Test
    void nobodyMaySendBetweenAFailureAndTheNextTry() {
        Presence presence = new Presence(LONG, LONG);
        presence.ended(false);
        assertThat(presence.maySend()).isFalse();
    }

    @Test
    void oneAtATimeFindsOutWhetherItIsBack() {
        Presence presence = new Presence(SHORT, LONG);
        presence.ended(false);
        await().until(presence::maySend);
        await().during(Duration.ofMillis(50)).until(() -> !presence.maySend());
        presence.ended(false);
        await().until(presence::maySend);
    }

    @Test
    void everybodyMaySendOnceItIsBack() {
        Presence presence = new Presence(SHORT, LONG);
        presence.ended(false);
        await().until(presence::maySend);
        presence.ended(true);
        assertThat(presence.maySend()).isTrue();
        assertThat(presence.maySend()).isTrue();
    }

    @Test
    void anotherFindsOutWhereOneDoesNotComeBack() {
        Presence presence = new Presence(SHORT, SHORT);
        presence.ended(false);
        await().until(presence::maySend);
        await().until(presence::maySend);
    }
}
