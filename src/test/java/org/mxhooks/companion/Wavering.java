package org.mxhooks.companion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.StoryEvent;

/** Fails at a story that is named for it, and gives it up at the third time, until it is mended. */
@ApplicationScoped
public class Wavering {
    @Consumer("wavers")
    void on(@Observes StoryEvent story) {
        if (Failing.at(story, "wavers")) {
            if (Notes.count(story, "wavers") < 3) {
                throw new IllegalStateException("not mended");
            }
            throw new GiveUp("still not mended");
        }
    }
}
