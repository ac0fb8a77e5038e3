package org.mxhooks.alarms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which fields of payloads are new, and which have vanished. */
class FieldHistoryTest {

    private static final String STORY =
            "{\"Story\":{\"Name\":\"a\",\"Sprint\":{\"Id\":1}},\"Tags\":[{\"text\":\"x\"}]}";
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private FieldHistory history = new FieldHistory(BEGIN);
    private Instant now = BEGIN;

    @Test
    void aFieldIsNewOnceAllOthersAreKnown() {
        arrive(60, Duration.ofHours(4), STORY);
        assertThat(history.newFields(now)).isEmpty();

        arrive(1, Duration.ofHours(1), "{\"Story\":{\"Name\":\"a\",\"Estimate\":null}}");

        assertThat(history.newFields(now)).containsExactly("Story.Estimate");
        assertThat(history.newFields(now.plus(Duration.ofHours(23)))).containsExactly("Story.Estimate");
        assertThat(history.newFields(now.plus(Duration.ofHours(25)))).isEmpty();
        arrive(1, Duration.ofDays(2), "{\"Story\":{\"Name\":\"a\",\"Estimate\":3}}");
        assertThat(history.newFields(now)).as("it is known by now").isEmpty();
    }

    @Test
    void nothingIsNewInTheFirstWeek() {
        arrive(400, Duration.ofMinutes(20), STORY);
        arrive(1, Duration.ofHours(1), "{\"Story\":{\"Estimate\":1}}");

        assertThat(history.newFields(now)).isEmpty();
    }

    @Test
    void nothingIsNewBeforeFiftyPayloads() {
        arrive(49, Duration.ofHours(12), STORY);
        arrive(1, Duration.ofHours(1), "{\"Story\":{\"Estimate\":1}}");

        assertThat(history.newFields(now)).isEmpty();
        arrive(1, Duration.ofHours(1), "{\"Story\":{\"Effort\":1}}");
        assertThat(history.newFields(now)).containsExactly("Story.Effort");
    }

    @Test
    void ofANewObjectOnlyItsOwnNameIsNew() {
        arrive(60, Duration.ofHours(4), STORY);

        arrive(1, Duration.ofHours(1), "{\"Epic\":{\"Id\":1,\"Owner\":{\"Name\":\"x\"}},\"Links\":[{\"to\":1}]}");

        assertThat(history.newFields(now)).containsExactly("Epic", "Links");
    }

    @Test
    void aFieldVanishesWhenTwentyInARowLackItForADay() {
        arrive(60, Duration.ofHours(4), STORY);
        String without = "{\"Story\":{\"Sprint\":{\"Id\":1}},\"Tags\":[{\"text\":\"x\"}]}";

        arrive(19, Duration.ofHours(2), without);
        assertThat(history.vanishedFields(now)).isEmpty();
        arrive(1, Duration.ofHours(2), without);
        assertThat(history.vanishedFields(now)).containsExactly("Story.Name");

        arrive(1, Duration.ofHours(1), STORY);
        assertThat(history.vanishedFields(now)).as("it is back").isEmpty();
    }

    @Test
    void aBurstWithoutAFieldIsNotYetAVanishedOne() {
        arrive(60, Duration.ofHours(4), STORY);

        arrive(200, Duration.ofMinutes(1), "{\"Story\":{},\"Tags\":[]}");

        assertThat(history.vanishedFields(now)).isEmpty();
        assertThat(history.vanishedFields(now.plus(Duration.ofDays(1)))).containsExactly("Story.Name", "Story.Sprint");
    }

    @Test
    void aFieldThatWasThereForLessThanAWeekOrInFewPayloadsDoesNotVanish() {
        String without = "{\"Story\":{\"Sprint\":{\"Id\":1}},\"Tags\":[{\"text\":\"x\"}]}";
        arrive(60, Duration.ofMinutes(20), STORY);
        arrive(30, Duration.ofHours(4), without);
        assertThat(history.vanishedFields(now)).isEmpty();

        history = new FieldHistory(now);
        arrive(49, Duration.ofHours(12), STORY);
        arrive(30, Duration.ofHours(4), without);
        assertThat(history.vanishedFields(now)).isEmpty();
    }

    @Test
    void theFieldsOfAnObjectThatIsAbsentAreNotMissing() {
        arrive(60, Duration.ofHours(4), STORY);

        arrive(30, Duration.ofHours(4), "{\"Story\":{\"Name\":\"a\",\"Sprint\":null},\"Tags\":[]}");

        assertThat(history.vanishedFields(now)).isEmpty();
    }

    @Test
    void ofAVanishedObjectOnlyItsOwnNameHasVanished() {
        arrive(60, Duration.ofHours(4), STORY);

        arrive(30, Duration.ofHours(4), "{\"Tags\":[{\"text\":\"x\"}]}");

        assertThat(history.vanishedFields(now)).containsExactly("Story");
    }

    @Test
    void whatCameNowAndThenDoesNotVanish() {
        for (int i = 0; i < 10; i++) {
            arrive(12, Duration.ofHours(4), STORY);
            arrive(1, Duration.ofHours(4), "{\"Story\":{\"Name\":\"a\"}}");
        }
        arrive(60, Duration.ofHours(4), "{\"Story\":{\"Name\":\"a\"},\"Tags\":[]}");

        assertThat(history.vanishedFields(now)).isEmpty();
    }

    @Test
    void aVanishedFieldIsForgottenAfterAWeek() {
        arrive(60, Duration.ofHours(4), STORY);
        String without = "{\"Story\":{\"Sprint\":{\"Id\":1}},\"Tags\":[{\"text\":\"x\"}]}";
        arrive(20, Duration.ofHours(2), without);
        assertThat(history.vanishedFields(now)).containsExactly("Story.Name");
        assertThat(history.vanishedFields(now.plus(Duration.ofDays(8))))
                .as("nothing arrived since")
                .isEmpty();

        arrive(1, Duration.ofDays(8), without);
        assertThat(history.vanishedFields(now)).isEmpty();
        arrive(1, Duration.ofDays(1), STORY);

        assertThat(history.newFields(now)).containsExactly("Story.Name");
    }

    @Test
    void namesThatAreKeysOfAMapEndTheWatchOfFurtherFields() {
        String keys = IntStream.range(0, 300).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        arrive(60, Duration.ofHours(4), "{\"Map\":{" + keys + "}}");

        arrive(1, Duration.ofHours(1), "{\"Map\":{\"another\":1},\"Other\":2}");

        assertThat(history.newFields(now)).isEmpty();
        assertThat(history.json().build().toString()).hasSizeLessThan(20_000);
    }

    @Test
    void arraysInArraysEndAfterAFew() {
        String deep = "[".repeat(100) + "{\"name\":1}" + "]".repeat(100);

        assertThat(PayloadPaths.of(("{\"List\":" + deep + "}").getBytes(UTF_8))
                        .orElseThrow()
                        .fields())
                .containsExactly("List");
    }

    /** As it is kept between two samples. */
    private void arrive(int howMany, Duration apart, String body) {
        for (int i = 0; i < howMany; i++) {
            now = now.plus(apart);
            history = FieldHistory.of(history.json().build());
            history.add(PayloadPaths.of(body.getBytes(UTF_8)).orElseThrow(), now);
        }
    }
}
