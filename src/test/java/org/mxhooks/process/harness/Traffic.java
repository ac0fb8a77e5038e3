package org.mxhooks.process.harness;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Body;

/**
 * News of some fifty stories, to whichever node answers, until it is stopped. Each story has one sender, so of a
 * story's news the next is sent after the last was answered; the news are numbered.
 */
public final class Traffic {

    public record Acknowledged(long story, long number, String delivery) {}

    private static final int SENDERS = 8;
    private static final int STORIES_OF_A_SENDER = 6;
    /** What a sender waits after an answer: most of what a small machine can do beside one server. */
    public static final Duration FAST = Duration.ofMillis(40);

    /** What leaves such a machine room to start another server meanwhile. */
    public static final Duration STEADY = Duration.ofMillis(160);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Body STORY = Body.of("story-updated.json");

    /** Of all traffic of this JVM, so that no body is sent twice. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final RoundRobin nodes;
    private final Collection<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(SENDERS);
    private final List<? extends ScheduledFuture<?>> senders;

    public Traffic(RoundRobin nodes, Duration breath) {
        this.nodes = nodes;
        senders = IntStream.range(0, SENDERS)
                .mapToObj(each ->
                        clock.scheduleWithFixedDelay(new Sender(each), 0, breath.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
    }

    /** Returns after so many more were acknowledged, while the senders go on. */
    public void awaitMore(int more) {
        int enough = acknowledged.size() + more;
        await().atMost(SOON).until(() -> acknowledged.size() >= enough);
    }

    /** How many deliveries were acknowledged until now. */
    public int acknowledged() {
        return acknowledged.size();
    }

    /** How many deliveries were refused or not answered. */
    public long failed() {
        return refused.get() + unanswered.get();
    }

    /** Returns after another one was answered, but not acknowledged. */
    public void awaitRefusal() {
        long before = refused.get();
        await().atMost(SOON).until(() -> refused.get() > before);
    }

    /** Every delivery that was answered 2xx, once no sender waits for an answer any more. */
    public Collection<Acknowledged> stop() throws InterruptedException, ExecutionException {
        for (ScheduledFuture<?> sender : senders) {
            if (sender.isDone()) {
                sender.get(); // throws what made it end
            }
            sender.cancel(false);
        }
        clock.shutdown();
        await().atMost(SOON).until(clock::isTerminated);
        return acknowledged;
    }

    @Override
    public String toString() {
        return "acknowledged %s, refused %s, unanswered %s"
                .formatted(acknowledged.size(), refused.get(), unanswered.get());
    }

    private final class Sender implements Runnable {
        private final int firstStory;
        private int turn;

        Sender(int firstStory) {
            this.firstStory = firstStory;
        }

        @Override
        public void run() {
            long story = firstStory + (long) SENDERS * (turn++ % STORIES_OF_A_SENDER);
            long number = NUMBERS.incrementAndGet();
            RoundRobin.Target node = nodes.next();
            try {
                Answer answer = node.portal().sends(STORY.story(story).named(String.valueOf(number)));
                if (answer.isAcknowledged()) {
                    node.spoke();
                    acknowledged.add(new Acknowledged(story, number, answer.delivery()));
                } else if (answer.isProblem()) {
                    node.spoke();
                    refused.incrementAndGet();
                } else {
                    fellSilent(node); // a server, but the application is not there yet
                }
            } catch (UncheckedIOException silent) {
                fellSilent(node);
            }
        }

        private void fellSilent(RoundRobin.Target node) {
            unanswered.incrementAndGet();
            node.fellSilent();
        }
    }
}
