package org.mxhooks.companion;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.StoryEvent;

/** Gives up a story that is named for it, until it is mended. */
@Stateless
public class GivingUp {
    @Consumer("gives-up")
    public void on(@Observes StoryEvent story) {
        if (Failing.at(story, "gives-up")) {
            throw new GiveUp("not mended");
        }
    }
}
