package org.mxhooks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.operations.WorkState.Parked;

/**
 * Requests put together at random, sent by a valid user: whatever they are, they are answered, and never as a fault of
 * the server's.
 */
class OddRequestsTest extends ApiFixture {

    private static final int REQUESTS = Integer.getInteger("odd.requests", 2_000);

    private static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "DELETE", "PUT", "PATCH");

    private static final List<String> SEGMENTS = List.of(
            "deliveries",
            "00000000-0000-4000-8000-000000000000",
            "replay",
            "consumers",
            "mirror",
            "pause",
            "resume",
            "dead",
            "endpoints",
            "apps",
            "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77",
            "openapi",
            "a".repeat(300),
            "-1",
            ";x=1");

    private static final List<String> NAMES = List.of(
            "endpoint",
            "category",
            "portalId",
            "state",
            "from",
            "to",
            "limit",
            "cursor",
            "consumer",
            "reason",
            "at",
            "%00",
            "");

    private static final List<String> VALUES = List.of(
            "",
            "default",
            "stories",
            "dead",
            "pending",
            "parked",
            "done",
            "mirror",
            "0",
            "1",
            "200",
            "201",
            "-1",
            "99999999999999999999",
            "MTIz",
            "MTIzIG1pcnJvcg",
            "OTk5OTk5OTk5OTk5OTk5OTk5",
            "%FF%FE",
            "%00",
            "%0D%0A",
            "%F0%9F%98%80",
            "%ED%A0%80",
            "2026-03-01T12:00:00Z",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "+1000000000-01-01T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "2026-02-30T00:00:00Z",
            "'%20or%20''='",
            "x".repeat(500));

    private final long seed = Long.getLong("odd.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void noneIsAFaultOfTheServers() throws Exception {
        work.register("mirror", 0);
        work.park("mirror", work.arrive(5).get(2), Parked.PARKED);
        System.out.println("Odd requests with -Dodd.seed=" + seed);
        Set<Integer> statuses = new TreeSet<>();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < REQUESTS; i++) {
                String method = pick(METHODS);
                String path = path();
                Answer answer = change(method, path);
                assertThat(answer.status())
                        .as("%s %s, seed %s: %s", method, path, seed, answer.body())
                        .isBetween(200, 499);
                statuses.add(answer.status());
            }
            assertThat(log.stackTraces()).as("seed %s", seed).isEmpty();
            assertThat(statuses).as("seed %s", seed).contains(200, 400, 404, 405);
        }
    }

    private String path() {
        StringBuilder path = new StringBuilder(pick(SEGMENTS));
        for (int more = random.nextInt(4); more > 0; more--) {
            path.append('/').append(pick(SEGMENTS));
        }
        String separator = "?";
        for (int parameters = random.nextInt(4); parameters > 0; parameters--) {
            path.append(separator).append(pick(NAMES)).append('=').append(pick(VALUES));
            separator = "&";
        }
        return path.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
