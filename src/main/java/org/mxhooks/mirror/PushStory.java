package org.mxhooks.mirror;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.event.Commit;
import org.mxhooks.event.TeamServerPushEvent;

/** A story that commits of a push are related to, by the text that the portal sends: a push is found by it. */
@Entity
@Table(schema = "mxhooks", name = "push_story")
public class PushStory {

    /** A push that names more is found by these. */
    static final int MAX_STORIES = 1_000;

    @EmbeddedId
    private PushStoryKey key;

    @Column(name = "app_id")
    private String appId;

    @Column(name = "received_at")
    private OffsetDateTime receivedAt;

    protected PushStory() {}

    private PushStory(String appId, TeamServerPushEvent push, String story) {
        this.key = new PushStoryKey(push.delivery().toString(), story);
        this.appId = appId;
        this.receivedAt = Columns.utc(push.receivedAt());
    }

    static Stream<PushStory> of(String appId, TeamServerPushEvent push) {
        return push.commits().stream()
                .map(Commit::relatedStories)
                .flatMap(stories -> stories.stream().map(story -> Columns.label(Optional.of(story))))
                .distinct()
                .limit(MAX_STORIES)
                .map(story -> new PushStory(appId, push, story));
    }
}
