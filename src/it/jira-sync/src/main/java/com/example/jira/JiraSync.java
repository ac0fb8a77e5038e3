package com.example.jira;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/**
 * Keeps one Jira issue for each story, with the story's latest name and description. A call to Jira may be repeated if
 * a node dies before its commit; therefore an unknown issue is searched by its label before it is created. Jira indexes
 * a new label within seconds: only a repetition within that time would create a second issue.
 */
@ApplicationScoped
public class JiraSync {

    @Inject
    Issues issues;

    @Inject
    Jira jira;

    @Inject
    @ConfigProperty(name = "jira.project")
    String project;

    @Consumer("jira-sync")
    void sync(@Observes StoryEvent story) {
        Issue.Key id = new Issue.Key(story);
        Issue issue = issues.of(id)
                .or(() -> jira.find(id.label()).map(key -> issues.add(id, key)))
                .orElseGet(() -> create(id, story));
        if (issue.isOlderThan(story)) {
            jira.update(issue.key(), fields(story));
            issue.sent(story);
        }
    }

    private Issue create(Issue.Key id, StoryEvent story) {
        String type = story.storyType().filter("Bug"::equals).orElse("Story");
        Issue issue = issues.add(
                id,
                jira.create(Json.createObjectBuilder(fields(story))
                        .add("project", Json.createObjectBuilder().add("key", project))
                        .add("issuetype", Json.createObjectBuilder().add("name", type))
                        .add("labels", Json.createArrayBuilder().add(id.label()))
                        .build()));
        issue.sent(story);
        return issue;
    }

    private static JsonObject fields(StoryEvent story) {
        return Json.createObjectBuilder()
                .add("summary", story.name().orElse("Story " + story.storyId()))
                .add("description", document(story.description().orElse("")))
                .build();
    }

    /** One paragraph in the Atlassian document format, which does not allow an empty text. */
    private static JsonObject document(String text) {
        JsonArray content = text.isEmpty()
                ? JsonArray.EMPTY_JSON_ARRAY
                : Json.createArrayBuilder()
                        .add(Json.createObjectBuilder().add("type", "text").add("text", text))
                        .build();
        return Json.createObjectBuilder()
                .add("type", "doc")
                .add("version", 1)
                .add(
                        "content",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("type", "paragraph")
                                        .add("content", content)))
                .build();
    }
}
