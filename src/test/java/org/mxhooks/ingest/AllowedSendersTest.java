package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.RawRequest;
import org.mxhooks.settings.Network;

/** The endpoint {@code limited} accepts deliveries from a few addresses, {@code default} from all. */
class AllowedSendersTest {

    private static final String SECRET = "a secret of the limited";
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private static Edge edge;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        edge = Edge.in(
                home,
                Map.of(
                        "mxhooks.endpoints",
                        "default,limited",
                        "mxhooks.endpoint.limited.secret",
                        SECRET,
                        "mxhooks.endpoint.limited.allowed-senders",
                        "203.0.113.7, 198.51.100.0/24,2001:db8::/32,::ffff:192.0.2.4",
                        "mxhooks.trusted-proxies",
                        "10.0.0.1,2001:db8:ffff::1"));
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @BeforeEach
    void comeFromALoopbackAddress() {
        edge.connection().comesFrom("127.0.0.1", false);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, true",
        "203.0.113.8, false",
        "::ffff:203.0.113.7, true",
        "::ffff:203.0.113.8, false",
        "198.51.100.255, true",
        "198.51.101.0, false",
        "192.0.2.4, true",
        "2001:db8:1::9, true",
        "2001:db9::, false",
        "fe80::1%eth0, false",
        "127.0.0.1, false",
        "::1, false",
        "10.0.0.1, false",
        "'', false"
    })
    void theAddressOfTheConnectionDecides(String address, boolean allowed) {
        edge.connection().comesFrom(address, false);

        assertThat(limited().status()).isEqualTo(allowed ? 202 : 403);
    }

    /** In any of the two forms; what stands left of the right-most untrusted address was written by anybody. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | X-Forwarded-For: 203.0.113.7 | true",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.7:4711 | true",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.8 | false",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.7, 203.0.113.8 | false",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.8, 203.0.113.7 | true",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.7, 10.0.0.1 | true",
                "10.0.0.1 | Forwarded: for=203.0.113.7;proto=https | true",
                "10.0.0.1 | Forwarded: for=\"[2001:db8::7]:4711\" | true",
                "2001:db8:ffff::1 | Forwarded: for=203.0.113.8 | false",
                "10.0.0.1 | Forwarded: for=_hidden | false",
                "10.0.0.1 | Forwarded: for=unknown | false",
                "10.0.0.1 | X-Real-IP: 203.0.113.7 | false",
                "10.0.0.2 | X-Forwarded-For: 203.0.113.7 | false",
                "127.0.0.1 | Forwarded: for=203.0.113.7 | false",
                "203.0.113.7 | X-Forwarded-For: 192.0.2.99 | true"
            })
    void aHeaderCountsOnlyFromATrustedProxy(String peer, String header, boolean allowed) {
        edge.connection().comesFrom(peer, false).with(header);

        assertThat(limited().status()).isEqualTo(allowed ? 202 : 403);
    }

    @Test
    void aProxyThatNamesTwoClientsIsRefused() {
        edge.connection()
                .comesFrom("2001:db8:ffff::1", false)
                .with("X-Forwarded-For: 203.0.113.7", "Forwarded: for=198.51.100.1");

        limited().isProblem(403);

        assertThat(new AllowedSenders(Set.of(network("203.0.113.7", 32), network("2001:db8::", 32)))
                        .refusal(edge.connection().request(), Set.of(network("2001:db8:ffff::1", 128))))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("sender unknown. The proxy 2001:db8:ffff:0:0:0:0:1 sent"));
    }

    @Test
    void otherEndpointsAcceptAll() {
        edge.connection().comesFrom("203.0.113.8", false).with("X-Forwarded-For: nonsense");

        assertThat(edge.signed(BODY).send().status()).isIn(200, 202);
        assertThat(edge.meters()
                        .find("mxhooks.refused")
                        .tags("endpoint", "default", "reason", "sender_not_allowed")
                        .counter())
                .isNull();
    }

    /** The answer does not say which address the server saw: that of a proxy is nobody's business. */
    @Test
    void theRefusalIsCountedAndLoggedForTheOperatorAlone() {
        double before = refused();
        edge.connection().comesFrom("10.0.0.2", false).with("X-Forwarded-For: 203.0.113.7");
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 20; i++) {
                Answer answer = limited().isProblem(403);
                assertThat(answer.json().getString("detail")).doesNotContain("10.0.0.2", "203.0.113.7", SECRET);
            }

            assertThat(log.lines()).hasSizeLessThan(20);
        }
        assertThat(refused() - before).isEqualTo(20);
    }

    /** Nobody but an allowed sender learns whether a signature is right, or makes the server read a body. */
    @Test
    void theSenderIsLookedAtBeforeTheBody() {
        RawRequest huge = edge.request("POST", "hooks/limited").declaring(1L << 40);

        huge.send().isProblem(403);
    }

    private static Network network(String address, int prefix) {
        return Network.of(Network.address(address).orElseThrow(), prefix);
    }

    private static double refused() {
        return edge.meters()
                .get("mxhooks.refused")
                .tags("endpoint", "limited", "reason", "sender_not_allowed")
                .counter()
                .count();
    }

    private static int number;

    private static Answer limited() {
        byte[] body = "{\"number\":%s}".formatted(number++).getBytes(UTF_8);
        return edge.request("POST", "hooks/limited")
                .body(body)
                .header("MxAPI-Signature", new ProjectsSigner(SECRET).sign(body))
                .send();
    }
}
