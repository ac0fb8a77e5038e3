package org.mxhooks.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.web.Caller.Way.CONTRADICTION;
import static org.mxhooks.web.Caller.Way.HTTPS;
import static org.mxhooks.web.Caller.Way.LOOPBACK;
import static org.mxhooks.web.Caller.Way.PLAIN;
import static org.mxhooks.web.Caller.Way.PLAIN_TO_PROXY;
import static org.mxhooks.web.Caller.Way.UNTRUSTED_PROXY;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.MapConfig;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.Caller.Way;

/** Who sent a request, where the proxies at 127.0.0.1, 10.0.0.0/24 and 2001:db8:1::/48 are trusted. */
class CallerTest {

    private static final Set<Network> TRUSTED = SettingsReader.read(MapConfig.of(Map.of(
                    "mxhooks.operator.password",
                    "of the operator",
                    "mxhooks.endpoint.default.secret",
                    "of the portal",
                    "mxhooks.relay.key",
                    "of the relay",
                    "mxhooks.trusted-proxies",
                    "127.0.0.1, 10.0.0.0/24,2001:db8:1::/48")))
            .trustedProxies();

    private final TestConnection connection = new TestConnection();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false, LOOPBACK, true",
        "127.9.9.9, false, LOOPBACK, true",
        "0:0:0:0:0:0:0:1%0, false, LOOPBACK, true",
        "::ffff:127.0.0.1, false, LOOPBACK, true",
        "::1, true, HTTPS, true",
        "192.0.2.7, false, PLAIN, false",
        "192.0.2.7, true, HTTPS, false",
        "10.0.0.7, false, PLAIN, false",
        "fe80:0:0:0:1:2:3:4%eth0, false, PLAIN, false",
        "'', false, PLAIN, false",
        "localhost, false, PLAIN, false",
    })
    void withoutAProxyTheConnectionDecides(String peer, boolean byHttps, Way way, boolean local) {
        Caller caller = caller(peer, byHttps);

        assertThat(caller.way()).isEqualTo(way);
        assertThat(caller.local()).isEqualTo(local);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-Proto: https",
                "x-forwarded-host: hooks.example.com",
                "X-Forwarded-Port: 443",
                "Forwarded: for=127.0.0.1;proto=https",
                "forwarded: nonsense",
                "X-Real-IP: 192.0.2.7",
                "Via: 1.1 proxy",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Server: proxy",
                "X-Forwarded-By: 192.0.2.1",
                "X-Original-Forwarded-For: 192.0.2.7",
                "Forwarded-For: 192.0.2.7",
                "X-Client-IP: 192.0.2.7",
                "X-Cluster-Client-Ip: 192.0.2.7",
                "X-Envoy-External-Address: 192.0.2.7",
                "CF-Connecting-IP: 192.0.2.7",
                "CF-Connecting-IPv6: 2001:db8::7",
                "true-client-ip: 192.0.2.7",
                "Fastly-Client-IP: 192.0.2.7",
                "Fly-Client-IP: 192.0.2.7",
                "X-Azure-ClientIP: 192.0.2.7",
                "X-Original-For: 192.0.2.7:4711",
                "X-Originating-IP: 192.0.2.7",
                "Front-End-Https: on"
            })
    void aProxyThatIsNotTrustedIsNotLoopback(String header) {
        Caller caller = caller("::1", false, header);

        assertThat(caller.way()).isEqualTo(UNTRUSTED_PROXY);
        assertThat(caller.local()).isFalse();
        assertThat(caller.address().isLoopbackAddress()).isTrue();
        assertThat(caller("192.0.2.9", false, header).way()).isEqualTo(UNTRUSTED_PROXY);
        assertThat(caller("192.0.2.9", true, header).address().getHostAddress()).isEqualTo("192.0.2.9");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "'192.0.2.7:4711', 192.0.2.7",
        "'127.0.0.1, 192.0.2.7', 192.0.2.7",
        "'\", 192.0.2.7', 192.0.2.7",
        "'6.6.6.6, 192.0.2.7, 10.0.0.8, 127.0.0.1', 192.0.2.7",
        "'6.6.6.6,,192.0.2.7 , 10.0.0.8', 192.0.2.7",
        "'10.0.0.9, 10.0.0.8', 10.0.0.9",
        "'unknown, 10.0.0.8', 10.0.0.8",
        "unknown, 127.0.0.1",
        "'6.6.6.6, nonsense', 127.0.0.1",
        "localhost, 127.0.0.1",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:4711, 2001:db8:0:0:0:0:0:7",
        "'2001:db8::7, 2001:db8:1::8', 2001:db8:0:0:0:0:0:7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "127.0.0.1, 127.0.0.1",
        "127.9.9.9, 127.9.9.9",
    })
    void theClientIsTheRightMostThatIsNotTrusted(String forwardedFor, String client) {
        Caller caller = caller("127.0.0.1", false, "X-Forwarded-For: " + forwardedFor, "X-Forwarded-Proto: https");

        assertThat(caller.address().getHostAddress()).isEqualTo(client);
        assertThat(caller.way()).isEqualTo(HTTPS);
        assertThat(caller.local()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "for=192.0.2.7;proto=https, 192.0.2.7",
        "FOR=192.0.2.7;Proto=HTTPS;by=127.0.0.1, 192.0.2.7",
        "for=\"192.0.2.7:4711\";proto=\"https\", 192.0.2.7",
        "proto=https; for = \"[2001:db8::7]:4711\", 2001:db8:0:0:0:0:0:7",
        "for=\"[2001:db8::7]:_port\";proto=https, 2001:db8:0:0:0:0:0:7",
        "'for=6.6.6.6;proto=http, for=192.0.2.7;proto=https, for=10.0.0.8;proto=http', 192.0.2.7",
        "'for=\"6.6.6.6, for=192.0.2.7;proto=https', 192.0.2.7",
        "for=unknown;proto=https, 127.0.0.1",
        "for=_hidden;proto=https, 127.0.0.1",
        "'for=6.6.6.6;proto=http, for=_hidden;proto=https, for=10.0.0.8', 10.0.0.8",
        "proto=https, 127.0.0.1",
        "for=;proto=https, 127.0.0.1",
    })
    void forwardedIsReadAsItsRfcHasIt(String forwarded, String client) {
        Caller caller = caller("127.0.0.1", false, "Forwarded: " + forwarded);

        assertThat(caller.address().getHostAddress()).isEqualTo(client);
        assertThat(caller.way()).isEqualTo(HTTPS);
    }

    @Test
    void linesOfAHeaderAreOneList() {
        assertThat(caller(
                                "127.0.0.1",
                                false,
                                "X-Forwarded-For: 6.6.6.6",
                                "X-Forwarded-For: 192.0.2.7",
                                "X-Forwarded-For: 10.0.0.8")
                        .address()
                        .getHostAddress())
                .isEqualTo("192.0.2.7");
        assertThat(caller("127.0.0.1", false, "Forwarded: for=6.6.6.6", "Forwarded: for=192.0.2.7;proto=https"))
                .extracting(caller -> caller.address().getHostAddress(), Caller::way)
                .containsExactly("192.0.2.7", HTTPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Proto: https, http",
                "X-Forwarded-Proto: http, https",
                "X-Forwarded-Proto: httpss",
                "X-Forwarded-Proto:",
                "X-Forwarded-Host: https",
                "Via: 1.1 proxy",
                "Forwarded: for=192.0.2.7",
                "Forwarded: for=192.0.2.7;proto=http",
                "Forwarded: for=6.6.6.6;proto=https, for=192.0.2.7;proto=http",
                "Forwarded: nonsense",
                "Forwarded:"
            })
    void aTrustedProxyMustSayThatHttpsWasUsed(String header) {
        assertThat(caller("127.0.0.1", false, header).way()).isEqualTo(PLAIN_TO_PROXY);
        assertThat(caller("127.0.0.1", true, header).way()).isEqualTo(PLAIN_TO_PROXY);
    }

    @Test
    void bothHeadersMustSayTheSame() {
        String client = "X-Forwarded-For: 192.0.2.7";
        String https = "X-Forwarded-Proto: https";

        assertThat(caller("127.0.0.1", false, client, https, "Forwarded: for=192.0.2.7;proto=https"))
                .extracting(caller -> caller.address().getHostAddress(), Caller::way)
                .containsExactly("192.0.2.7", HTTPS);
        assertThat(caller("127.0.0.1", false, client, https, "Forwarded: for=192.0.2.7;proto=http")
                        .way())
                .isEqualTo(PLAIN_TO_PROXY);
        assertThat(caller("127.0.0.1", false, client, https, "Forwarded: for=6.6.6.6;proto=https"))
                .extracting(caller -> caller.address().getHostAddress(), Caller::way)
                .containsExactly("127.0.0.1", CONTRADICTION);
        assertThat(caller("127.0.0.1", false, client, https, "Forwarded: for=_hidden;proto=https")
                        .way())
                .isEqualTo(CONTRADICTION);
    }

    @Test
    void aTrustedProxysOwnMachineIsAClientWithoutHeaders() {
        assertThat(caller("10.0.0.7", false).way()).isEqualTo(PLAIN);
        assertThat(caller("127.0.0.1", false).way()).isEqualTo(LOOPBACK);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.255.0.9, true",
        "127.0.0.1, ::1, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.7, ::ffff:192.0.2.7, true",
        "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
    })
    void aNetworkIsWhatOneClientCanHave(String one, String other, boolean same) {
        assertThat(caller(one, true).network().equals(caller(other, true).network()))
                .isEqualTo(same);
    }

    @Test
    void headersOfAnyLengthAreRead() {
        String many = "6.6.6.6,".repeat(100_000);
        String quotes = "for=\"\\".repeat(100_000);

        assertThat(caller("127.0.0.1", false, "X-Forwarded-For: " + many + "192.0.2.7")
                        .address()
                        .getHostAddress())
                .isEqualTo("192.0.2.7");
        assertThat(caller("127.0.0.1", false, "Forwarded: " + quotes + ", for=192.0.2.7")
                        .address()
                        .getHostAddress())
                .isEqualTo("192.0.2.7");
    }

    private Caller caller(String peer, boolean byHttps, String... headers) {
        return Caller.of(connection.comesFrom(peer, byHttps).with(headers).request(), TRUSTED);
    }
}
