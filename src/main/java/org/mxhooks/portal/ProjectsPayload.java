package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObjectBuilder;
import java.time.Instant;

/**
 * The bodies of projects webhooks. Source: the published example of a story; that of a sprint was never published, and
 * follows what mxhooks knows of it.
 */
final class ProjectsPayload {

    static final String CREATED = "created";
    static final String UPDATED = "updated";

    private ProjectsPayload() {}

    static byte[] of(PortalApp app, Person sender, String action, BoardStory story) {
        JsonObjectBuilder json = object().add("StoryId", story.id());
        story.parent()
                .ifPresentOrElse(
                        parent -> parent(json, parent, "Story"),
                        () -> story.sprint().ifPresent(sprint -> parent(json, sprint, "Sprint")));
        json.add("Name", story.name());
        story.description().ifPresent(text -> json.add("Description", text));
        json.add("Status", story.status())
                .add("StoryType", story.storyType())
                .add("HasSubStories", story.hasSubStories())
                .add("CreationDate", PortalJson.time(story.createdAt()));
        return body(app, sender, action, "Story", json, story.createdAt(), story.updatedAt());
    }

    static byte[] of(PortalApp app, Person sender, String action, BoardSprint sprint) {
        JsonObjectBuilder json =
                object().add("SprintId", sprint.id()).add("Name", sprint.name()).add("Status", sprint.status());
        sprint.startDate().ifPresent(date -> json.add("StartDate", PortalJson.time(date)));
        sprint.endDate().ifPresent(date -> json.add("EndDate", PortalJson.time(date)));
        json.add("CreationDate", PortalJson.time(sprint.createdAt()));
        return body(app, sender, action, "Sprint", json, sprint.createdAt(), sprint.updatedAt());
    }

    private static void parent(JsonObjectBuilder json, long id, String type) {
        json.add("ParentId", id).add("ParentType", type);
    }

    private static byte[] body(
            PortalApp app,
            Person sender,
            String action,
            String type,
            JsonObjectBuilder resource,
            Instant createdAt,
            Instant updatedAt) {
        return object().add("Action", action)
                .add(
                        "Meta",
                        object().add("CreatedAt", PortalJson.time(createdAt))
                                .add("UpdatedAt", PortalJson.time(updatedAt)))
                .add(type, resource)
                .add("Sender", person(sender))
                .add("Project", project(app))
                .build()
                .toString()
                .getBytes(UTF_8);
    }

    private static JsonObjectBuilder person(Person person) {
        return object().add("Name", person.mail())
                .add("Avatar", Person.avatar(person.mail()))
                .add("EmailAddress", person.mail())
                .add("FullName", person.fullName())
                .add("OpenId", person.openId())
                .add("Company", company());
    }

    private static JsonObjectBuilder project(PortalApp app) {
        return object().add("Name", app.name())
                .add("AppId", app.id())
                .add("Avatar", Person.avatar(app.id()))
                .add("Company", company());
    }

    private static JsonObjectBuilder company() {
        return object().add("AccountId", Person.companyId()).add("DisplayName", Person.companyName());
    }

    private static JsonObjectBuilder object() {
        return PortalJson.BUILDERS.createObjectBuilder();
    }
}
