package org.mxhooks.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests and reads their answers within limits of time and size.
 *
 * @param timeout of the whole exchange; {@link HttpRequest#timeout()} ends with the answer's headers
 * @param maxBytes of an answer's body
 */
record Exchange(HttpClient client, Duration timeout, int maxBytes) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration EXCHANGE_TIMEOUT = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 64 << 20;

    static Exchange standard() {
        return within(EXCHANGE_TIMEOUT, MAX_BYTES);
    }

    static Exchange within(Duration timeout, int maxBytes) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        return new Exchange(client, timeout, maxBytes);
    }

    /** @throws IOException if there is no answer, or not all of it within the limits */
    Answer send(HttpRequest request) throws IOException, InterruptedException {
        return Answer.of(exchange(request));
    }

    /** An answer of any length, read as it comes; the time-out is that of the request. */
    HttpResponse<InputStream> stream(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofInputStream());
    }

    /** As {@link #send}, with the answer's headers. */
    HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(
                request, head -> new BoundedBody(BodyHandlers.ofString().apply(head), maxBytes));
        try {
            return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the answer did not end within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }
}
