package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads the first kilobyte of an answer, and no more. */
final class AnswerExcerpt implements BodySubscriber<String> {

    private static final int MAX_BYTES = 1_024;

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final ByteBuffer read = ByteBuffer.allocate(MAX_BYTES);
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining() && read.hasRemaining()) {
                read.put(buffer.get());
            }
        }
        if (!read.hasRemaining()) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(new String(read.array(), 0, read.position(), UTF_8));
    }

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }
}
