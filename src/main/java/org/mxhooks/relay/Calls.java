package org.mxhooks.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.mxhooks.mendix.StorableText;
import org.mxhooks.relay.Targets.ForbiddenTarget;
import org.mxhooks.settings.RelaySettings;

/**
 * Makes calls: to the addresses that {@link Targets} allows at that moment, without redirects, cookies or repetitions,
 * each within a total time. With a proxy the host is looked up and checked here too, but the proxy looks it up again.
 * Safe for use by many threads.
 */
final class Calls implements AutoCloseable {

    /** Without a charset, which JSON has not (RFC 8259 section 11). */
    private static final ContentType JSON = ContentType.create("application/json");

    private static final int MAX_CONNECTIONS = 200;
    private static final int MAX_CONNECTIONS_TO_A_HOST = 20;
    private static final Duration KEPT_OPEN = Duration.ofSeconds(30);
    private static final int MAX_EXCERPT = 1024;
    private static final int MAX_FAILURE = 500;

    /** Of an answer's body: with a longer one the connection is given up. */
    private static final int MAX_ANSWER = 64 << 10;

    private final RelaySettings settings;
    private final Targets targets;
    private final ScheduledExecutorService deadlines;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    /** @param deadlines ends calls that take too long */
    Calls(RelaySettings settings, Targets targets, ScheduledExecutorService deadlines) {
        this.settings = settings;
        this.targets = targets;
        this.deadlines = deadlines;
        Timeout timeout = Timeout.of(settings.timeout());
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedResolver())
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS_TO_A_HOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(TimeValue.of(KEPT_OPEN))
                        .build())
                .build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableDefaultUserAgent();
        settings.proxy()
                .map(proxy -> new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort()))
                .map(DefaultProxyRoutePlanner::new)
                .ifPresent(builder::setRoutePlanner);
        client = builder.build();
    }

    /** The addresses that a connection is opened to are those that were checked. */
    private final class CheckedResolver implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return isProxy(host) ? targets.lookUp(host) : targets.addresses(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private boolean isProxy(String host) {
        return settings.proxy().map(URI::getHost).filter(host::equalsIgnoreCase).isPresent();
    }

    /** Never throws for what the other end does. */
    CallResult post(SignedCall call) {
        Instant startedAt = Instant.now();
        long begin = System.nanoTime();
        HttpPost request = request(call);
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            targets.parse(call.url().toString()); // since it was kept the settings may have changed
            if (settings.proxy().isPresent()) {
                targets.addresses(call.url().getHost());
            }
            return client.execute(request, response -> result(response, request, startedAt, begin));
        } catch (IOException | RuntimeException | ForbiddenTarget e) {
            return failed(startedAt, begin, describe(e, begin));
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpPost request(SignedCall call) {
        HttpPost request = new HttpPost(call.url());
        call.headers().forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(call.body(), JSON));
        return request;
    }

    private static CallResult result(ClassicHttpResponse response, HttpPost request, Instant startedAt, long begin)
            throws IOException {
        Optional<String> excerpt = excerpt(response.getEntity(), request);
        return new CallResult(
                startedAt,
                since(begin),
                OptionalInt.of(response.getCode()),
                Optional.empty(),
                excerpt.filter(text -> !text.isEmpty()),
                Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER))
                        .flatMap(Calls::delay));
    }

    private static Optional<String> excerpt(HttpEntity entity, HttpPost request) throws IOException {
        if (entity == null) {
            return Optional.empty();
        }
        InputStream body = entity.getContent();
        byte[] first = body.readNBytes(MAX_EXCERPT);
        if (body.readNBytes(MAX_ANSWER).length == MAX_ANSWER) {
            request.cancel(); // its end may never come
        }
        return Optional.of(escaped(new String(first, StandardCharsets.UTF_8)));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            boolean shown = point == '\n' || point == '\t' || point >= ' ' && !isInvisible(point);
            if (shown) {
                escaped.appendCodePoint(point);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        });
        return escaped.toString();
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Seconds, or a date (RFC 9110 section 10.2.3). */
    private static Optional<Duration> delay(Header retryAfter) {
        String value = retryAfter.getValue().strip();
        try {
            Duration delay = value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(delay.isNegative() ? Duration.ZERO : delay);
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private CallResult failed(Instant startedAt, long begin, String failure) {
        return new CallResult(
                startedAt, since(begin), OptionalInt.empty(), Optional.of(failure), Optional.empty(), Optional.empty());
    }

    /** What an exception says may be what the other end sent. */
    private String describe(Exception e, long begin) {
        return since(begin).compareTo(settings.timeout()) >= 0
                ? "no answer within " + settings.timeout()
                : "no answer: " + StorableText.clean(escaped(e.toString()), MAX_FAILURE);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        connections.close(CloseMode.IMMEDIATE);
    }
}
