package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * What pages that follow changes show: read at most once a second, and less often where that takes long, however many
 * browsers look at the same. Who comes while it is read waits for it; a failure is shared as well. Thread-safe.
 */
@ApplicationScoped
class SharedReads {

    static final int MAX_VIEWS = 16;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    /** The database has other work. */
    private static final int PAUSE_PER_READ = 4;

    LongSupplier nanoTime = System::nanoTime;

    private final Map<String, View<?>> views = new LinkedHashMap<>();

    /**
     * What a query returns, or returned a moment ago.
     *
     * @param view what is read: its page with all that the query depends on
     */
    <T> T read(String view, Callable<T> query) {
        return this.<T>view(view).read(query);
    }

    /** Views that nobody has looked at for long are dropped, and the oldest where there are too many. */
    @SuppressWarnings("unchecked")
    private synchronized <T> View<T> view(String name) {
        views.values().removeIf(View::isExpired);
        while (views.size() >= MAX_VIEWS && !views.containsKey(name)) {
            views.remove(views.keySet().iterator().next());
        }
        return (View<T>) views.computeIfAbsent(name, any -> new View<T>());
    }

    private final class View<T> {

        private T value;
        private RuntimeException failure;
        private volatile long expires;
        private volatile boolean isRead;

        boolean isExpired() {
            return isRead && nanoTime.getAsLong() - expires >= 0;
        }

        synchronized T read(Callable<T> query) {
            if (!isRead || isExpired()) {
                readAgain(query);
            }
            if (failure != null) {
                throw failure;
            }
            return value;
        }

        private void readAgain(Callable<T> query) {
            long began = nanoTime.getAsLong();
            failure = null;
            try {
                value = PageData.read(query);
            } catch (RuntimeException e) {
                failure = e;
            }
            long ended = nanoTime.getAsLong();
            long pause = Math.min(MAX_PAUSE.toNanos(), PAUSE_PER_READ * (ended - began));
            expires = ended + Math.max(FRESH.toNanos(), pause);
            isRead = true;
        }
    }
}
