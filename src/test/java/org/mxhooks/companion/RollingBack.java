package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** Has the transaction rolled back without throwing anything, until it is mended. */
@Stateless
public class RollingBack {
    @Resource
    SessionContext session;

    @Consumer("rolls-back")
    public void on(@Observes StoryEvent story) {
        if (Failing.at(story, "rolls-back")) {
            session.setRollbackOnly();
        }
    }
}
