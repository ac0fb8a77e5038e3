package org.mxhooks.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.dispatch.WorkState.Parked;

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

    @Test
    void afterFiveWrongPasswordsAnAddressIsRefusedWhateverItSends() {
        try (CapturedLog log = new CapturedLog()) {
            connection.comesFrom("198.51.100.7", true);
            for (int i = 0; i < 5; i++) {
                as("admin:guess " + i, "GET", "deliveries").send().isProblem(401);
            }

            assertThat(get("deliveries").isProblem(429).header("Retry-After")).matches("[1-5][0-9]|60");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("198.51.100.7")
                    .doesNotContain("guess");
            connection.comesFrom("198.51.100.8", true);
            assertThat(get("deliveries").status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestWithoutCredentialsIsNoGuess() {
        for (int i = 0; i < 9; i++) {
            anonymously("GET", "deliveries").send().isProblem(401);
        }

        assertThat(get("deliveries").status()).isEqualTo(200);
    }

    @Test
    void everyChangeIsInTheAuditLog() throws Exception {
        work.register("mirror", 0);
        work.park("mirror", work.arrive(1).get(0), Parked.DEAD);
        try (CapturedLog log = new CapturedLog()) {
            get("consumers");
            change("POST", "consumers/mirror/pause");
            change("POST", "dead/replay?consumer=mirror&reason=of%20it");
            as("viewer:of the viewer", "POST", "consumers/mirror/resume")
                    .declaring(0)
                    .send();

            assertThat(log.lines())
                    .isEqualTo(List.of(
                            "admin from 127.0.0.1: POST /api/v1/consumers/mirror/pause: 200",
                            "admin from 127.0.0.1: POST /api/v1/dead/replay?consumer=mirror&reason=of%20it: 202"));
        }
    }
}
