package org.mxhooks.companion;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TryLater;

/** Wants a story that is named for it later, until it is mended. */
@Stateless
public class TryingLater {
    @Consumer("tries-later")
    public void on(@Observes StoryEvent story) {
        if (Failing.at(story, "tries-later")) {
            throw new TryLater(Duration.ofSeconds(1));
        }
    }
}
