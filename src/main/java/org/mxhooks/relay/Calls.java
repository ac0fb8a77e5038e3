package org.mxhooks.relay;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.mxhooks.mendix.StorableText;
import org.mxhooks.relay.AnswerConsumer.Received;
import org.mxhooks.relay.Targets.ForbiddenAddress;
import org.mxhooks.relay.Targets.ForbiddenTarget;
import org.mxhooks.settings.RelaySettings;

/**
 * Makes calls: to the addresses that {@link Targets} allows at that moment, without redirects or cookies, each within a
 * total time. A connection is kept open for the next calls; one that the subscriber closed meanwhile is no failure: the
 * call is made on another. A call that is under way holds no thread; how many there may be is for the caller to bound.
 * With a proxy the host is looked up and checked here too, but the proxy looks it up again. Safe for use by many
 * threads.
 */
final class Calls implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Calls.class.getName());

    /** Without a charset, which JSON has not (RFC 8259 section 11). */
    private static final ContentType JSON = ContentType.create("application/json");

    private static final Duration KEPT_OPEN = Duration.ofSeconds(30);
    private static final int MAX_FAILURE = 500;
    private static final int MAX_ALLOWED = 1_000;
    private static final String TIMEOUT = "timeout";

    /** Of a call whose connection was closed by the subscriber while no call used it. */
    private static final int MAX_REPETITIONS = 3;

    private final RelaySettings settings;
    private final Targets targets;
    private final ScheduledExecutorService deadlines;
    private final CheckedAddresses addresses;
    private final Set<URI> allowed = ConcurrentHashMap.newKeySet();
    private final ThreadFactory threads;
    private final Duration keptOpen;
    private final ScheduledFuture<?> closing;
    private PoolingAsyncClientConnectionManager connections;
    private CloseableHttpAsyncClient client;
    private boolean closed;

    /**
     * @param deadlines ends calls that take too long
     * @param lookUps looks up hosts, and may wait for that
     * @param threads makes those of the client
     */
    Calls(
            RelaySettings settings,
            Targets targets,
            ScheduledExecutorService deadlines,
            Executor lookUps,
            ThreadFactory threads) {
        this(settings, targets, deadlines, lookUps, threads, KEPT_OPEN);
    }

    /** @param keptOpen how long connections are that no call uses, and twice that at most */
    Calls(
            RelaySettings settings,
            Targets targets,
            ScheduledExecutorService deadlines,
            Executor lookUps,
            ThreadFactory threads,
            Duration keptOpen) {
        this.settings = settings;
        this.targets = targets;
        this.deadlines = deadlines;
        this.threads = threads;
        this.keptOpen = keptOpen;
        addresses = new CheckedAddresses(this::addresses, lookUps);
        closing = deadlines.scheduleWithFixedDelay(
                this::closeIdle, keptOpen.toMillis(), keptOpen.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CloseableHttpAsyncClient newClient() {
        Timeout timeout = Timeout.of(settings.timeout());
        connections = newConnections(timeout);
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setThreadFactory(threads)
                .setIoReactorExceptionCallback(e -> LOG.log(DEBUG, "The client for calls ended", e))
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression();
        settings.proxy()
                .map(proxy -> new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort()))
                .map(DefaultProxyRoutePlanner::new)
                .ifPresent(builder::setRoutePlanner);
        return builder.build();
    }

    /** As many as there are calls, which the caller bounds: none waits for the connection of another. */
    private PoolingAsyncClientConnectionManager newConnections(Timeout timeout) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(TimeValue.of(keptOpen))
                        .build())
                .build();
    }

    /** Where a fault has ended it, for want of memory for example, there is a new one. */
    private synchronized CloseableHttpAsyncClient client() {
        if (closed) {
            throw new IllegalStateException("the node ends");
        }
        if (client == null || client.getStatus() == IOReactorStatus.SHUT_DOWN) {
            client = newClient();
            client.start();
        }
        return client;
    }

    /** The pool looks at a connection only when the same subscriber is called again, and that may never close it. */
    private synchronized void closeIdle() {
        try {
            if (connections != null) {
                connections.closeIdle(TimeValue.of(keptOpen));
            }
        } catch (RuntimeException | Error e) { // it would not be called again
            LOG.log(DEBUG, "Idle connections were not closed; tried again soon", e);
        }
    }

    /** The addresses that a connection is opened to are those that were checked. */
    private InetAddress[] addresses(String host) throws UnknownHostException {
        return isProxy(host) ? targets.lookUp(host) : targets.addresses(host);
    }

    private boolean isProxy(String host) {
        return settings.proxy().map(URI::getHost).filter(host::equalsIgnoreCase).isPresent();
    }

    /** Makes a call and waits for its end. Never throws for what the other end does. */
    CallResult post(SignedCall call) {
        return start(call).join();
    }

    /**
     * Begins a call and returns at once. To cancel the result ends the call.
     *
     * @return completes normally, whatever the other end does, on a thread that must not wait
     */
    CompletableFuture<CallResult> start(SignedCall call) {
        RunningCall running = new RunningCall(call);
        try {
            demandAllowed(call.url());
            running.lookUp();
        } catch (RuntimeException | ForbiddenTarget e) {
            running.fail(e);
        }
        return running.result;
    }

    /** Since a URL was kept the settings may have changed, but not since this node began. */
    private void demandAllowed(URI url) throws ForbiddenTarget {
        if (!allowed.contains(url)) {
            targets.parse(url.toString());
            if (allowed.size() >= MAX_ALLOWED) {
                allowed.clear();
            }
            allowed.add(url);
        }
    }

    /** A call from its begin to its end. */
    private final class RunningCall implements FutureCallback<Received> {
        private final CompletableFuture<CallResult> result = new CompletableFuture<>();
        private final Instant startedAt = Instant.now();
        private final long begin = System.nanoTime();
        private final SignedCall call;
        private final ScheduledFuture<?> deadline;
        private HttpClientContext context;
        private AnswerConsumer answer;
        private int repetitions;
        private Future<?> exchange;
        private boolean exchanged;

        RunningCall(SignedCall call) {
            this.call = call;
            deadline = deadlines.schedule(
                    () -> fail(new TimeoutException()), settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            result.whenComplete((ended, failure) -> end());
        }

        /** With a proxy the host is looked up here too. */
        void lookUp() {
            CompletableFuture<Void> host = addresses.lookUp(call.url().getHost());
            CompletableFuture<Void> all = settings.proxy()
                    .map(proxy -> CompletableFuture.allOf(host, addresses.lookUp(proxy.getHost())))
                    .orElse(host);
            all.whenComplete((known, failure) -> {
                if (failure == null) {
                    execute();
                } else {
                    fail(failure instanceof CompletionException ? failure.getCause() : failure);
                }
            });
        }

        private void execute() {
            int repetition = repetitions();
            try {
                SimpleHttpRequest request = SimpleHttpRequest.create(Method.POST, call.url());
                call.headers().forEach(request::setHeader);
                request.setBody(call.body(), JSON);
                context = HttpClientContext.create();
                answer = new AnswerConsumer(this::answered);
                began(repetition, client().execute(SimpleRequestProducer.create(request), answer, null, context, this));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        /** It may have failed, and the next one have begun, before this is known. */
        private synchronized void began(int repetition, Future<?> running) {
            if (repetition == repetitions) {
                exchange = running;
            }
            if (result.isDone() && !exchanged) {
                running.cancel(true);
            }
        }

        private synchronized int repetitions() {
            return repetitions;
        }

        private synchronized void end() {
            deadline.cancel(false);
            if (exchange != null && !exchanged) {
                exchange.cancel(true);
            }
        }

        /** The exchange is over: to cancel it now would close the connection, which another call may use. */
        @Override
        public void completed(Received answer) {
            markExchanged();
            answered(answer);
        }

        private synchronized void markExchanged() {
            exchanged = true;
        }

        private void answered(Received answer) {
            result.complete(new CallResult(
                    startedAt,
                    since(begin),
                    OptionalInt.of(answer.head().getCode()),
                    "HTTP " + answer.head().getCode(),
                    Optional.empty(),
                    Optional.of(escaped(answer.excerpt())).filter(text -> !text.isEmpty()),
                    Optional.ofNullable(answer.head().getFirstHeader(HttpHeaders.RETRY_AFTER))
                            .flatMap(Calls::delay)));
        }

        @Override
        public void failed(Exception e) {
            if (mayRepeat(e)) {
                execute();
            } else {
                fail(e);
            }
        }

        private synchronized boolean mayRepeat(Exception e) {
            boolean repeats = !result.isDone() && repetitions < MAX_REPETITIONS && isConnectionStale(e);
            repetitions += repeats ? 1 : 0;
            return repeats;
        }

        /** Whether a connection that was kept open was closed before this call had any answer. */
        private boolean isConnectionStale(Exception e) {
            EndpointDetails connection = context.getEndpointDetails();
            boolean kept = connection == null
                    ? e instanceof RequestNotExecutedException
                    : connection.getReceivedBytesCount() > 0;
            return kept && isLost(e) && !answer.isBegun();
        }

        @Override
        public void cancelled() {
            fail(new InterruptedIOException("the call was ended"));
        }

        void fail(Throwable e) {
            result.complete(new CallResult(
                    startedAt,
                    since(begin),
                    OptionalInt.empty(),
                    isLate(begin) ? TIMEOUT : reason(e),
                    Optional.of(describe(e, begin)),
                    Optional.empty(),
                    Optional.empty()));
        }
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

    /** What an exception says may be what the other end sent. */
    private String describe(Throwable e, long begin) {
        if (isLate(begin)) {
            return "no answer within " + settings.timeout();
        }
        // A failed connection says all in its message, for example "… failed: Connection refused".
        String cause = e instanceof ConnectException && e.getMessage() != null ? e.getMessage() : e.toString();
        return "no answer: " + StorableText.clean(escaped(cause), MAX_FAILURE);
    }

    private boolean isLate(long begin) {
        return since(begin).compareTo(settings.timeout()) >= 0;
    }

    /** Few different ones, without what the other end may have sent. */
    private static String reason(Throwable e) {
        if (e instanceof ForbiddenTarget || e instanceof ForbiddenAddress) {
            return "address not allowed";
        }
        if (e instanceof UnknownHostException) {
            return "host unknown";
        }
        if (e instanceof ConnectException) {
            return String.valueOf(e.getMessage()).contains("refused") ? "connection refused" : "connection failed";
        }
        if (e instanceof SSLException) {
            return "TLS failure";
        }
        return isLost(e) ? "connection lost" : "no answer";
    }

    private static boolean isLost(Throwable e) {
        return e instanceof SocketException && !(e instanceof ConnectException)
                || e instanceof ConnectionClosedException;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public synchronized void close() {
        closed = true;
        closing.cancel(false);
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
        }
    }
}
