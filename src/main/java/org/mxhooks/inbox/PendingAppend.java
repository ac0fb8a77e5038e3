package org.mxhooks.inbox;

import java.util.concurrent.CompletableFuture;

/** An arrival that waits to be written, and its receipt to be. */
record PendingAppend(Arrival arrival, CompletableFuture<Receipt> receipt) {

    PendingAppend(Arrival arrival) {
        this(arrival, new CompletableFuture<>());
    }

    int bytes() {
        return arrival.body().length + arrival.headers().length();
    }

    void refuse(String reason) {
        receipt.complete(new Receipt.Unavailable(reason));
    }
}
