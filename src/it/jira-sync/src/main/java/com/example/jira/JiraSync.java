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
 * Has an issue for each story, with the story's latest name and description. Jira may be told something twice, when a
 * node dies before its commit; so what we do not know is looked for by its label before it is created. Jira's index
 * needs seconds to know a new label: only a repeat within those would make a second issue.
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
            issue.told(story);
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
        issue.told(story);
        return issue;
    }

    private static JsonObject fields(StoryEvent story) {
        return Json.createObjectBuilder()
                .add("summary", story.name().orElse("Story " + story.storyId()))
                .add("description", document(story.description().orElse("")))
                .build();
    }

    /** Atlassian's document format, of one paragraph; it refuses an empty text. */
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
