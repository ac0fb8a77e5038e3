package org.mxhooks.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Reads an answer, and keeps the beginning of its body. */
final class AnswerConsumer implements AsyncResponseConsumer<AnswerConsumer.Received> {

    private static final int MAX_EXCERPT = 1024;

    /** A longer one is not read to its end, which may never come. */
    private static final int MAX_ANSWER = 64 << 10;

    private final Consumer<Received> endless;
    private final ByteArrayOutputStream excerpt = new ByteArrayOutputStream();
    private volatile HttpResponse response;
    private FutureCallback<Received> callback;
    private long read;

    /** An answer, with the beginning of its body as text. */
    record Received(HttpResponse head, String excerpt) {}

    /** @param endless gets an answer that is not read to its end */
    AnswerConsumer(Consumer<Received> endless) {
        this.endless = endless;
    }

    @Override
    public void consumeResponse(
            HttpResponse head, EntityDetails body, HttpContext context, FutureCallback<Received> whenDone) {
        response = head;
        callback = whenDone;
        if (body == null) {
            end();
        }
    }

    /** Whether there is any answer. */
    boolean isBegun() {
        return response != null;
    }

    @Override
    public void informationResponse(HttpResponse head, HttpContext context) {
        // the answer is yet to come
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) {
        read += bytes.remaining();
        byte[] kept = new byte[Math.min(bytes.remaining(), MAX_EXCERPT - excerpt.size())];
        bytes.get(kept);
        excerpt.write(kept, 0, kept.length);
        bytes.position(bytes.limit());
        if (read > MAX_ANSWER) {
            endless.accept(received());
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        end();
    }

    private void end() {
        callback.completed(received());
    }

    private Received received() {
        return new Received(response, excerpt.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void failed(Exception cause) {
        // the call's own callback hears of it
    }

    @Override
    public void releaseResources() {
        // none
    }
}
