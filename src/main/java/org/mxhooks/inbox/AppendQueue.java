package org.mxhooks.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Arrivals and checks that wait for the writer, bounded by number and by bytes. Any number of threads adds, one takes.
 */
final class AppendQueue {

    static final int MAX_WAITING = 8192;

    private static final String FULL = "too many deliveries wait to be written";
    private static final String LATE = "storage is slow";
    private static final String STOPPING = "the server is stopping";

    private static final PendingAppend END = new PendingAppend(null, null);
    private static final PendingAppend CHECK = new PendingAppend(null, null);

    private final BlockingQueue<PendingAppend> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Queue<CompletableFuture<Boolean>> checks = new ConcurrentLinkedQueue<>();
    private final Semaphore bytes;
    private final Deadlines deadlines;
    private volatile boolean closed;
    private boolean ended;

    AppendQueue(int maxBytes, Deadlines deadlines) {
        bytes = new Semaphore(maxBytes);
        this.deadlines = deadlines;
    }

    int size() {
        return queue.size();
    }

    /** Adds a row; its bytes count until the writer is done with it, however early the sender is answered. */
    CompletionStage<Receipt> add(LogRow row) {
        if (closed) {
            return refused(STOPPING);
        }
        if (!bytes.tryAcquire(row.bytes())) {
            return refused(FULL);
        }
        PendingAppend pending = new PendingAppend(row, bytes);
        deadlines.add(pending.receipt(), new Receipt.Unavailable(LATE));
        if (!queue.offer(pending)) {
            pending.end(new Receipt.Unavailable(FULL));
        }
        if (closed && queue.remove(pending)) {
            pending.end(new Receipt.Unavailable(STOPPING));
        }
        return pending.receipt();
    }

    private static CompletionStage<Receipt> refused(String reason) {
        return CompletableFuture.completedStage(new Receipt.Unavailable(reason));
    }

    /** Adds a check, to be answered after the next group. */
    CompletionStage<Boolean> addCheck() {
        CompletableFuture<Boolean> check = new CompletableFuture<>();
        deadlines.add(check, false);
        checks.add(check);
        queue.offer(CHECK); // where the queue is full the writer is awake
        if (closed) {
            failChecks();
        }
        return check;
    }

    /**
     * Waits for the next arrivals and moves them into a group: at most so many, and no more bytes than a limit, but at
     * least one; none where only a check or the end came.
     */
    void take(List<PendingAppend> group, int max, int maxBytes) throws InterruptedException {
        long room = maxBytes;
        for (PendingAppend next = queue.take(); next != null; next = pollWithin(room, max - group.size())) {
            if (next == END) {
                ended = true;
            } else if (next != CHECK) {
                group.add(next);
                room -= next.row().bytes();
            }
        }
    }

    /** Only one thread takes; another may remove the first meanwhile, so that the next is a larger one. */
    private PendingAppend pollWithin(long room, int left) {
        PendingAppend next = left > 0 ? queue.peek() : null;
        boolean fits = next != null && (next.row() == null || next.row().bytes() <= room);
        return fits ? queue.poll() : null;
    }

    /** The checks that wait now. */
    List<CompletableFuture<Boolean>> checks() {
        return List.copyOf(checks);
    }

    void remove(List<CompletableFuture<Boolean>> answered) {
        checks.removeAll(answered);
    }

    void failChecks() {
        for (CompletableFuture<Boolean> check = checks.poll(); check != null; check = checks.poll()) {
            check.complete(false);
        }
    }

    /** Whether the end was taken: nothing follows it. */
    boolean isEnded() {
        return ended;
    }

    /** Accepts nothing more, and puts the end behind what waits. */
    void close() throws InterruptedException {
        closed = true;
        queue.put(END);
    }

    /** Accepts nothing more, and refuses what waits. */
    void abandon() {
        closed = true;
        ended = true;
        refuseAll();
    }

    void refuseAll() {
        List<PendingAppend> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        waiting.removeIf(each -> each == END || each == CHECK);
        waiting.forEach(pending -> pending.end(new Receipt.Unavailable(STOPPING)));
        failChecks();
    }
}
