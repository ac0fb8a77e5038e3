package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** What pages that follow changes show, for however many browsers look at the same. Thread-safe. */
@ApplicationScoped
class SharedReads {

    static final int MAX_VIEWS = 16;

    LongSupplier nanoTime = System::nanoTime;

    private final Map<String, SharedReading<?>> views = new LinkedHashMap<>();

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
    private synchronized <T> SharedReading<T> view(String name) {
        views.values().removeIf(SharedReading::isExpired);
        while (views.size() >= MAX_VIEWS && !views.containsKey(name)) {
            views.remove(views.keySet().iterator().next());
        }
        return (SharedReading<T>) views.computeIfAbsent(name, any -> new SharedReading<T>(nanoTime));
    }
}
