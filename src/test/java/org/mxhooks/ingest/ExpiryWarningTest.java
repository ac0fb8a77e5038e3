package org.mxhooks.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;

class ExpiryWarningTest {

    private static final Instant EXPIRY = Instant.parse("2027-01-31T00:00:00Z");

    private final Hand hand = new Hand();
    private final ExpiryWarning warning = new ExpiryWarning(hand);
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void nothingIsSaidUntilThirtyDaysBefore() {
        hand.now = EXPIRY.minus(Duration.ofDays(30)).minusSeconds(1);
        look();
        assertThat(log.lines()).isEmpty();

        hand.now = EXPIRY.minus(Duration.ofDays(30));
        look();
        assertThat(log.lines())
                .containsExactly(
                        "Version 1 of the webhooks at endpoint default ends on 2027-01-31T00:00:00Z, according to an unsigned"
                                + " header of its newest delivery: choose a newer version in the portal");
    }

    @Test
    void itIsSaidOnceADay() {
        hand.now = EXPIRY.minus(Duration.ofDays(3));
        for (int minute = 0; minute < 2 * 24 * 60; minute++) {
            look();
            hand.now = hand.now.plus(Duration.ofMinutes(1));
        }

        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void itIsSaidForEachEndpointAndAfterTheEndToo() {
        hand.now = EXPIRY;
        warning.look(List.of(state("one", Optional.of(EXPIRY)), state("other", Optional.of(EXPIRY))));

        assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains(" ended on "));
    }

    @Test
    void aVersionWithoutEndIsFine() {
        hand.now = EXPIRY;
        warning.look(List.of(state("default", Optional.empty())));

        assertThat(log.lines()).isEmpty();
    }

    private void look() {
        warning.look(List.of(state("default", Optional.of(EXPIRY))));
    }

    private static EndpointState state(String name, Optional<Instant> expiry) {
        return new EndpointState(
                name, Optional.empty(), Optional.of("1"), expiry, Optional.empty(), 0, Optional.empty());
    }

    /** A clock that is set by hand. */
    private static final class Hand extends Clock {

        private Instant now;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
