package org.mxhooks.dispatch;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.NotTaken;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.Taken;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.Attributes;

/** An asynchronous consumer whose far end is in this program. What it took is recorded as a row for each event. */
final class Callee implements AsyncConsumer {

    private static final RowTarget EFFECTS = new RowTarget(
            "effect",
            List.of(Map.entry("consumer", "varchar"), Map.entry("position", "bigint"), Map.entry("story", "bigint")));

    private final String name;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Collection<LogEntry> called = new ConcurrentLinkedQueue<>();
    private final Map<Long, CompletableFuture<CallOutcome>> underWay = new ConcurrentHashMap<>();
    private final Collection<String> overlaps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger most = new AtomicInteger();
    private volatile String held = "pending";

    Callee(String name) {
        this.name = name;
    }

    /** What the far end does with a delivery. */
    interface Behaviour {
        void on(LogEntry delivery) throws Exception;
    }

    /** Makes it do something on stories of this name, on a thread of its own, before it takes them. */
    Callee on(String storyName, Behaviour behaviour) {
        behaviours.put(storyName, behaviour);
        return this;
    }

    void mend() {
        behaviours.clear();
    }

    /** It does not take stories whose names begin so before {@link #takeAll}; otherwise those that are pending. */
    void hold(String storyName) {
        held = storyName;
    }

    /** What it was called about, in that order, whatever came of it. */
    List<Long> called() {
        return called.stream().map(LogEntry::position).toList();
    }

    /** The names of the stories that it was called about, in that order. */
    List<String> names() {
        return called.stream().map(Callee::nameOf).toList();
    }

    /** Calls that began before the one before it of their resource had ended. */
    Collection<String> overlaps() {
        return overlaps;
    }

    /** How many calls were under way at the same time. */
    int most() {
        return most.get();
    }

    int underWay() {
        return underWay.size();
    }

    /** The calls that have not ended, by their positions. */
    Map<Long, CompletableFuture<CallOutcome>> calls() {
        return underWay;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public From from() {
        return From.BEGINNING;
    }

    @Override
    public boolean wants(Attributes stored) {
        return stored.category().equals("stories");
    }

    @Override
    public Optional<Set<String>> categories() {
        return Optional.of(Set.of("stories"));
    }

    @Override
    public CompletableFuture<CallOutcome> call(LogEntry delivery) {
        called.add(delivery);
        CompletableFuture<CallOutcome> call = new CompletableFuture<>();
        String resource = delivery.attributes().orderingKey().orElseThrow();
        boolean overlaps = called.stream()
                .filter(other -> underWay.containsKey(other.position()))
                .anyMatch(other -> other.attributes().orderingKey().equals(Optional.of(resource)));
        if (overlaps) {
            this.overlaps.add(resource + " at " + delivery.position());
        }
        underWay.put(delivery.position(), call);
        most.accumulateAndGet(underWay.size(), Math::max);
        call.whenComplete((outcome, failure) -> underWay.remove(delivery.position(), call));
        String story = nameOf(delivery);
        if (!story.startsWith(held)) {
            CompletableFuture.runAsync(() -> end(delivery, call, outcome(delivery, story)));
        }
        return call;
    }

    /** The next call may begin before {@code complete} returns. */
    private void end(LogEntry delivery, CompletableFuture<CallOutcome> call, CallOutcome outcome) {
        underWay.remove(delivery.position(), call);
        call.complete(outcome);
    }

    private CallOutcome outcome(LogEntry delivery, String story) {
        try {
            behaviours.getOrDefault(story, nothing -> {}).on(delivery);
            return taken(delivery);
        } catch (Exception e) {
            return new NotTaken(() -> {
                throw e;
            });
        }
    }

    Taken taken(LogEntry delivery) {
        return new Taken(Optional.of(new StoredRow(
                EFFECTS,
                Arrays.asList(
                        name,
                        delivery.position(),
                        Long.valueOf(
                                delivery.attributes().resource().orElseThrow().id())))));
    }

    /** Takes what is under way. */
    void takeAll() {
        for (LogEntry delivery : called) {
            CompletableFuture<CallOutcome> call = underWay.get(delivery.position());
            if (call != null) {
                end(delivery, call, taken(delivery));
            }
        }
    }

    private static String nameOf(LogEntry delivery) {
        return ((StoryEvent) Notification.of(delivery, false).orElseThrow().event())
                .name()
                .orElseThrow();
    }
}
