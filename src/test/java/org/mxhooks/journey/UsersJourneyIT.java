package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.RawRequest;

/** Users behind proxies, of which the server trusts the one at 127.0.0.1. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class UsersJourneyIT {

    private static final String PASSWORD = System.getProperty("operator.password");
    private static final String CONSUMERS = "api/v1/consumers";

    @BeforeEach
    void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> request(PASSWORD, "GET", CONSUMERS).send().status() == 200);
    }

    /** By an upgrade, with its first request. */
    @Test
    void aBodyIsReadFromAClientThatOffersHttp2() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(JourneyServer.application().resolve("api/v1/subscriptions"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"\"}"))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("url is required.");
    }

    @Test
    void aTrustedProxyIsBelieved() {
        assertThat(proxied("203.0.113.1", "https", PASSWORD, CONSUMERS).status())
                .isEqualTo(200);
        assertThat(proxied("203.0.113.1", "http", PASSWORD, CONSUMERS)
                        .isProblem(403)
                        .json()
                        .getString("detail"))
                .contains("X-Forwarded-Proto");
        assertThat(request(PASSWORD, "GET", "metrics")
                        .header("Forwarded", "for=\"[2001:db8::1]:4711\";proto=https")
                        .send()
                        .status())
                .isEqualTo(200);
        request(PASSWORD, "GET", CONSUMERS)
                .header("X-Forwarded-For", "203.0.113.1")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "for=127.0.0.1;proto=https")
                .send()
                .isProblem(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "Forwarded: for=127.0.0.1;proto=https"
            })
    void aProxyThatIsNotTrustedIsNotTheMachineItself(String header) {
        String[] parts = header.split(": ");

        for (String path : new String[] {CONSUMERS, "metrics"}) {
            Answer right = request(PASSWORD, "GET", path)
                    .from("127.0.0.3")
                    .header(parts[0], parts[1])
                    .send();
            Answer wrong = request("guess", "GET", path)
                    .from("127.0.0.3")
                    .header(parts[0], parts[1])
                    .send();

            assertThat(right.isProblem(403).json().getString("detail")).contains("mxhooks.trusted-proxies");
            assertThat(wrong.body()).isEqualTo(right.body());
        }
        assertThat(request(PASSWORD, "GET", CONSUMERS).from("127.0.0.3").send().status())
                .isEqualTo(200);
    }

    /** The API and the metrics have one count. */
    @Test
    void aStrangersGuessesLockOutNobodyElse() {
        for (int guess = 1; guess <= 5; guess++) {
            proxied(guess + ".1.1.1, 203.0.113.2", "https", "guess", guess % 2 == 0 ? "metrics" : CONSUMERS)
                    .isProblem(401);
        }

        proxied("203.0.113.2", "https", PASSWORD, CONSUMERS).isProblem(429);
        proxied("203.0.113.2", "https", PASSWORD, "metrics").isProblem(429);
        assertThat(proxied("203.0.113.3", "https", PASSWORD, CONSUMERS).status())
                .isEqualTo(200);
        assertThat(request(PASSWORD, "GET", "metrics").send().status()).isEqualTo(200);
    }

    @Test
    void theAuditLogNamesTheClient() throws IOException {
        request(PASSWORD, "POST", CONSUMERS + "/mirror/resume")
                .header("X-Forwarded-For", "203.0.113.4")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/json")
                .declaring(0)
                .send();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            proxied("203.0.113.5", "https", "of-eve", CONSUMERS);
            return JourneyServer.log().contains("'admin' from 203.0.113.5: GET /mxhooks/api/v1/consumers");
        });

        assertThat(JourneyServer.log())
                .contains("admin from 203.0.113.4: POST /mxhooks/api/v1/consumers/mirror/resume: 200")
                .doesNotContain("of-eve");
    }

    private Answer proxied(String client, String protocol, String password, String path) {
        return request(password, "GET", path)
                .header("X-Forwarded-For", client)
                .header("X-Forwarded-Proto", protocol)
                .send();
    }

    private RawRequest request(String password, String method, String path) {
        return new RawRequest(
                        new InetSocketAddress(
                                "127.0.0.1", JourneyServer.application().getPort()),
                        method,
                        "mxhooks/" + path)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8)));
    }
}
