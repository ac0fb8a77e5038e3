package org.mxhooks.portal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends attempts. No redirect is followed: it is an answer like any other. */
final class WebhookCalls {

    static {
        // Before the first client of this process: the header of one family is the client's own otherwise.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
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
                    .handle((answer, failure) -> attempt(parcel, startedAt, start, answer, failure));
        } catch (IllegalArgumentException unsendable) {
            return CompletableFuture.completedFuture(attempt(parcel, startedAt, start, null, unsendable));
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
            Parcel parcel, Instant startedAt, long start, HttpResponse<String> answer, Throwable failure) {
        return new DeliveryAttempt(
                parcel.attempts() + 1,
                startedAt,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                Optional.ofNullable(answer).map(HttpResponse::statusCode),
                Optional.ofNullable(failure).map(WebhookCalls::text),
                Optional.ofNullable(answer).map(HttpResponse::body).filter(body -> !body.isEmpty()));
    }

    private static String text(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException) {
            return "no answer within %s s".formatted(TIMEOUT.toSeconds());
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        String kind = cause instanceof IOException
                ? cause.getClass().getSimpleName()
                : cause.getClass().getName();
        String text = kind + message;
        return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text;
    }
}
