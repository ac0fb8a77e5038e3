package org.mxhooks.relay;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.mxhooks.relay.AnswerConsumer.Received;
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

    /** Without a charset, which JSON has not (RFC 8259 section 11). */
    private static final ContentType JSON = ContentType.create("application/json");

    private static final Duration KEPT_OPEN = Duration.ofSeconds(30);
    private static final int MAX_ALLOWED = 1_000;
    private static final String TIMEOUT = "timeout";

    /** Of a call whose connection was closed by the subscriber while no call used it. */
    private static final int MAX_REPETITIONS = 3;

    private final RelaySettings settings;
    private final Targets targets;
    private final ScheduledExecutorService deadlines;
    private final CheckedAddresses addresses;
    private final Set<URI> allowed = ConcurrentHashMap.newKeySet();
    private final CallClient client;

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
        addresses = new CheckedAddresses(this::addresses, lookUps, System::nanoTime);
        client = new CallClient(settings, addresses, deadlines, threads, keptOpen);
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
                began(
                        repetition,
                        client.running().execute(SimpleRequestProducer.create(request), answer, null, context, this));
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
                    Optional.of(CallTexts.escaped(answer.excerpt())).filter(text -> !text.isEmpty()),
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
            return kept && CallTexts.isLost(e) && !answer.isBegun();
        }

        @Override
        public void cancelled() {
            fail(new InterruptedIOException("the call was ended"));
        }

        void fail(Throwable e) {
            boolean late = since(begin).compareTo(settings.timeout()) >= 0;
            result.complete(new CallResult(
                    startedAt,
                    since(begin),
                    OptionalInt.empty(),
                    late ? TIMEOUT : CallTexts.reason(e),
                    Optional.of(late ? "no answer within " + settings.timeout() : CallTexts.describe(e)),
                    Optional.empty(),
                    Optional.empty()));
        }
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

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        client.close();
    }
}
