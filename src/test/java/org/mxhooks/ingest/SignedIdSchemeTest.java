package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.MapConfig;
import org.mxhooks.RawRequest;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.SignedIdScheme;

/** An endpoint of a scheme that signs an id and a time: nothing of ingest knows that it is another one. */
class SignedIdSchemeTest {

    private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);
    private static final Scheme SCHEME = new SignedIdScheme();

    private Edge edge;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        Settings read = SettingsReader.read(MapConfig.of(Map.of("mxhooks.home", home.toString())));
        EndpointSettings endpoint =
                new EndpointSettings("default", SCHEME, Secret.of("its secret"), Optional.of(Secret.of("before")));
        edge = Edge.of(new Settings(
                read.home(),
                Map.of("default", endpoint),
                read.maxBody(),
                read.database(),
                read.operator(),
                read.viewer(),
                read.trustedProxies(),
                read.dispatch(),
                read.jms()));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void theSignedIdMakesADuplicateAndNotTheBody() throws Exception {
        Answer first = signed("msg_1", BODY).send();
        Answer again = signed("msg_1", BODY).send();
        Answer another = signed("msg_2", BODY).send();

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.delivery()).isEqualTo(first.delivery());
        assertThat(another.status()).isEqualTo(202);
        assertThat(edge.endpointState("default").lastDelivery()).isPresent();
    }

    @Test
    void anUnsignedRequestIsAskedForTheSchemesHeader() {
        assertThat(edge.post(BODY).send().isProblem(401).header("WWW-Authenticate"))
                .isEqualTo("webhook-signature");
    }

    @Test
    void aTimeThatIsOffIsRefusedForThatReason() throws Exception {
        signed("msg_1", BODY, "its secret", Instant.now().minus(Duration.ofMinutes(6)))
                .send()
                .isProblem(401);

        assertThat(edge.meters()
                        .get("mxhooks.refused")
                        .tags("endpoint", "default", "reason", "timestamp_invalid")
                        .counter()
                        .count())
                .isOne();
        assertThat(edge.endpointState("default").lastRefusal().orElseThrow().why())
                .startsWith("timestamp_invalid. The time is more than five minutes off.")
                .contains("mxhooks.endpoint.default.tolerance.")
                .endsWith("'msg_1'");
    }

    @Test
    void thePreviousSecretVerifiesToo() throws Exception {
        assertThat(signed("msg_1", BODY, "before", Instant.now()).send().status())
                .isEqualTo(202);

        assertThat(edge.endpointState("default").lastPreviousSecretUse()).isPresent();
    }

    private RawRequest signed(String id, byte[] body) {
        return signed(id, body, "its secret", Instant.now());
    }

    private RawRequest signed(String id, byte[] body, String secret, Instant at) {
        RawRequest request = edge.post(body);
        SCHEME.sign(new Message(id, Optional.empty(), body), SCHEME.key(secret), InstantSource.fixed(at))
                .forEach(request::header);
        return request;
    }
}
