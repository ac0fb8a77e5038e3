package com.example.jira;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.mxhooks.event.StoryEvent;

/** The issue of a story, and the time of the last state that was sent to Jira. */
@Entity
@Table(name = "jira_issue")
public class Issue {

    @EmbeddedId
    private Key story;

    @Column(name = "issue_key")
    private String key;

    /** In ISO 8601: EclipseLink has no column type for an Instant. */
    @Column(name = "updated_at")
    private String updatedAt;

    protected Issue() {}

    Issue(Key story, String key) {
        this.story = story;
        this.key = key;
    }

    String key() {
        return key;
    }

    /** Whether a state is newer than the last one that was sent to Jira. */
    boolean isOlderThan(StoryEvent story) {
        return updatedAt == null || story.updatedAt().orElse(Instant.MAX).isAfter(Instant.parse(updatedAt));
    }

    void sent(StoryEvent story) {
        story.updatedAt().ifPresent(time -> updatedAt = time.toString());
    }

    /** A story's number is unique within its app. */
    @Embeddable
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        @Column(name = "app_id")
        private String appId;

        @Column(name = "story_id")
        private long storyId;

        protected Key() {}

        Key(StoryEvent story) {
            appId = story.appId().orElse("");
            storyId = story.storyId();
        }

        /** The label by which the issue is found in Jira; a label must not contain spaces. */
        String label() {
            return "mendix-story-" + storyId + "-" + appId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && storyId == key.storyId && appId.equals(key.appId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(appId, storyId);
        }
    }
}
