package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.operations.WorkState.Parked;

/** Who may do what, and by which way. */
class UsersTest extends ApiFixture {

    @Test
    void aViewerMayLook() {
        assertThat(as("viewer:of the viewer", "GET", "deliveries").send().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST, consumers/mirror/pause", "DELETE, consumers/mirror", "POST, dead/replay", "PUT, nowhere"})
    void aViewerMayChangeNothing(String method, String path) {
        Answer answer = as("viewer:of the viewer", method, path)
                .header("Content-Type", "application/json")
                .declaring(0)
                .send()
                .isProblem(403);

        assertThat(answer.json().getString("detail")).contains("viewer");
    }

    @Test
    void passwordsBelongToNames() {
        as("viewer:of the operator", "GET", "deliveries").send().isProblem(401);
        as("admin:of the viewer", "GET", "deliveries").send().isProblem(401);
        assertThat(as("admin:of the viewer", "GET", "deliveries").send().json().getString("detail"))
                .startsWith("The name or the password is wrong");
        assertThat(anonymously("GET", "deliveries").send().json().getString("detail"))
                .startsWith("A user's name and password are required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "::ffff:192.0.2.7"})
    void fromElsewhereOnlyHttpsIsTaken(String address) {
        connection.comesFrom(address, false);
        assertThat(get("deliveries").isProblem(403).json().getString("detail")).contains("HTTPS");

        connection.comesFrom(address, true);
        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1"})
    void fromTheMachineItselfHttpWillDo(String address) {
        connection.comesFrom(address, false);

        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "Forwarded: for=127.0.0.1;proto=https"
            })
    void whatComesThroughAProxyThatIsNotTrustedIsNotTheMachineItself(String header) {
        connection.comesFrom("127.0.0.1", false).with(header);

        assertThat(get("deliveries").isProblem(403).json().getString("detail"))
                .contains("HTTPS", "mxhooks.trusted-proxies");
    }

    @Test
    void aTrustedProxyIsBelievedThatHttpsWasUsed() {
        connection.comesFrom("10.0.0.1", false).with("X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https");
        assertThat(get("deliveries").status()).isEqualTo(200);

        connection.with("X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: http");
        assertThat(get("deliveries").isProblem(403).json().getString("detail")).contains("X-Forwarded-Proto: https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Forwarded-Proto: https"})
    void withoutHttpsARightAndAWrongPasswordAreAnsweredAlike(String header) {
        connection.comesFrom("203.0.113.9", false).with(header.isEmpty() ? new String[0] : new String[] {header});

        List<String> answers = Stream.of("admin:of the operator", "admin:guess", "nobody:guess", "viewer:of the viewer")
                .flatMap(credentials -> Stream.generate(() -> credentials).limit(9))
                .map(credentials -> as(credentials, "GET", "deliveries").send())
                .map(answer -> answer.status() + answer.header("WWW-Authenticate") + answer.body())
                .distinct()
                .toList();

        assertThat(answers).singleElement().asString().startsWith("403").contains("HTTPS is required");
        connection.comesFrom("203.0.113.9", true);
        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @Test
    void afterFiveWrongPasswordsAnAccountIsClosedToTheirNetworkAlone() {
        connection.comesFrom("198.51.100.7", true);
        guess(5);

        assertThat(get("deliveries").isProblem(429).header("Retry-After")).matches("[1-5][0-9]|60|61");
        assertThat(as("viewer:of the viewer", "GET", "deliveries").send().status())
                .isEqualTo(200);
        connection.comesFrom("198.51.100.8", true);
        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @Test
    void anotherAccountsLogInsClearNoCount() {
        connection.comesFrom("198.51.100.17", true);
        for (int guesses = 0; guesses < 5; guesses++) {
            guess(1);
            assertThat(as("viewer:of the viewer", "GET", "deliveries").send().status())
                    .isEqualTo(200);
            as("viewer:of the viewer", "POST", "dead/replay")
                    .declaring(0)
                    .send()
                    .isProblem(403);
        }

        as("admin:guess", "GET", "deliveries").send().isProblem(429);
    }

    @Test
    void onesOwnLogInClearsTheCount() {
        connection.comesFrom("198.51.100.27", true);
        for (int times = 0; times < 4; times++) {
            guess(4);
            assertThat(get("deliveries").status()).isEqualTo(200);
        }
    }

    @Test
    void theAddressesOfAnIpv6SiteAreOne() {
        for (int guesses = 1; guesses <= 5; guesses++) {
            connection.comesFrom("2001:db8:0:7::" + guesses, true);
            guess(1);
        }

        connection.comesFrom("2001:db8:0:7:ffff:ffff:ffff:ffff", true);
        get("deliveries").isProblem(429);
        connection.comesFrom("2001:db8:0:8::1", true);
        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @Test
    void behindATrustedProxyTheClientsAddressCounts() {
        connection.comesFrom("10.0.0.1", false).with("X-Forwarded-For: 198.51.100.37", "X-Forwarded-Proto: https");
        guess(5);

        connection.with("X-Forwarded-For: 6.6.6.6, 198.51.100.37", "X-Forwarded-Proto: https");
        get("deliveries").isProblem(429);
        connection.with("X-Forwarded-For: 198.51.100.38", "X-Forwarded-Proto: https");
        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    /** The delay itself is that of {@code LoginAttemptsTest}. */
    @Test
    void fromTheMachineItselfTheRightPasswordIsNeverRefusedForLong() {
        guess(7);

        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic !",
                "Basic YWRtaW4",
                "Basic 6TpwYXNz",
                "Bearer YWRtaW46eA==",
                "Basic YTpi, Basic YTpi"
            })
    void whatHoldsNoCredentialsIsNoGuess(String header) {
        connection.comesFrom("198.51.100.47", true);
        for (int times = 0; times < 25; times++) {
            assertThat(anonymously("GET", "deliveries")
                            .header("Authorization", header)
                            .send()
                            .isProblem(401)
                            .header("WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"mxhooks\", charset=\"UTF-8\"");
        }
        as("x".repeat(3500) + ":", "GET", "deliveries").send().isProblem(401);

        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @Test
    void failuresAndRefusalsAreMetered() {
        connection.comesFrom("198.51.100.57", true);
        double failed = count("failed", "operator");
        double unknown = count("failed", "unknown");
        double throttled = count("throttled", "operator");
        guess(5);
        as("ädmin:guess", "GET", "deliveries").send().isProblem(401);
        get("deliveries").isProblem(429);

        assertThat(count("failed", "operator")).isEqualTo(failed + 5);
        assertThat(count("failed", "unknown")).isEqualTo(unknown + 1);
        assertThat(count("throttled", "operator")).isEqualTo(throttled + 1);
    }

    @Test
    void aRequestWithoutCredentialsIsNoGuess() {
        for (int i = 0; i < 9; i++) {
            anonymously("GET", "deliveries").send().isProblem(401);
        }

        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @Test
    void everyChangeIsInTheAuditLogAlsoARefusedOne() throws Exception {
        work.register("mirror", 0);
        work.park("mirror", work.arrive(1).get(0), Parked.DEAD);
        connection.comesFrom("10.0.0.1", false).with("X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https");
        try (CapturedLog log = new CapturedLog()) {
            get("consumers");
            change("POST", "consumers/mirror/pause");
            change("POST", "dead/replay?consumer=mirror&reason=of%20it");
            change("POST", "consumers/no%0D%0Abody/pause");
            as("viewer:of the viewer", "POST", "consumers/mirror/resume")
                    .declaring(0)
                    .send();

            assertThat(log.audit())
                    .containsExactly(
                            "admin from 192.0.2.7: POST /api/v1/consumers/mirror/pause: 200",
                            "admin from 192.0.2.7: POST /api/v1/dead/replay?consumer=mirror&reason=of%20it: 202",
                            "admin from 192.0.2.7: POST /api/v1/consumers/no%0D%0Abody/pause: 400",
                            "viewer from 192.0.2.7: POST /api/v1/consumers/mirror/resume: 403");
        }
    }

    @Test
    void failedLogInsAreInTheAuditLogShortAndWithoutThePassword() {
        String user = "eve\r\n'admin' from ".repeat(50);
        connection.comesFrom("198.51.100.67", true);
        try (CapturedLog log = new CapturedLog()) {
            await().until(() -> {
                as(user + ":of-eve", "GET", "deliveries?portalId=" + "%C3%A4".repeat(500))
                        .send();
                return log.audit().stream().anyMatch(line -> line.contains("eve"));
            });

            assertThat(log.audit())
                    .allSatisfy(line -> assertThat(line)
                            .contains("'eve\\u000d\\u000a\\'admin\\' from ", "198.51.100.67", "GET /api/v1/deliveries")
                            .doesNotContain("of-eve", "\n", "\r")
                            .satisfies(
                                    shown -> assertThat(shown.getBytes(UTF_8)).hasSizeLessThan(330)));
        }
    }

    @Test
    void whoeverFloodsTheAuditLogGetsOneLineInASecond() {
        connection.comesFrom("198.51.100.77", true);
        try (CapturedLog log = new CapturedLog()) {
            long start = System.nanoTime();
            for (int times = 0; times < 100; times++) {
                as("admin:guess", "DELETE", "consumers/mirror").declaring(0).send();
            }
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

            assertThat(log.audit()).hasSizeLessThanOrEqualTo((int) seconds + 2);
        }
    }

    private void guess(int times) {
        for (int guesses = 0; guesses < times; guesses++) {
            as("admin:guess " + guesses, "GET", "deliveries").send().isProblem(401);
        }
    }

    private double count(String what, String account) {
        return meters.get("mxhooks.logins." + what)
                .tag("account", account)
                .counter()
                .count();
    }
}
