package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * The fields of a projects webhook that mxhooks reads. Sources: the portal's page on these webhooks, and the types of
 * its former SOAP API.
 */
final class ProjectsFields {

    static final Field<String> ACTION = Field.name("Action");
    static final Field<JsonObject> META = Field.object("Meta");
    static final Field<JsonObject> STORY = Field.object("Story");
    static final Field<JsonObject> SPRINT = Field.object("Sprint");
    static final Field<JsonObject> RESOURCE = Field.object("Resource");
    static final Field<JsonObject> SENDER = Field.object("Sender");
    static final Field<JsonObject> PROJECT = Field.object("Project");
    static final Field<JsonObject> COMPANY = Field.object("Company");

    static final Field<Instant> CREATED_AT = Field.instant("CreatedAt");
    static final Field<Instant> UPDATED_AT = Field.instant("UpdatedAt");

    static final Field<String> APP_ID = Field.appId("AppId");
    static final Field<String> FULL_NAME = Field.text("FullName");
    static final Field<String> EMAIL_ADDRESS = Field.text("EmailAddress");
    static final Field<String> OPEN_ID = Field.text("OpenId");
    static final Field<String> AVATAR = Field.text("Avatar");
    static final Field<String> ACCOUNT_ID = Field.text("AccountId");
    static final Field<String> DISPLAY_NAME = Field.text("DisplayName");

    static final Field<String> NAME = Field.text("Name");
    static final Field<String> DESCRIPTION = Field.text("Description");
    static final Field<String> STATUS = Field.label("Status");
    static final Field<Instant> CREATION_DATE = Field.instant("CreationDate");

    static final Field<Long> STORY_ID = Field.number("StoryId");
    static final Field<Long> PARENT_ID = Field.number("ParentId");
    static final Field<Long> PARENT_SPRINT_ID = Field.number("ParentSprintId");
    static final Field<String> PARENT_TYPE = Field.text("ParentType");
    static final Field<String> STORY_TYPE = Field.label("StoryType");
    static final Field<Boolean> HAS_SUB_STORIES = Field.bool("HasSubStories", "HasTasks");

    static final Field<Long> SPRINT_ID = Field.number("SprintId");
    static final Field<Instant> START_DATE = Field.instant("StartDate");
    static final Field<Instant> END_DATE = Field.instant("EndDate");

    static final List<Field<?>> IN_BODY = List.of(ACTION, META, STORY, SPRINT, RESOURCE, SENDER, PROJECT);
    static final List<Field<?>> IN_META = List.of(CREATED_AT, UPDATED_AT);
    static final List<Field<?>> IN_SENDER = List.of(NAME, FULL_NAME, EMAIL_ADDRESS, OPEN_ID, AVATAR, COMPANY);
    static final List<Field<?>> IN_PROJECT = List.of(NAME, APP_ID, AVATAR, COMPANY);
    static final List<Field<?>> IN_COMPANY = List.of(ACCOUNT_ID, DISPLAY_NAME);
    static final List<Field<?>> IN_STORY = List.of(
            STORY_ID,
            PARENT_ID,
            PARENT_SPRINT_ID,
            PARENT_TYPE,
            NAME,
            DESCRIPTION,
            STATUS,
            STORY_TYPE,
            HAS_SUB_STORIES,
            CREATION_DATE);
    static final List<Field<?>> IN_SPRINT =
            List.of(SPRINT_ID, NAME, DESCRIPTION, STATUS, START_DATE, END_DATE, CREATION_DATE);

    private ProjectsFields() {}
}
