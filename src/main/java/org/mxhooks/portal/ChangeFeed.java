package org.mxhooks.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Committed changes for those who watch. Of several changes of one resource a watcher who is slow gets the last. */
final class ChangeFeed {

    private static final int MAX_WATCHERS = 32;
    private static final int MAX_PENDING = 2_000;

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** Does not wait. */
    void publish(List<FeedItem> items) {
        if (!items.isEmpty()) {
            watchers.forEach(watcher -> watcher.add(items));
        }
    }

    /** @throws Rejection if there are too many */
    Watcher watch() {
        Watcher watcher = new Watcher();
        watchers.add(watcher);
        if (watchers.size() > MAX_WATCHERS) {
            watcher.close();
            throw new Rejection(503, "%s streams are open; close one of the pages.".formatted(MAX_WATCHERS));
        }
        return watcher;
    }

    /** One who watches. */
    final class Watcher implements AutoCloseable {

        private final Lock lock = new ReentrantLock();
        private final Condition added = lock.newCondition();
        private final Map<String, FeedItem> pending = new LinkedHashMap<>();
        private boolean overrun;

        private void add(List<FeedItem> items) {
            lock.lock();
            try {
                items.forEach(item -> pending.put(item.key(), item));
                if (pending.size() > MAX_PENDING) {
                    pending.clear();
                    overrun = true;
                }
                added.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for changes; none after a while, empty if there were too many. */
        Optional<List<FeedItem>> await(long milliseconds) throws InterruptedException {
            lock.lock();
            try {
                long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
                while (pending.isEmpty() && !overrun && left > 0) {
                    left = added.awaitNanos(left);
                }
                List<FeedItem> items = new ArrayList<>(pending.values());
                boolean missed = overrun;
                pending.clear();
                overrun = false;
                return missed ? Optional.empty() : Optional.of(items);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
