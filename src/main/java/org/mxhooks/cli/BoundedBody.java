package org.mxhooks.cli;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer; closes the connection as soon as it is too large. */
final class BoundedBody implements BodySubscriber<String> {

    private final BodySubscriber<String> body;
    private final int maxBytes;
    private Subscription subscription;
    private long received;

    BoundedBody(BodySubscriber<String> body, int maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription = upstream;
        body.onSubscribe(upstream);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received > maxBytes) {
            subscription.cancel();
            body.onError(new IOException("the answer is larger than " + (maxBytes >> 20) + " MiB"));
        } else {
            body.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
