package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mxhooks.WireFiles;

class AttributesTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-02T09:41:08Z");
    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";

    @Test
    void areThoseOfTheBodyWithTheRemarksOnTheHeadersFirst() throws UndecodableBody {
        byte[] body = WireFiles.bytes("bodies/story-updated.json");

        Attributes attributes = DecodedBody.decode("projects", body)
                .attributes(Optional.of("a portal's id"), List.of("a remark on a header"), body, RECEIVED);

        assertThat(attributes)
                .isEqualTo(new Attributes(
                        Optional.of("a portal's id"),
                        "stories",
                        "updated",
                        Optional.of(APP),
                        Optional.of(new Resource("story", "4711")),
                        Optional.of(Instant.parse("2026-03-02T08:15:30.120Z")),
                        Optional.of(Instant.parse("2026-03-02T09:41:07.884Z")),
                        List.of("a remark on a header"),
                        Optional.empty()));
    }

    @Test
    void aResourceAndItsAppAreTheOrderingKeyAndTheLane() {
        Attributes story = of("stories", Optional.of(new Resource("story", "7")));

        assertThat(story.orderingKey()).contains("story 7 app");
        assertThat(story.laneKey()).isEqualTo("story 7 app");
    }

    @Test
    void aStoryWithoutIdHasTheLaneOfItsCategory() {
        Attributes story = of("stories", Optional.empty());

        assertThat(story.orderingKey()).isEmpty();
        assertThat(story.laneKey()).isEqualTo("stories app");
    }

    @Test
    void aKindOfALaterReleaseKeepsTheLaneInWhichItWasUnknown() {
        Attributes known = of("wishes", Optional.of(new Resource("wish", "w-7")));

        assertThat(known.orderingKey()).contains("wish w-7 app");
        assertThat(known.laneKey())
                .isEqualTo(of(Attributes.UNKNOWN, Optional.empty()).laneKey());
    }

    @Test
    void onlyAStoryOrSprintHasANumber() {
        assertThat(new Resource("story", "7").number()).hasValue(7);
        assertThat(Resource.numbered("sprint", Long.MIN_VALUE).number()).hasValue(Long.MIN_VALUE);
        assertThat(new Resource("wish", "7").number()).isEmpty();
    }

    @Test
    void theResourceOfAnEventIsThatOfItsAttributes() throws UndecodableBody {
        assertThat(resourceOfEvent("{\"Sprint\":{\"SprintId\":\"88\"}}")).contains(new Resource("sprint", "88"));
        assertThat(resourceOfEvent("{\"Wish\":{\"WishId\":7}}")).isEmpty();
    }

    private static Optional<Resource> resourceOfEvent(String body) throws UndecodableBody {
        Provenance provenance = new Provenance(new UUID(0, 1), Optional.empty(), "default", 1, RECEIVED, false, "{}");
        return DecodedBody.resourceOf(
                DecodedBody.decode("projects", body.getBytes(UTF_8)).toEvent(provenance));
    }

    private static Attributes of(String category, Optional<Resource> resource) {
        return new Attributes(
                Optional.empty(),
                category,
                "updated",
                Optional.of("app"),
                resource,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
