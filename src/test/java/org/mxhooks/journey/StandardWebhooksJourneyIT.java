package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.StandardSigner;

/** The endpoint {@code deployments}, of the scheme {@code standard-webhooks}. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class StandardWebhooksJourneyIT {

    private static final String SECRET = System.getProperty("deployments.secret");

    private final String id = "msg_" + UUID.randomUUID();

    @BeforeEach
    void meet() {
        await().until(() -> JourneyServer.operator().consumers().status() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        "standardwebhooks, teamserver-push.json",
        "standardwebhooks, package-uploaded.json",
        "svix, alert.json",
        "svix, teamserver-push.json"
    })
    void acceptsWhatOtherImplementationsSign(String library, String file) throws Exception {
        assumeTrue(ForeignSigner.isAvailable(), "npm is not installed");
        ForeignSigner.install();
        Body body = Body.of(file);
        Instant now = Instant.now();
        String signature = new ForeignSigner(library).sign(SECRET, id, now, body.text());

        Answer first = post(body, id, now, signature);
        Answer again = post(body, id, now, signature);
        Answer altered = post(new Body(body.text() + " "), id, now, signature);

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.delivery()).isEqualTo(first.delivery());
        assertThat(altered.status()).isEqualTo(401);
    }

    @Test
    void keepsTheFirstOfTwoBodiesUnderOneId() {
        Answer first = post("{\"a\":1}", Instant.now());
        Answer other = post("{\"a\":2}", Instant.now());

        assertThat(first.status()).isEqualTo(202);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.delivery()).isEqualTo(first.delivery());
        assertThat(JourneyServer.operator().delivery(first.delivery()).text()).contains(id);
    }

    @Test
    void refusesATimestampThatIsOffEitherWay() {
        assertThat(post("{}", Instant.now().minusSeconds(400)).text()).contains("6 min", "behind the receiver's clock");
        assertThat(post("{}", Instant.now().plusSeconds(400)).text())
                .contains("6 min", "ahead of the receiver's clock");
        assertThat(post("{}", Instant.now()).status()).isEqualTo(202);
    }

    /** A list that a server takes at all; longer headers are refused by the servers themselves. */
    @Test
    void looksAtNoMoreThan32SignaturesOfAList() {
        String other = "v1," + "A".repeat(43) + "= ";
        String valid = new StandardSigner(SECRET)
                .sign(id, Instant.now(), new Body("{}").bytes())
                .get("webhook-signature");

        Answer answer = post(new Body("{}"), id, Instant.now(), other.repeat(600) + valid);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("None of the first 32 signatures matches");
        assertThat(post(new Body("{}"), id, Instant.now(), other.repeat(1000)).status())
                .isBetween(400, 431);
    }

    private Answer post(String json, Instant at) {
        Body body = new Body(json);
        return post(
                body,
                id,
                at,
                new StandardSigner(SECRET).sign(id, at, body.bytes()).get("webhook-signature"));
    }

    private static Answer post(Body body, String id, Instant at, String signature) {
        return Answer.to(HttpRequest.newBuilder(JourneyServer.application().resolve("hooks/deployments"))
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
                .header("webhook-signature", signature)
                .POST(BodyPublishers.ofByteArray(body.bytes()))
                .build());
    }
}
