package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;
import org.mxhooks.event.Company;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.WebhookEvent;

class PayloadTest {

    private static final UUID DELIVERY = UUID.fromString("7d0f0e6c-6a3c-4c57-8f5e-3f5f6e1a2b3c");
    private static final Provenance PROVENANCE =
            new Provenance(DELIVERY, Optional.of("a portal's id"), "default", 17, true, "{}");

    @Test
    void anUpdatedStoryOffersEveryField() throws UndecodableBody {
        StoryEvent story = (StoryEvent) fromWire("story-updated").toEvent(PROVENANCE);

        assertThat(story.category()).isEqualTo("stories");
        assertThat(story.action()).isEqualTo("updated");
        assertThat(story.appId()).contains("6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77");
        assertThat(story.createdAt()).contains(Instant.parse("2026-03-02T08:15:30.120Z"));
        assertThat(story.updatedAt()).contains(Instant.parse("2026-03-02T09:41:07.884Z"));
        assertThat(story.storyId()).isEqualTo(4711);
        assertThat(story.parentId()).hasValue(88);
        assertThat(story.parentType()).contains("Sprint");
        assertThat(story.name()).contains("Show the delivery date on the order page");
        assertThat(story.description()).contains("Buyers ask for it – daily.");
        assertThat(story.status()).contains("Running");
        assertThat(story.storyType()).contains("Feature");
        assertThat(story.hasSubStories()).contains(false);
        assertThat(story.creationDate()).contains(Instant.parse("2026-03-02T08:15:30.120Z"));
    }

    @Test
    void anEventTellsWhoTriggeredItInWhichProject() throws UndecodableBody {
        WebhookEvent event = fromWire("story-updated").toEvent(PROVENANCE);

        Optional<Company> company = Optional.of(
                new Company(Optional.of("0c0ffee0-0000-4000-8000-000000000001"), Optional.of("Example BV")));
        assertThat(event.sender())
                .contains(new Sender(
                        Optional.of("ada.quist@example.com"),
                        Optional.of("Ada Quist"),
                        Optional.of("ada.quist@example.com"),
                        Optional.of("https://id.example.com/id?id=aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
                        Optional.of(
                                "https://portal.example.com/document/image?uuid=11111111-2222-4333-8444-555555555555&thumb=false"),
                        company));
        assertThat(event.project())
                .contains(new Project(
                        Optional.of("Order Desk"),
                        Optional.of("6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77"),
                        Optional.of(
                                "http://portal.example.com/document/image?uuid=66666666-7777-4888-8999-000000000000&thumb=false"),
                        company));
    }

    @Test
    void anEventTellsWhereItComesFrom() throws UndecodableBody {
        WebhookEvent event = fromWire("story-updated").toEvent(PROVENANCE);

        assertThat(event.delivery()).isEqualTo(DELIVERY);
        assertThat(event.portalId()).contains("a portal's id");
        assertThat(event.endpoint()).isEqualTo("default");
        assertThat(event.position()).isEqualTo(17);
        assertThat(event.replay()).isTrue();
        assertThat(event.json().getJsonObject("Story").getInt("StoryId")).isEqualTo(4711);
        assertThat(event).hasToString("stories updated, delivery " + DELIVERY);
    }

    @Test
    void aCreatedStoryIsInNoSprintYetAndKeepsItsLetters() throws UndecodableBody {
        StoryEvent story = (StoryEvent) fromWire("story-created").toEvent(PROVENANCE);

        assertThat(story.action()).isEqualTo("created");
        assertThat(story.storyId()).isEqualTo(4712);
        assertThat(story.parentId()).isEmpty();
        assertThat(story.parentType()).isEmpty();
        assertThat(story.name()).contains("Größe – サイズ – 🚚 missing");
        assertThat(story.storyType()).contains("Bug");
    }

    @ParameterizedTest
    @CsvSource({"created, Planned", "updated, Active"})
    void aSprintOffersEveryField(String action, String status) throws UndecodableBody {
        SprintEvent sprint = (SprintEvent) fromWire("sprint-" + action).toEvent(PROVENANCE);

        assertThat(sprint.category()).isEqualTo("sprints");
        assertThat(sprint.action()).isEqualTo(action);
        assertThat(sprint.sprintId()).isEqualTo(88);
        assertThat(sprint.name()).contains("Sprint 12");
        assertThat(sprint.description()).isEmpty();
        assertThat(sprint.status()).contains(status);
        assertThat(sprint.startDate()).contains(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(sprint.endDate()).contains(Instant.parse("2026-03-16T00:00:00Z"));
        assertThat(sprint.creationDate()).contains(Instant.parse("2026-02-27T13:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"Story":{"StoryId":5}}                         | stories | story
                    {"story":{"storyid":5}}                         | stories | story
                    {"STORY":{"STORYID":5}}                         | stories | story
                    {"Sprint":{"SprintId":5}}                       | sprints | sprint
                    {"sPRINT":{"sprintID":5}}                       | sprints | sprint
                    {"Resource":{"StoryId":5}}                      | stories | story
                    {"Resource":{"SprintId":5}}                     | sprints | sprint
                    {"resource":{"sprintid":5}}                     | sprints | sprint
                    {"Story":null,"Sprint":{"SprintId":5}}          | sprints | sprint
                    {"Story":null,"Resource":{"StoryId":5}}         | stories | story
                    {"Resource":{"StoryId":null,"SprintId":5}}      | sprints | sprint
                    """)
    void theResourceInTheBodyTellsTheCategory(String body, String category, String type) throws UndecodableBody {
        Payload payload = Payload.decode(body.getBytes(UTF_8), Optional.of("something-else"));

        assertThat(payload.category()).isEqualTo(category);
        assertThat(payload.signedCategory()).contains(category);
        assertThat(payload.resource()).contains(new Resource(type, 5));
        assertThat(payload.toEvent(PROVENANCE))
                .isInstanceOf(type.equals("story") ? StoryEvent.class : SprintEvent.class);
    }

    @Test
    void aResourceUnderTheLiteralKeyOffersItsFields() throws UndecodableBody {
        StoryEvent story = story("{'Resource':{'StoryId':5,'Name':'Pay later'}}");

        assertThat(story.name()).contains("Pay later");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                 | Releases | releases
                    {}                 | ' Stories ' | stories
                    {"Resource":{}}    | sprints  | sprints
                    {"Resource":7}     | sprints  | sprints
                    {"Story":null}     | sprints  | sprints
                    {"Release":{}}     | releases | releases
                    {}                 | ''       | unknown
                    {}                 | ' '      | unknown
                    {}                 |          | unknown
                    """)
    void theHeaderTellsTheCategoryWhereTheBodyDoesNot(String body, String header, String category)
            throws UndecodableBody {
        Payload payload = Payload.decode(body.getBytes(UTF_8), Optional.ofNullable(header));

        assertThat(payload.category()).isEqualTo(category);
        assertThat(payload.signedCategory()).isEmpty();
        assertThat(payload.resource()).isEmpty();
        assertThat(payload.toEvent(PROVENANCE)).isInstanceOf(UnknownEvent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Story':{}}",
                "{'Story':{'StoryId':null}}",
                "{'Story':{'StoryId':''}}",
                "{'Story':{'StoryId':'OD-42'}}",
                "{'Story':{'StoryId':5.5}}",
                "{'Story':{'StoryId':9223372036854775808}}",
                "{'Story':{'StoryId':1e999999999}}",
                "{'Story':{'StoryId':1e-999999999}}",
                "{'Story':{'StoryId':[5]}}",
                "{'Story':'5'}",
                "{'Story':[{'StoryId':5}]}"
            })
    void aStoryWithoutUsableIdIsAnUnknownEventAmongStories(String body) throws UndecodableBody {
        Payload payload = decode(body);

        assertThat(payload.resource()).isEmpty();
        assertThat(payload.toEvent(PROVENANCE))
                .asInstanceOf(type(UnknownEvent.class))
                .returns("stories", WebhookEvent::category);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "5.0, 5", "5e2, 500", "-5, -5", "9223372036854775807, 9223372036854775807"})
    void anIdIsAWholeNumberAlsoInAString(String id, long expected) throws UndecodableBody {
        assertThat(story("{'Story':{'StoryId':%s}}".formatted(id)).storyId()).isEqualTo(expected);
        assertThat(story("{'Story':{'StoryId':'%s'}}".formatted(expected)).storyId())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "'x'", "7"})
    void whatIsAbsentNullOrOfAnotherTypeIsEmpty(String value) throws UndecodableBody {
        StoryEvent story = story(value.isEmpty() ? "{'Story':{'StoryId':5}}" : """
                {'Action':VALUE,'Meta':VALUE,'Sender':VALUE,'Project':VALUE,'Story':{'StoryId':5,'CreationDate':VALUE,
                'HasSubStories':VALUE}}
                """.replace("VALUE", value));

        assertThat(story.createdAt()).isEmpty();
        assertThat(story.updatedAt()).isEmpty();
        assertThat(story.appId()).isEmpty();
        assertThat(story.sender().flatMap(Sender::fullName)).isEmpty();
        assertThat(story.project().flatMap(Project::company)).isEmpty();
        assertThat(story.creationDate()).isEmpty();
        assertThat(story.hasSubStories()).isEmpty();
        assertThat(story.action()).isEqualTo(value.equals("'x'") ? "x" : "unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "7", "true"})
    void aTextOfAnotherTypeIsEmpty(String value) throws UndecodableBody {
        StoryEvent story = story("""
                {'Story':{'StoryId':5,'Name':VALUE,'Description':VALUE,'Status':VALUE,'StoryType':VALUE,'ParentType':VALUE}}
                """.replace("VALUE", value));

        assertThat(story.name()).isEmpty();
        assertThat(story.description()).isEmpty();
        assertThat(story.status()).isEmpty();
        assertThat(story.storyType()).isEmpty();
        assertThat(story.parentType()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Created, created", "' UPDATED ', updated", "archived, archived", "'', unknown", "' ', unknown"})
    void anyActionIsPassedOnInLowerCase(String action, String expected) throws UndecodableBody {
        assertThat(decode("{'Action':'%s'}".formatted(action)).action()).isEqualTo(expected);
    }

    @Test
    void unknownFieldsAndValuesArePassedOn() throws UndecodableBody {
        StoryEvent story =
                story("{'Story':{'StoryId':5,'Status':'Frozen','StoryType':'Riddle','Points':8},'Extra':null}");

        assertThat(story.status()).contains("Frozen");
        assertThat(story.storyType()).contains("Riddle");
        assertThat(story.json().getJsonObject("Story").getInt("Points")).isEqualTo(8);
        assertThat(story.json()).containsEntry("Extra", JsonValue.NULL);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T09:41:07.884+01:00, 2026-03-02T08:41:07.884Z",
        "2026-03-02T09:41Z, 2026-03-02T09:41:00Z",
        "2026-03-02T09:41:07.123456789Z, 2026-03-02T09:41:07.123456789Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void anInstantMayHaveAnyPrecisionAndOffset(String text, Instant expected) throws UndecodableBody {
        assertThat(updatedAt(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-03-02",
                "2026-03-02T09:41:07",
                "2026-02-30T00:00:00Z",
                "1772445600",
                "0000-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-18:00",
                "-999999999-01-01T00:00:00+18:00",
                "+999999999-12-31T23:59:59-18:00"
            })
    void anInstantThatIsNoneOrBeyondEveryCalendarIsEmpty(String text) throws UndecodableBody {
        assertThat(updatedAt(text)).isEmpty();
    }

    @Test
    void textComesWithoutTheCharacterThatDatabasesRefuse() throws UndecodableBody {
        assertThat(story("{'Story':{'StoryId':5,'Name':'a\\u0000b'}}").name()).contains("a\uFFFDb");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws UndecodableBody {
        assertThat(decode("\uFEFF{'Action':'created'}").action()).isEqualTo("created");
    }

    private static Payload fromWire(String name) throws UndecodableBody {
        return Payload.decode(WireFiles.bytes("bodies/" + name + ".json"), Optional.empty());
    }

    private static Optional<Instant> updatedAt(String text) throws UndecodableBody {
        return decode("{'Meta':{'UpdatedAt':'%s'}}".formatted(text)).updatedAt();
    }

    private static StoryEvent story(String body) throws UndecodableBody {
        return (StoryEvent) decode(body).toEvent(PROVENANCE);
    }

    /** Decodes JSON that is written with apostrophes for quotation marks. */
    private static Payload decode(String body) throws UndecodableBody {
        return Payload.decode(body.replace('\'', '"').getBytes(UTF_8), Optional.empty());
    }
}
