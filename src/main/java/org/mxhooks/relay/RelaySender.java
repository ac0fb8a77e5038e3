package org.mxhooks.relay;

import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.NotTaken;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.Taken;
import org.mxhooks.dispatch.CallFailed;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.relay.SubscriberHealth.AskedToWait;
import org.mxhooks.resilience.CircuitBreaker;
import org.mxhooks.resilience.CircuitBreaker.Permit;
import org.mxhooks.settings.Settings;

/**
 * Sends deliveries to subscriptions, outside of any transaction, and records each attempt. If the node dies between the
 * answer and the cursor's move, the delivery is sent again with the same id.
 */
@ApplicationScoped
class RelaySender {

    private static final System.Logger LOG = System.getLogger(RelaySender.class.getName());
    private static final int MAX_LOOK_UPS = 256;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final Duration PROBE_MARGIN = Duration.ofSeconds(5);

    @Inject
    Settings settings;

    @Inject
    Engine engine;

    @Inject
    MeterRegistry meters;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Resource
    ManagedThreadFactory threads;

    private Breakers breakers;
    private ScheduledExecutorService deadlines;
    private ExecutorService lookUps;
    private Targets targets;
    private Calls calls;
    private AttemptTable attempts;
    private SubscriptionTable subscriptions;

    /** Without a container. */
    static RelaySender of(Settings settings, DataSource dataSource, Engine engine) {
        RelaySender sender = new RelaySender();
        sender.settings = settings;
        sender.dataSource = dataSource;
        sender.engine = engine;
        sender.open(Executors.defaultThreadFactory());
        return sender;
    }

    @PostConstruct
    void open() {
        open(threads);
        breakers.measure(meters);
    }

    private void open(ThreadFactory factory) {
        Sql sql = new Sql(dataSource);
        attempts = new AttemptTable(sql);
        subscriptions = new SubscriptionTable(sql);
        breakers = new Breakers(
                new BreakerTable(sql),
                NodeSessions.THIS_NODE,
                settings.relay().timeout().plus(PROBE_MARGIN),
                System::nanoTime,
                Clock.systemUTC());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory);
        timer.setRemoveOnCancelPolicy(
                true); // else the body of a call that has ended stays in memory until its deadline
        deadlines = timer;
        lookUps = new ThreadPoolExecutor(0, MAX_LOOK_UPS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        targets = new Targets(
                settings.relay(),
                new BoundedResolver(InetAddress::getAllByName, settings.relay().timeout(), lookUps));
        calls = new Calls(settings.relay(), targets, deadlines, lookUps, factory);
    }

    @PreDestroy
    void close() {
        calls.close();
        deadlines.shutdownNow();
        lookUps.shutdownNow();
    }

    Targets targets() {
        return targets;
    }

    Breakers breakers() {
        return breakers;
    }

    /**
     * Sends a delivery, if its subscriber is to be called now. Returns at once; an attempt that succeeded is recorded
     * with the move of the cursor, one that failed with its refusal. That is
     *
     * <ul>
     *   <li>{@link TryLater} while the subscriber is not to be called, or has asked to wait
     *   <li>{@link GiveUp} if it has asked to wait with this delivery for longer than {@code mxhooks.relay.retry.for}
     *   <li>{@link CallFailed} if it did not take the delivery
     * </ul>
     */
    CompletableFuture<CallOutcome> send(Recipient recipient, LogEntry delivery) {
        SubscriberHealth subscriber = breakers.of(recipient.subscription().id());
        Permit permit;
        try {
            permit = permit(subscriber);
        } catch (TryLater later) {
            return CompletableFuture.completedFuture(new NotTaken(() -> {
                throw later;
            }));
        }
        CompletableFuture<CallResult> call = calls.start(recipient.call(
                delivery.delivery(),
                Optional.of(delivery.attributes().category()),
                delivery.body().orElseThrow(),
                UserAgent.text()));
        CompletableFuture<CallOutcome> answer = new CompletableFuture<>();
        call.thenApply(result -> answer(recipient.subscription(), delivery, subscriber, permit, result))
                .whenComplete((outcome, failure) -> {
                    if (failure == null) {
                        answer.complete(outcome);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
        answer.whenComplete((ended, failure) -> call.cancel(true));
        return answer;
    }

    private CallOutcome answer(
            Subscription subscription,
            LogEntry delivery,
            SubscriberHealth subscriber,
            Permit permit,
            CallResult result) {
        if (result.isSuccess()) {
            subscriber.succeeded(delivery.delivery());
            return new Taken(
                    Optional.of(AttemptTable.row(subscription.id(), delivery.delivery(), delivery.position(), result)));
        }
        return new NotTaken(() -> {
            record(subscription.id(), delivery, result);
            judge(result, subscription, subscriber, permit, delivery.delivery());
        });
    }

    /** What became of the delivery is decided, also if it cannot be recorded. */
    private void record(UUID subscription, LogEntry delivery, CallResult result) {
        try {
            attempts.insert(subscription, delivery.delivery(), delivery.position(), result);
        } catch (SQLException e) {
            LOG.log(
                    WARNING,
                    "Attempt to send delivery {0} to subscription {1} was not recorded ({2}): {3}",
                    delivery.delivery(),
                    subscription,
                    result.describe(),
                    e.toString());
        }
    }

    private static Permit permit(SubscriberHealth subscriber) {
        try {
            return subscriber.acquire();
        } catch (CircuitBreaker.Open open) {
            throw later(open.retryAfter(), "breaker open", open.getMessage());
        } catch (AskedToWait waiting) {
            throw later(waiting.left(), "asked to wait", waiting.getMessage());
        }
    }

    private void judge(
            CallResult result, Subscription subscription, SubscriberHealth subscriber, Permit permit, UUID delivery)
            throws SQLException, CallFailed {
        if (result.is(GONE)) {
            String reason = "the subscriber answered 410 Gone";
            subscriber.waitFor(permit, delivery, MIN_WAIT);
            subscriptions.setPauseReason(subscription.id(), reason);
            engine.pause(subscription.consumer());
            throw later(MIN_WAIT, result.reason(), reason);
        } else if ((result.is(TOO_MANY_REQUESTS) || result.is(UNAVAILABLE))
                && result.retryAfter().isPresent()) {
            Duration pause = limited(result.retryAfter().get());
            if (subscriber
                            .waitFor(permit, delivery, pause)
                            .compareTo(settings.relay().retryFor())
                    > 0) {
                String reason =
                        "%s and asked to wait for longer than mxhooks.relay.retry.for".formatted(result.describe());
                throw new GiveUp(reason, new CallFailed(result.reason(), reason));
            }
            throw later(pause, result.reason(), "%s and asked to wait".formatted(result.describe()));
        } else if (result.status().isPresent()) {
            subscriber.failed(permit, delivery, result.describe());
            throw new CallFailed(result.reason(), result.describe());
        } else {
            subscriber.unreachable(permit, result.describe());
            throw new CallFailed(result.reason(), result.describe());
        }
    }

    private static TryLater later(Duration pause, String reason, String message) {
        return new TryLater(pause, message, new CallFailed(reason, message));
    }

    private static Duration limited(Duration wanted) {
        Duration least = wanted.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wanted;
        return least.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : least;
    }

    /** Calls a subscriber in any case, without a delivery; records it as an attempt of an id of its own. */
    @Transactional(TxType.NOT_SUPPORTED)
    CallResult test(Recipient recipient, UUID delivery, byte[] body) throws SQLException {
        CallResult result = calls.post(recipient.call(delivery, Optional.empty(), body, UserAgent.text()));
        attempts.insert(recipient.subscription().id(), delivery, 0, result);
        return result;
    }
}
