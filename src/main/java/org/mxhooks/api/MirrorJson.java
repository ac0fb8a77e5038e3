package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.addObject;
import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.JsonObjectBuilder;
import org.mxhooks.mirror.SprintSnapshot;
import org.mxhooks.mirror.StorySnapshot;
import org.mxhooks.mirror.VersionDetails;

/** The versions of stories and sprints as JSON. */
final class MirrorJson {

    private MirrorJson() {}

    static JsonObjectBuilder of(StorySnapshot story) {
        JsonObjectBuilder json = object().add("storyId", story.storyId());
        add(json, "name", story.name());
        add(json, "description", story.description());
        add(json, "status", story.status());
        add(json, "storyType", story.storyType());
        story.hasSubStories().ifPresent(has -> json.add("hasSubStories", has));
        story.parentId().ifPresent(parent -> json.add("parentId", parent));
        add(json, "parentType", story.parentType());
        add(json, "creationDate", story.creationDate());
        return withVersion(json, story.version());
    }

    static JsonObjectBuilder of(SprintSnapshot sprint) {
        JsonObjectBuilder json = object().add("sprintId", sprint.sprintId());
        add(json, "name", sprint.name());
        add(json, "description", sprint.description());
        add(json, "status", sprint.status());
        add(json, "startDate", sprint.startDate());
        add(json, "endDate", sprint.endDate());
        add(json, "creationDate", sprint.creationDate());
        return withVersion(json, sprint.version());
    }

    private static JsonObjectBuilder withVersion(JsonObjectBuilder json, VersionDetails version) {
        json.add("appId", version.appId());
        add(json, "createdAt", version.createdAt());
        add(json, "updatedAt", version.updatedAt());
        JsonObjectBuilder sender = object();
        add(sender, "name", version.senderName());
        add(sender, "fullName", version.senderFullName());
        add(sender, "emailAddress", version.senderEmailAddress());
        addObject(json, "sender", sender);
        JsonObjectBuilder project = object();
        add(project, "name", version.projectName());
        addObject(json, "project", project);
        json.add("delivery", version.delivery());
        if (!version.cut().isEmpty()) {
            json.add("cut", array(version.cut()));
        }
        return json;
    }
}
