package org.mxhooks.companion;

import jakarta.ejb.Singleton;
import jakarta.enterprise.event.Observes;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** The singleton of EJB among them. */
@Singleton
public class OnlyOne extends Working.Observer {
    @Consumer("ejb-singleton")
    public void on(@Observes StoryEvent story) {
        note(story, "ejb-singleton");
    }
}
