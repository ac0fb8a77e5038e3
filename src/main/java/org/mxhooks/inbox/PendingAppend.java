package org.mxhooks.inbox;

import java.util.concurrent.CompletableFuture;

/** A row that waits to be written, and its receipt to be. */
record PendingAppend(LogRow row, CompletableFuture<Receipt> receipt) {

    PendingAppend(LogRow row) {
        this(row, new CompletableFuture<>());
    }

    void refuse(String reason) {
        receipt.complete(new Receipt.Unavailable(reason));
    }
}
