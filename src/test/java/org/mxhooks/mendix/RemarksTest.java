package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;

class RemarksTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-03T12:00:00Z");
    private static final String TIME = "'Meta':{'UpdatedAt':'2026-03-03T09:41:07Z'}";
    private static final String APP = "'Project':{'AppId':'an app'}";
    private static final String STORY = "'Story':{'StoryId':5}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "story-created",
                "story-updated",
                "sprint-created",
                "sprint-updated",
                "sprint-updated-portal-type"
            })
    void thereAreNoneAboutWhatThePortalSends(String name) throws UndecodableBody {
        byte[] body = WireFiles.bytes("bodies/" + name + ".json");

        assertThat(DecodedBody.decode("projects", body).remarks(body, RECEIVED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'Action':7            | Action '7' is not a text
                    'Action':' '          | Action ' ' is blank
                    'Action':{}           | Action (an object) is not a text
                    'Sender':'me'         | Sender 'me' is not an object
                    'Sender':{'Name':7}   | Sender.Name '7' is not a text
                    'Sender':{'Company':[]} | Sender.Company (a list) is not an object
                    'Sender':{'Company':{'AccountId':7}} | Sender.Company.AccountId '7' is not a text
                    'Resource':7          | Resource '7' is not an object
                    'Action':'a','ACTION':'b' | Action is given more than once, as Action, ACTION; Action is read
                    'action':'a','ACTION':'b' | Action is given more than once, as action, ACTION; action is read
                    'Action':'a','Action':'b' | an object of the body has a name twice, the last value is read
                    'x':[{'y':[{'a':1,'b':2,'a':3}]}] | an object of the body has a name twice, the last value is read
                    'x':{'ab':1,'\\u0061b':1} | an object of the body has a name twice, the last value is read
                    'x':'a:b','y':'\\\\','z':{':':'\\':','\\\\':['\\'']} |
                    """)
    void aFieldThatIsUnusableIsRemarked(String field, String remark) throws UndecodableBody {
        assertThat(remarks("{%s,%s,%s,%s}".formatted(field, TIME, APP, STORY))).isEqualTo(remark == null ? "" : remark);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'ParentId':'x'          | Story.ParentId 'x' is not a whole number
                    'ParentSprintID':1.5    | Story.ParentSprintId '1.5' is not a whole number of 64 bits
                    'ParentId':1,'ParentSprintID':2 | Story.ParentSprintId is not read, as there is a ParentId
                    'Name':7                | Story.Name '7' is not a text
                    'Description':[]        | Story.Description (a list) is not a text
                    'HasSubStories':'yes'   | Story.HasSubStories 'yes' is not true or false
                    'CreationDate':'soon'   | Story.CreationDate 'soon' is not a time
                    'CreationDate':'2026-03-03' | Story.CreationDate '2026-03-03' has no offset, taken as UTC
                    'storyid':6             | Story.StoryId is given more than once, as StoryId, storyid; StoryId is read
                    'Status':'a','status':'a' |
                    'Unknown':[7]           |
                    """)
    void aStorysFieldThatIsUnusableIsRemarked(String field, String remark) throws UndecodableBody {
        assertThat(remarks("{%s,%s,'Story':{'StoryId':5,%s}}".formatted(TIME, APP, field)))
                .isEqualTo(remark == null ? "" : remark);
    }

    @Test
    void aLabelThatTheMirrorCutsIsRemarked() throws UndecodableBody {
        assertThat(remarks("{%s,%s,'Sprint':{'SprintId':5,'Status':'%s'}}".formatted(TIME, APP, "x".repeat(201))))
                .startsWith("Sprint.Status 'xxx")
                .endsWith("' has more than 200 characters, the mirror keeps so many");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'Meta':[]               | Meta (a list) is not an object
                    'Meta':{'UpdatedAt':'soon'} | Meta.UpdatedAt 'soon' is not a time
                    'Meta':{'UpdatedAt':7}  | Meta.UpdatedAt '7' is not a time since the epoch
                    'Meta':{'UpdatedAt':'2099-01-01T00:00:00Z'} | Meta.UpdatedAt 2099-01-01T00:00:00Z is more than a day ahead of the arrival, so it is not used
                    'Meta':{'UpdatedAt':'2026-03-04T12:00:00.001Z'} | Meta.UpdatedAt 2026-03-04T12:00:00.001Z is more than a day ahead of the arrival, so it is not used
                    """)
    void aStateWithoutUsableTimeIsRemarkedWithWhatFollows(String meta, String remark) throws UndecodableBody {
        assertThat(remarks("{%s,%s,%s}".formatted(meta, APP, STORY)))
                .isEqualTo(
                        remark
                                + "\nmirrored as older than every state that has a time: the body has no usable Meta.UpdatedAt");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                            | not mirrored: the body has no story or sprint
                    {'Resource':{}}               | not mirrored: the body has no story or sprint
                    {'Story':{'StoryId':5}}       | not mirrored: the body has no usable Project.AppId
                    {'Story':{'StoryId':5},'Project':{'AppId':null}} | not mirrored: the body has no usable Project.AppId
                    {'Story':{}}                  | not mirrored: the body has no usable Story.StoryId
                    {'Resource':{'SprintID':'x'}} | Resource.SprintId 'x' is not a whole number;not mirrored: the body has no usable Resource.SprintId
                    {'Story':{'StoryId':'OD-42'}} | Story.StoryId 'OD-42' is not a whole number;not mirrored: the body has no usable Story.StoryId
                    {'Story':{'StoryId':'12345678901234567890'}} | Story.StoryId '12345678901234567890' is not a whole number of 64 bits;not mirrored: the body has no usable Story.StoryId
                    {'Story':[5]}                 | Story (a list) is not an object;not mirrored: the body has no usable Story.StoryId
                    {'Project':[],'Story':{'StoryId':5}} | Project (a list) is not an object;not mirrored: the body has no usable Project.AppId
                    {'Project':{'AppId':7},'Story':{'StoryId':5}} | Project.AppId '7' is not a text;not mirrored: the body has no usable Project.AppId
                    {'Project':{'AppId':''},'Sprint':{'SprintId':5}} | Project.AppId '' is blank;not mirrored: the body has no usable Project.AppId
                    """)
    void whatTheMirrorCannotPlaceIsRemarkedWithTheReason(String body, String remarks) throws UndecodableBody {
        assertThat(remarks(body)).isEqualTo(remarks.replace(';', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'Story':{'StoryId':5},'Sprint':{'SprintId':6} | the body has a story under Story and a sprint under Sprint; the story under Story is read
                    'Story':{'StoryId':'x'},'Sprint':{'SprintId':6} | the body has a story under Story and a sprint under Sprint; the sprint under Sprint is read
                    'Sprint':{'SprintId':6},'Resource':{'StoryId':5} | the body has a sprint under Sprint and a story under Resource; the sprint under Sprint is read
                    'Resource':{'StoryId':5,'SprintId':6} | the body has a story under Resource and a sprint under Resource; the story under Resource is read
                    """)
    void ofSeveralResourcesTheOneThatIsReadIsNamed(String resources, String remark) throws UndecodableBody {
        assertThat(remarks("{%s,%s,%s}".formatted(TIME, APP, resources))).isEqualTo(remark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Story':{'StoryId':5},'Project':{'AppId':'an app'}}",
                "{'Story':{'StoryId':5},'Project':{'AppId':'a/b'}}",
                "{'Story':{'StoryId':5}}",
                "{'Sprint':{'SprintId':'x'},'Project':{'AppId':'an app'}}",
                "{'Resource':{'SprintId':5},'Project':{'AppId':'an app'}}",
                "{}"
            })
    void theMirrorTakesWhatIsNotRemarkedAsMissed(String body) throws UndecodableBody {
        DecodedBody payload = DecodedBody.decode("projects", bytes(body));
        var event =
                payload.toEvent(new Provenance(new UUID(0, 1), Optional.empty(), "default", 1, RECEIVED, false, "{}"));

        boolean mirrored = (event instanceof StoryEvent || event instanceof SprintEvent)
                && event.appId().isPresent();
        assertThat(payload.remarks(bytes(body), RECEIVED))
                .filteredOn(remark -> remark.startsWith("not mirrored"))
                .hasSize(mirrored ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'1e99999999999'",
                "'-1E-99999999999'",
                "'1e-999999999'",
                "1e999999999",
                "-1e-999999999",
                "'٤٢'",
                "'0x10'",
                "'+'",
                "'99999999999999999999999999999999999999999999999999999999999999'",
                "'+999999999-12-31T23:59:59Z'",
                "'2026-03-03T09:41:07+99:99'",
                "'\\ud800'",
                "'\\u0000'",
                "''",
                "[[[]]]",
                "{'Name':[]}",
                "true",
                "null"
            })
    void noValueOfAnyFieldStopsTheDecoding(String value) throws UndecodableBody {
        for (Field<?> field : everyField()) {
            String one = "'%s':%s".formatted(field.name(), value);
            DecodedBody payload = DecodedBody.decode(
                    "projects",
                    bytes(
                            "{'Story':{'StoryId':5,%1$s},'Sprint':{%1$s},'Meta':{%1$s},'Sender':{%1$s},'Project':{%1$s},%1$s}"
                                    .formatted(one)));

            assertThat(payload.remarks(bytes("{}"), RECEIVED)).isNotNull();
            assertThat(payload.attributes(Optional.empty(), List.of(), bytes("{}"), RECEIVED)
                            .updatedAt())
                    .isNotNull();
        }
    }

    private static List<Field<?>> everyField() {
        return Stream.of(
                        ProjectsFields.IN_BODY,
                        ProjectsFields.IN_META,
                        ProjectsFields.IN_SENDER,
                        ProjectsFields.IN_PROJECT,
                        ProjectsFields.IN_COMPANY,
                        ProjectsFields.IN_STORY,
                        ProjectsFields.IN_SPRINT)
                .<Field<?>>flatMap(List::stream)
                .toList();
    }

    @Test
    void remarksStayShortAndOnOneLine() throws UndecodableBody {
        String remark =
                remarks("{%s,%s,'Story':{'StoryId':'\\u001b[31m\\n%s'}}".formatted(TIME, APP, "x".repeat(1_000_000)));

        assertThat(remark).doesNotContain("\u001b").hasSizeLessThan(300);
        assertThat(remark.lines()).hasSize(2);
    }

    private static String remarks(String body) throws UndecodableBody {
        return String.join("\n", DecodedBody.decode("projects", bytes(body)).remarks(bytes(body), RECEIVED));
    }

    /** JSON that is written with apostrophes for quotation marks. */
    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(UTF_8);
    }
}
