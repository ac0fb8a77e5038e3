package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint {@code limited} accepts a few senders; requests of this machine count as those of a trusted proxy. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class AllowedSendersJourneyIT {

    @BeforeEach
    void meet() {
        await().until(() -> JourneyServer.operator().consumers().status() == 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For | 203.0.113.7 | true",
                "X-Forwarded-For | 203.0.113.8 | false",
                "X-Forwarded-For | 203.0.113.7, 198.51.100.1 | false",
                "X-Forwarded-For | ::ffff:203.0.113.7 | true",
                "Forwarded | for=\"[2001:db8::9]:4711\";proto=https | true",
                "Forwarded | for=198.51.100.1 | false",
                "User-Agent | no proxy | false"
            })
    void acceptsAllowedSendersOnly(String header, String value, boolean allowed) {
        Portal portal = new Portal(JourneyServer.application(), "limited", System.getProperty("limited.secret"));
        Body body = new Body("{\"sender\":\"%s\"}".formatted(value.replace("\"", "")));

        Answer answer = Answer.to(portal.signed(body).setHeader(header, value).build());

        assertThat(answer.status()).isEqualTo(allowed ? 202 : 403);
        assertThat(answer.isProblem()).isEqualTo(!allowed);
    }
}
