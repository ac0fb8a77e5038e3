package org.mxhooks.portal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Sends attempts. No redirect is followed: it is an answer like any other. */
final class WebhookCalls {

    static {
        // Before the first client of this process: the header of one family is the client's own otherwise.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
        // Shorter than a node keeps an idle connection: an attempt on one that it is just closing has no answer.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int MAX_ERROR = 500;

    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    WebhookCalls(InstantSource clock) {
        this.clock = clock;
    }

    /** Sends one; the result never fails. */
    CompletableFuture<DeliveryAttempt> send(PortalWebhook webhook, Parcel parcel) {
        Instant startedAt = clock.instant();
        long start = System.nanoTime();
        try {
            CompletableFuture<HttpResponse<String>> exchange =
                    client.sendAsync(request(webhook, parcel), head -> new AnswerExcerpt());
            return exchange.copy()
                    .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((answer, failure) -> exchange.cancel(true))
                    .handle((answer, failure) -> attempt(webhook, parcel, startedAt, start, answer, failure));
        } catch (IllegalArgumentException unsendable) {
            return CompletableFuture.completedFuture(attempt(webhook, parcel, startedAt, start, null, unsendable));
        }
    }

    private HttpRequest request(PortalWebhook webhook, Parcel parcel) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webhook.url()))
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(parcel.body()));
        parcel.headers(webhook, clock).forEach(request::setHeader);
        return request.build();
    }

    private static DeliveryAttempt attempt(
            PortalWebhook webhook,
            Parcel parcel,
            Instant startedAt,
            long start,
            HttpResponse<String> answer,
            Throwable failure) {
        return new DeliveryAttempt(
                parcel.attempts() + 1,
                startedAt,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                Optional.ofNullable(answer).map(HttpResponse::statusCode),
                Optional.ofNullable(failure).map(cause -> text(webhook, cause)),
                Optional.ofNullable(answer).map(HttpResponse::body).filter(body -> !body.isEmpty()));
    }

    private static String text(PortalWebhook webhook, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String text = words(URI.create(webhook.url()), cause);
        return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text;
    }

    private static String words(URI url, Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "No answer within %s s".formatted(TIMEOUT.toSeconds());
        }
        if (cause instanceof ConnectException) {
            return isCausedBy(cause, UnresolvedAddressException.class)
                    ? "Host %s is not known".formatted(url.getHost())
                    : "Nothing accepts connections at %s".formatted(url.getAuthority());
        }
        if (cause instanceof SSLException) {
            return "TLS failed: %s".formatted(cause.getMessage());
        }
        if (cause instanceof IOException) {
            return "The connection ended before the answer: %s".formatted(cause.getMessage());
        }
        return cause.toString();
    }

    private static boolean isCausedBy(Throwable failure, Class<?> type) {
        return failure != null && (type.isInstance(failure) || isCausedBy(failure.getCause(), type));
    }
}
