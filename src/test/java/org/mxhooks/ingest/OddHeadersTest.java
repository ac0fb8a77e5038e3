package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.RawRequest;

class OddHeadersTest {

    private static final List<String> NAMES = List.of(
            "MxAPI-Projects-EventCategory",
            "MxAPI-Projects-Delivery",
            "MxAPI-Webhooks-Version",
            "MxAPI-Webhooks-Version-Expiry",
            "User-Agent",
            "Authorization",
            "Date",
            "If-Modified-Since",
            "If-None-Match",
            "Range",
            "Origin",
            "X-Forwarded-For",
            "X-HTTP-Method-Override",
            "Mxhooks-Sent-Content-Type",
            "!#$%&'*+.^_`|~");

    private static final List<String> VALUES = List.of(
            "",
            "GET",
            "1",
            "-1",
            "99999999999999999999",
            "9999-99-99",
            "stories",
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-00000000000000000000000000000",
            "\"",
            "\\u0000\\ud800",
            "',\"; --",
            "{\"a\":[",
            "%s%n{0}",
            "<b>",
            "x".repeat(600));

    /** The seed is fixed, so that a failure can be repeated. */
    @Test
    void noHeaderMakesAnAuthenticBodyRefused(@TempDir Path home) throws Exception {
        Random random = new Random(20260302);
        try (Edge edge = Edge.in(home);
                CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 200; i++) {
                RawRequest request = edge.signed(("{\"number\":" + i + "}").getBytes(UTF_8));
                String odd = addOddHeaders(request, random);

                Answer answer = request.send();

                assertThat(answer.status()).as(odd).isEqualTo(202);
                assertThat(edge.kept(answer).headers()).as(odd).isNotEmpty();
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    private static String addOddHeaders(RawRequest request, Random random) {
        StringBuilder added = new StringBuilder();
        for (int i = 0; i <= random.nextInt(8); i++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            String value = random.nextBoolean() ? VALUES.get(random.nextInt(VALUES.size())) : noise(random);
            request.header(name, value);
            added.append(name).append(": ").append(value).append('\n');
        }
        return added.toString();
    }

    /** Any bytes but control characters, which servers refuse. */
    private static String noise(Random random) {
        return random.ints(random.nextInt(40), ' ', 256)
                .filter(letter -> letter != 127)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
