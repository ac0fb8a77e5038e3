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

class DecodedBodyTest {

    private static final UUID DELIVERY = UUID.fromString("7d0f0e6c-6a3c-4c57-8f5e-3f5f6e1a2b3c");
    private static final Instant RECEIVED = Instant.parse("2026-03-02T09:41:08Z");
    private static final Provenance PROVENANCE =
            new Provenance(DELIVERY, Optional.of("a portal's id"), "default", 17, RECEIVED, true, "{}");

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
    void anEventNamesItsSenderAndProject() throws UndecodableBody {
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
    void anEventNamesItsOrigin() throws UndecodableBody {
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
                    {"Story":"5","Sprint":{"SprintId":5}}           | sprints | sprint
                    {"Story":{"StoryId":"x"},"Sprint":{"SprintID":5}} | sprints | sprint
                    {"Story":{},"Resource":{"StoryId":5}}           | stories | story
                    {"Story":{"StoryId":5},"Sprint":{"SprintId":6}} | stories | story
                    {"Story":{"StoryId":null,"storyid":5}}          | stories | story
                    {"Story":{"StoryId":5,"STORYID":6}}             | stories | story
                    """)
    void theResourceInTheBodyDeterminesTheCategory(String body, String category, String type) throws UndecodableBody {
        DecodedBody payload = DecodedBody.decode("projects", body.getBytes(UTF_8));

        assertThat(payload.toEvent(PROVENANCE).category()).isEqualTo(category);
        assertThat(payload.knownCategory()).contains(category);
        assertThat(payload.resource()).contains(new Resource(type, "5"));
        assertThat(payload.toEvent(PROVENANCE))
                .isInstanceOf(type.equals("story") ? StoryEvent.class : SprintEvent.class);
    }

    @Test
    void aResourceUnderTheLiteralKeyOffersItsFields() throws UndecodableBody {
        StoryEvent story = story("{'Resource':{'StoryId':5,'Name':'Pay later'}}");

        assertThat(story.name()).contains("Pay later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'Resource':{}}", "{'Resource':7}", "{'Story':null}", "{'Release':{'ReleaseId':5}}"})
    void theCategoryIsUnknownWhereTheBodyNamesNoResource(String body) throws UndecodableBody {
        DecodedBody payload = decode(body);

        assertThat(payload.toEvent(PROVENANCE).category()).isEqualTo("unknown");
        assertThat(payload.knownCategory()).isEmpty();
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
                "{'Story':{'StoryId':true}}",
                "{'Story':{'StoryId':'5 5'}}",
                "{'Story':{'StoryId':'0x5'}}",
                "{'Story':{'StoryId':'٥'}}",
                "{'Story':{'StoryId':'12345678901234567890'}}",
                "{'Story':{'StoryId':'1e999999999'}}",
                "{'Story':'5'}",
                "{'Story':[{'StoryId':5}]}"
            })
    void aStoryWithoutUsableIdIsAnUnknownEventAmongStories(String body) throws UndecodableBody {
        DecodedBody payload = decode(body);

        assertThat(payload.resource()).isEmpty();
        assertThat(payload.toEvent(PROVENANCE))
                .asInstanceOf(type(UnknownEvent.class))
                .returns("stories", WebhookEvent::category);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "5.0, 5",
        "5e2, 500",
        "1E+3, 1000",
        "-5, -5",
        "0, 0",
        "4711.000, 4711",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void anIdIsAWholeNumberAlsoInAString(String id, long expected) throws UndecodableBody {
        assertThat(story("{'Story':{'StoryId':%s}}".formatted(id)).storyId()).isEqualTo(expected);
        assertThat(story("{'Story':{'StoryId':'%s'}}".formatted(id)).storyId()).isEqualTo(expected);
        assertThat(story("{'Story':{'StoryId':' %s\\t'}}".formatted(id)).storyId())
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
        assertThat(decode("{'Action':'%s'}".formatted(action))
                        .toEvent(PROVENANCE)
                        .action())
                .isEqualTo(expected);
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
    @CsvSource({"2026-03-03T09:41:08.000Z, true", "2026-03-03T09:41:08.001Z, false", "2099-01-01T00:00:00Z, false"})
    void aTimeThatIsMoreThanADayAheadOfTheArrivalIsNotUsed(String time, boolean used) throws UndecodableBody {
        StoryEvent story =
                story("{'Meta':{'CreatedAt':'%s','UpdatedAt':'%1$s'},'Story':{'StoryId':5,'CreationDate':'%1$s'}}"
                        .formatted(time));

        assertThat(story.updatedAt().isPresent()).isEqualTo(used);
        assertThat(story.createdAt().isPresent()).isEqualTo(used);
        assertThat(story.creationDate()).contains(Instant.parse(time));
    }

    /** The portal's types for stories and sprints before these webhooks. */
    @Test
    void theOlderVocabularyIsRead() throws UndecodableBody {
        StoryEvent story = story("""
                {'STORY':{'StoryID':5,'ParentSprintID':88,'Status':'Started','HasTasks':true,'Points':3}}""");
        SprintEvent sprint =
                (SprintEvent) fromWire("sprint-updated-portal-type").toEvent(PROVENANCE);

        assertThat(story.parentId()).hasValue(88);
        assertThat(story.parentType()).contains("Sprint");
        assertThat(story.status()).contains("Started");
        assertThat(story.hasSubStories()).contains(true);
        assertThat(sprint.sprintId()).isEqualTo(88);
        assertThat(sprint.name()).contains("Sprint 12 – Ausgänge");
        assertThat(sprint.endDate()).contains(Instant.parse("2026-03-16T00:00:00Z"));
    }

    @Test
    void aParentOfTheNewerVocabularyComesFirst() throws UndecodableBody {
        StoryEvent story = story("{'Story':{'StoryId':5,'ParentSprintID':88,'parentid':7,'ParentType':'Epic'}}");

        assertThat(story.parentId()).hasValue(7);
        assertThat(story.parentType()).contains("Epic");
    }

    @ParameterizedTest
    @CsvSource({
        "6F1D0B6E-52A1-4C39-9D0A-2D6F5A1E9B77, 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77",
        "{6f1d0b6e-52A1-4c39-9d0a-2d6f5a1e9b77}, 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77",
        "' 6f1d0b6e52a14c399d0a2d6f5a1e9b77 ', 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77",
        "urn:uuid:6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77, 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77",
        "Bestell-App Ü 50%, Bestell-App Ü 50%",
        "6F1D, 6F1D"
    })
    void anAppIsIdentifiedByItsUuidHoweverThatIsWritten(String sent, String expected) throws UndecodableBody {
        StoryEvent story = story("{'Story':{'StoryId':5},'Project':{'AppId':'%s'}}".formatted(sent));

        assertThat(story.appId()).contains(expected);
        assertThat(story.project().flatMap(Project::appId)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "' '",
                "7",
                "{}",
                "'a/b'",
                "'a\\\\b'",
                "'a;b'",
                "'..'",
                "'a\\nb'",
                "'a\\u200bb'",
                "'\\u202ea'",
                "'a\\u2028b'"
            })
    void anAppIdThatNobodyCouldAskForIsNone(String sent) throws UndecodableBody {
        assertThat(decode("{'Project':{'AppId':%s}}".formatted(sent))
                        .toEvent(PROVENANCE)
                        .appId())
                .isEmpty();
    }

    @Test
    void anAppIdOfMoreThanAHundredCharactersIsNone() throws UndecodableBody {
        assertThat(decode("{'Project':{'AppId':'%s'}}".formatted("x".repeat(100)))
                        .toEvent(PROVENANCE)
                        .appId())
                .isPresent();
        assertThat(decode("{'Project':{'AppId':'%s'}}".formatted("x".repeat(101)))
                        .toEvent(PROVENANCE)
                        .appId())
                .isEmpty();
    }

    @Test
    void aLineOfALogStaysShortWhateverTheAction() throws UndecodableBody {
        assertThat(decode("{'Action':'%s'}".formatted("x".repeat(1_000_000)))
                        .toEvent(PROVENANCE)
                        .toString())
                .hasSizeLessThan(200);
    }

    @Test
    void textComesWithoutTheCharacterThatDatabasesRefuse() throws UndecodableBody {
        assertThat(story("{'Story':{'StoryId':5,'Name':'a\\u0000b\\ud800c'}}").name())
                .contains("a\uFFFDb\uFFFDc");
    }

    @Test
    void theSubstituteForWhatIsNotUtf8MayBeSent() throws UndecodableBody {
        assertThat(story("{'Story':{'StoryId':5,'Name':'a\uFFFDb'}}").name()).contains("a\uFFFDb");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws UndecodableBody {
        assertThat(decode("\uFEFF{'Action':'created'}").toEvent(PROVENANCE).action())
                .isEqualTo("created");
    }

    private static DecodedBody fromWire(String name) throws UndecodableBody {
        return DecodedBody.decode("projects", WireFiles.bytes("bodies/" + name + ".json"));
    }

    private static StoryEvent story(String body) throws UndecodableBody {
        return (StoryEvent) decode(body).toEvent(PROVENANCE);
    }

    /** Decodes JSON that is written with apostrophes for quotation marks. */
    private static DecodedBody decode(String body) throws UndecodableBody {
        return DecodedBody.decode("projects", body.replace('\'', '"').getBytes(UTF_8));
    }
}
