package org.mxhooks.inbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A row that waits to be written, its receipt to be, and its share of the memory. */
final class PendingAppend {

    private final LogRow row;
    private final Semaphore bytes;
    private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param bytes where it holds as many permits as it has bytes */
    PendingAppend(LogRow row, Semaphore bytes) {
        this.row = row;
        this.bytes = bytes;
    }

    LogRow row() {
        return row;
    }

    CompletableFuture<Receipt> receipt() {
        return receipt;
    }

    /** Answers the sender, if nobody has yet, and gives the memory back: the writer needs the row no more. */
    void end(Receipt result) {
        receipt.complete(result);
        if (ended.compareAndSet(false, true)) {
            bytes.release(row.bytes());
        }
    }
}
