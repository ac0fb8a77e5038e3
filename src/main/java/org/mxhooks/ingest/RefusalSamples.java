package org.mxhooks.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mxhooks.web.Caller;

/**
 * Refused requests of this node that wait to be stored. Of each endpoint, reason and network one per second is taken,
 * no more than {@value #MAX_PER_KIND} of an endpoint and reason, and no more than {@value #MAX_PER_SECOND} in all, so
 * that one sender hides no other, many with the same reason hide no other reason, and a flood costs little; the others
 * are counted. Holds no more than {@value #MAX_WAITING} requests and {@value #MAX_KEYS} counts. Safe for use by many
 * threads.
 */
final class RefusalSamples {

    static final int MAX_PER_SECOND = 6;
    static final int MAX_PER_KIND = 2;
    static final int MAX_WAITING = 100;
    static final int MAX_KEYS = 256;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<Key, Count> counts = new LinkedHashMap<>(16, 0.75f, true);
    private List<RefusedSample> waiting = new ArrayList<>();
    private long second;
    private final Map<String, Integer> ofKind = new HashMap<>();
    private int inSecond;
    private boolean began;

    /** What requests have in common. */
    record Key(String endpoint, String reason, String network) {}

    /** A request that stands for others of its key. */
    record RefusedSample(Key key, Instant at, String address, long requests, RefusedContent content) {}

    private static final class Count {
        private long requests;
        private boolean sampled;
        private long sampledAt;
    }

    /**
     * @param clock for people
     * @param nanoTime as {@link System#nanoTime()}
     */
    RefusalSamples(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** @param content called only if the request is taken */
    void add(String endpoint, String reason, Caller sender, Supplier<RefusedContent> content) {
        Key key = new Key(endpoint, reason, sender.network().toString());
        count(key).ifPresent(requests -> {
            RefusedContent kept = content.get();
            keep(new RefusedSample(key, clock.instant(), sender.address().getHostAddress(), requests, kept));
        });
    }

    /** Returns how many requests this one stands for, if it is taken. */
    private synchronized OptionalLong count(Key key) {
        Count count = counts.computeIfAbsent(key, unused -> new Count());
        if (counts.size() > MAX_KEYS) {
            counts.remove(counts.keySet().iterator().next());
        }
        count.requests++;
        long now = nanoTime.getAsLong();
        if (count.sampled && now - count.sampledAt < SECOND || !isFree(kind(key), now)) {
            return OptionalLong.empty();
        }
        inSecond++;
        ofKind.merge(kind(key), 1, Integer::sum);
        long requests = count.requests;
        count.requests = 0;
        count.sampled = true;
        count.sampledAt = now;
        return OptionalLong.of(requests);
    }

    private static String kind(Key key) {
        return key.reason() + " " + key.endpoint();
    }

    private boolean isFree(String kind, long now) {
        if (!began || now - second >= SECOND) {
            began = true;
            second = now;
            inSecond = 0;
            ofKind.clear();
        }
        return inSecond < MAX_PER_SECOND && ofKind.getOrDefault(kind, 0) < MAX_PER_KIND && waiting.size() < MAX_WAITING;
    }

    private synchronized void keep(RefusedSample sample) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(sample);
        }
    }

    /** Those that wait; they are the caller's now. */
    synchronized List<RefusedSample> take() {
        List<RefusedSample> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** Those that could not be stored, before those that came since. */
    synchronized void putBack(List<RefusedSample> samples) {
        List<RefusedSample> all = new ArrayList<>(samples);
        all.addAll(waiting);
        waiting = new ArrayList<>(all.subList(0, Math.min(MAX_WAITING, all.size())));
    }
}
