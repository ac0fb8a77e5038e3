package org.mxhooks.companion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.mxhooks.event.StoryEvent;

/** An observer that cannot be a consumer. */
@ApplicationScoped
public class Refused {
    void on(@ObservesAsync StoryEvent story) {}
}
