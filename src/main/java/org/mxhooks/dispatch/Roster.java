package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * The consumers of this node, as their sources have them: adds what is new, drains what is gone and then releases its
 * lanes. Called by the dispatch loop alone, but for {@link #running}.
 */
final class Roster {

    private static final System.Logger LOG = System.getLogger(Roster.class.getName());

    private final List<ConsumerSource> sources = new ArrayList<>();
    private final Function<EventConsumer, ConsumerCoordinator> coordinators;
    private final Map<String, ConsumerCoordinator> running = new ConcurrentHashMap<>();
    private int turn;
    private final Set<String> unregistered = new HashSet<>();
    private final Map<String, ConsumerCoordinator> draining = new ConcurrentSkipListMap<>();

    /** What each source had when it answered the last time. */
    private final Map<ConsumerSource, Collection<? extends EventConsumer>> answers = new IdentityHashMap<>();

    private final Set<ConsumerSource> failing = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param coordinators makes one for a consumer */
    Roster(Iterable<? extends ConsumerSource> sources, Function<EventConsumer, ConsumerCoordinator> coordinators) {
        sources.forEach(this.sources::add);
        this.coordinators = coordinators;
    }

    /** Those that are notified. */
    Collection<ConsumerCoordinator> running() {
        return running.values();
    }

    /** As above; each time another one is the first, so that what is scarce is not always the same one's. */
    List<ConsumerCoordinator> runningInTurn() {
        List<ConsumerCoordinator> inTurn = new ArrayList<>(running.values());
        Collections.rotate(inTurn, turn++);
        return inTurn;
    }

    /** Those that are notified, and those whose last notifications end. */
    List<ConsumerCoordinator> all() {
        List<ConsumerCoordinator> all = new ArrayList<>(running.values());
        all.addAll(draining.values());
        return all;
    }

    /** The names of those that are notified, in their order. */
    List<String> names() {
        return running.keySet().stream().sorted().toList();
    }

    /** Follows the sources; where one fails, its consumers stay as they are. */
    void refresh() throws Exception {
        try {
            Map<String, EventConsumer> wanted = wanted();
            drainAllBut(wanted);
            add(wanted);
        } finally {
            leaveDrained();
        }
    }

    private Map<String, EventConsumer> wanted() {
        Map<String, EventConsumer> wanted = new TreeMap<>();
        for (ConsumerSource source : sources) {
            ask(source);
            answers.getOrDefault(source, List.of()).forEach(consumer -> wanted.putIfAbsent(consumer.name(), consumer));
        }
        return wanted;
    }

    private void ask(ConsumerSource source) {
        try {
            answers.put(source, List.copyOf(source.consumers()));
            failing.remove(source);
        } catch (Exception e) {
            if (failing.add(source)) {
                LOG.log(
                        WARNING,
                        "Source of consumers failed; its consumers stay as they are, retrying every few seconds: {0}",
                        e.toString());
            }
        }
    }

    private void drainAllBut(Map<String, EventConsumer> wanted) {
        for (ConsumerCoordinator coordinator : List.copyOf(running.values())) {
            EventConsumer consumer = coordinator.consumer();
            if (!consumer.equals(wanted.get(consumer.name()))) {
                coordinator.stop();
                running.remove(consumer.name());
                draining.put(consumer.name(), coordinator);
            }
        }
    }

    /** A consumer that cannot be registered delays no other; where none can, the cause is not one consumer's. */
    private void add(Map<String, EventConsumer> wanted) throws Exception {
        List<String> added = new ArrayList<>();
        Map<String, Exception> failures = new TreeMap<>();
        for (EventConsumer consumer : wanted.values()) {
            if (!running.containsKey(consumer.name()) && !draining.containsKey(consumer.name())) {
                try {
                    ConsumerCoordinator coordinator = coordinators.apply(consumer);
                    coordinator.register();
                    running.put(consumer.name(), coordinator);
                    added.add("%s (%s)".formatted(consumer.name(), consumer.kind()));
                } catch (Exception e) {
                    failures.put(consumer.name(), e);
                }
            }
        }
        if (running.isEmpty() && !failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
        failures.forEach(this::logUnregistered);
        unregistered.retainAll(failures.keySet());
        if (!added.isEmpty()) {
            LOG.log(INFO, "Consumers added on this node: {0}", String.join(", ", added));
        }
    }

    private void logUnregistered(String consumer, Exception cause) {
        if (unregistered.add(consumer)) {
            LOG.log(
                    WARNING,
                    "Consumer {0} could not be registered and is not notified; retrying every few seconds: {1}",
                    consumer,
                    cause.toString());
        }
    }

    private void leaveDrained() throws SQLException {
        for (ConsumerCoordinator coordinator : List.copyOf(draining.values())) {
            if (coordinator.isDrained()) {
                String name = coordinator.consumer().name();
                coordinator.leave();
                draining.remove(name);
                LOG.log(INFO, "Consumer {0} removed from this node; its lanes are released", name);
            }
        }
    }
}
