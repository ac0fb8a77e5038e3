package org.mxhooks.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A commit of a push. Each field is empty if the portal omits it.
 *
 * @param id of the commit in its repository
 * @param message the whole text
 * @param authorName name of the author: personal data
 * @param authorEmail e-mail address of the author: personal data
 * @param authorDate when it was written, by the author's clock
 * @param mendixVersion version of Studio Pro that wrote the model
 * @param relatedStories ids of the stories that the author named, as the portal sends them; a story that is no number
 *     does not name a {@link StoryEvent#storyId()}
 */
public record Commit(
        Optional<String> id,
        Optional<String> message,
        Optional<String> authorName,
        Optional<String> authorEmail,
        Optional<Instant> authorDate,
        Optional<String> mendixVersion,
        List<String> relatedStories) {

    public Commit {
        relatedStories = List.copyOf(relatedStories);
    }
}
