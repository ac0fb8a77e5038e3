package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.WebhookEvent;

class UndecodableBodyTest {

    private static final Provenance PROVENANCE =
            new Provenance(new UUID(0, 0), Optional.empty(), "default", 1, Instant.EPOCH, false, "{}");
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "-1e999999999",
            "1e9999999999",
            "0.",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800");

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "\"text\"", "5", "true", "null"})
    void jsonThatIsNoObjectIsRefused(String body) {
        assertThat(reason(body)).isEqualTo("the body is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " \n", "hello", "nul", "<xml/>", "{", "{\"a\"", "{\"a\":1,}", "{\"a\":01}", "{} {}", "{}x"})
    void whatIsNotJsonIsRefusedWithTheReason(String body) {
        assertThat(reason(body)).startsWith("the body cannot be read as JSON: ").hasSizeBetween(40, 250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{\"Story\":[{\"a\":"})
    void aBodyThatIsNestedTooDeeplyIsRefusedByItsDepth(String opening) {
        assertThat(reason(opening.repeat(100_000))).contains("nested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1e-9999999999"})
    void aNumberBeyondEveryRangeIsRefused(String number) {
        assertThat(reason("{\"a\":" + number + "}")).isEqualTo("the body cannot be read as JSON: Exponent overflow.");
    }

    @Test
    void aBodyCutWithinALetterIsRefused() {
        byte[] body = "{\"a\":\"é".getBytes(UTF_8);

        assertThat(reason(Arrays.copyOf(body, body.length - 1))).isEqualTo("the body is not UTF-8");
    }

    @Test
    void anotherCharacterSetIsRefused() {
        assertThat(reason("{}".getBytes(UTF_16))).isEqualTo("the body is not UTF-8");
    }

    /** The seed is fixed, so that a failure can be repeated. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "story-created",
                "story-updated",
                "sprint-created",
                "sprint-updated",
                "teamserver-push",
                "package-uploaded",
                "alert"
            })
    void aDamagedBodyIsReadOrRefusedButNeverAFault(String name) {
        Random random = new Random(20260302);
        byte[] body = WireFiles.bytes("bodies/" + name + ".json");

        for (int i = 0; i < 5_000; i++) {
            readOrRefuse(name.matches("(story|sprint)-.*") ? "projects" : "standard-webhooks", damaged(body, random));
        }
    }

    private static void readOrRefuse(String scheme, byte[] body) {
        try {
            DecodedBody decoded = DecodedBody.decode(scheme, body);
            assertThat(decoded.remarks(body, Instant.EPOCH)).isNotNull();
            readEveryField(decoded.toEvent(PROVENANCE));
        } catch (UndecodableBody refused) {
            assertThat(refused).hasMessageStartingWith("the body ");
        } catch (RuntimeException fault) {
            fail(new String(body, UTF_8), fault);
        }
    }

    private static void readEveryField(WebhookEvent event) {
        assertThat(event.toString()).isNotEmpty();
        assertThat(List.of(event.sender(), event.project(), event.createdAt(), event.updatedAt(), event.json()))
                .doesNotContainNull();
        if (event instanceof StoryEvent story) {
            assertThat(List.of(story.parentId(), story.name(), story.hasSubStories(), story.creationDate()))
                    .doesNotContainNull();
        }
        if (event instanceof TeamServerPushEvent push) {
            assertThat(List.of(push.branchName(), push.before(), push.commits()))
                    .doesNotContainNull();
        }
        if (event instanceof PackageUploadedEvent uploaded) {
            assertThat(List.of(uploaded.name(), uploaded.uploadTime(), uploaded.uploaderId()))
                    .doesNotContainNull();
        }
        if (event instanceof AlertEvent alert) {
            assertThat(List.of(alert.severity(), alert.appName(), alert.environmentId(), alert.timestamp()))
                    .doesNotContainNull();
        }
        if (event instanceof SprintEvent sprint) {
            assertThat(List.of(sprint.name(), sprint.startDate(), sprint.endDate()))
                    .doesNotContainNull();
        }
    }

    /** Replaces a stretch of the body, of at most eight bytes, by something else. */
    private static byte[] damaged(byte[] body, Random random) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + random.nextInt(9));
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(body, 0, from);
        damaged.writeBytes(something(random));
        damaged.write(body, to, body.length - to);
        return damaged.toByteArray();
    }

    private static byte[] something(Random random) {
        if (random.nextBoolean()) {
            byte[] noise = new byte[random.nextInt(4)];
            random.nextBytes(noise);
            return noise;
        }
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8);
    }

    private static String reason(String body) {
        return reason(body.getBytes(UTF_8));
    }

    private static String reason(byte[] body) {
        UndecodableBody refused =
                catchThrowableOfType(UndecodableBody.class, () -> DecodedBody.decode("projects", body));
        assertThat(refused).as("refusal").isNotNull();
        return refused.getMessage();
    }
}
