package org.mxhooks.companion;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/**
 * CDI observers that fail at a story whose name begins with theirs, each in a way of its own, until it is mended. Those
 * of EJB are classes of their own, since WildFly refuses nested ones.
 */
public final class Failing {

    private Failing() {}

    /** Whether it is to fail now. */
    static boolean at(StoryEvent story, String consumer) {
        boolean meant = Notes.isFor(story, consumer);
        if (meant) {
            Notes.take(story, consumer, "replay " + story.replay());
        }
        return meant && !Notes.isMended(story);
    }

    @ApplicationScoped
    public static class Throwing {
        @Consumer("throws")
        void on(@Observes StoryEvent story) {
            if (at(story, "throws")) {
                throw new IllegalStateException("not mended");
            }
        }
    }

    @ApplicationScoped
    public static class Overflowing {
        @Consumer("overflows")
        void on(@Observes StoryEvent story) {
            if (at(story, "overflows")) {
                depth();
            }
        }

        private static int depth() {
            return depth() + 1;
        }
    }

    /** Waits for what does not come. */
    @ApplicationScoped
    public static class Hanging {
        private final CountDownLatch never = new CountDownLatch(1);

        @Consumer("hangs")
        void on(@Observes StoryEvent story) throws InterruptedException {
            if (at(story, "hangs")) {
                while (!Notes.isMended(story)) {
                    never.await(50, MILLISECONDS);
                }
            }
        }
    }
}
