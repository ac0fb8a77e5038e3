package org.mxhooks.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The streams of changes that are open on a node, at most {@value #MAX_STREAMS}, and {@value #MAX_PER_SESSION} of one
 * session: one that opens more ends its own, and nobody else's. Not thread-safe.
 *
 * @param <T> a stream
 */
final class OpenStreams<T> {

    static final int MAX_PER_SESSION = 12;
    static final int MAX_STREAMS = 240;

    private final List<Entry<T>> entries = new ArrayList<>();

    private record Entry<T>(String session, T stream) {}

    /** Returns the stream that has to end for it, which is forgotten: the oldest of the session with the most. */
    Optional<T> add(String session, T stream) {
        entries.add(new Entry<>(session, stream));
        if (count(session) > MAX_PER_SESSION) {
            return removeOldest(session);
        }
        return entries.size() > MAX_STREAMS ? removeOldest(largest()) : Optional.empty();
    }

    private long count(String session) {
        return entries.stream().filter(entry -> entry.session().equals(session)).count();
    }

    private String largest() {
        Map<String, Integer> counts = new HashMap<>();
        entries.forEach(entry -> counts.merge(entry.session(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private Optional<T> removeOldest(String session) {
        Optional<Entry<T>> oldest = entries.stream()
                .filter(entry -> entry.session().equals(session))
                .findFirst();
        oldest.ifPresent(entries::remove);
        return oldest.map(Entry::stream);
    }

    /** Returns whether it was open. */
    boolean remove(T stream) {
        return entries.removeIf(entry -> entry.stream().equals(stream));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<T> all() {
        return entries.stream().map(Entry::stream).toList();
    }

    void clear() {
        entries.clear();
    }
}
