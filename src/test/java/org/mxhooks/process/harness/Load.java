package org.mxhooks.process.harness;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Portal;

/** Several senders at once, each delivery about a story of its own, until the server falls silent. */
public final class Load {

    public record Acknowledged(long story, Body body, String delivery) {
        @Override
        public String toString() {
            return "story %s, delivery %s".formatted(story, delivery);
        }
    }

    private static final int SENDERS = 8;
    private static final Body STORY = Body.of("story-updated.json");

    private final Portal portal;
    private final AtomicLong stories;
    private final CountDownLatch enough;
    private volatile Object refusal;
    private final Collection<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final List<Thread> senders =
            Stream.generate(() -> new Thread(this::send)).limit(SENDERS).toList();

    /** @param stories the next story's id, to be counted on */
    public Load(Portal portal, AtomicLong stories, int enough) {
        this.portal = portal;
        this.stories = stories;
        this.enough = new CountDownLatch(enough);
        senders.forEach(Thread::start);
    }

    /** Returns while the senders go on. */
    public void awaitEnough(Duration atMost) throws InterruptedException {
        if (!enough.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("only %s deliveries were acknowledged in %s; what came last else: %s"
                    .formatted(acknowledged.size(), atMost, refusal));
        }
    }

    /** Every delivery that was answered 2xx, once the server is silent. */
    public Collection<Acknowledged> acknowledged() throws InterruptedException {
        for (Thread sender : senders) {
            sender.join();
        }
        return acknowledged;
    }

    private void send() {
        try {
            while (true) {
                long story = stories.getAndIncrement();
                Body body = STORY.story(story).named("Story " + story);
                Answer answer = portal.sends(body);
                if (answer.isAcknowledged()) {
                    acknowledged.add(new Acknowledged(story, body, answer.delivery()));
                    enough.countDown();
                } else {
                    refusal = answer;
                }
            }
        } catch (UncheckedIOException silent) {
            refusal = silent;
        }
    }
}
