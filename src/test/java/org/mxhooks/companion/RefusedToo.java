package org.mxhooks.companion;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import org.mxhooks.event.StoryEvent;

/** An observer that CDI itself would refuse, with nothing about the others. */
@Stateless
public class RefusedToo {
    void on(@Observes StoryEvent story) {}
}
