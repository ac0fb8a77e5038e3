package org.mxhooks.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.mxhooks.inbox.Inbox;

/**
 * A node for the test kit, which is not in the WAR: it works on the calling thread, when it is told to, and notifies of
 * one event at a time. What becomes of an event is decided by the same code as on a server. There are no time-outs and
 * no delays here.
 */
public final class SteppedNode {

    /** Needed among the beans, beside the companion's. */
    public static final Class<?> BEAN = RequestScope.class;

    /** So long that nothing is due again by itself. */
    private static final RetryPolicy RETRY =
            new RetryPolicy(Duration.ofHours(2), Duration.ofHours(2), Duration.ofDays(3));

    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final Sql sql;
    private final Dispatch door;
    private final List<Steps> consumers;

    /**
     * @param beans the companion's, with {@link ConsumerDiscovery} and {@link #BEAN}
     * @param dataSource whose connections join the transaction
     */
    public SteppedNode(Instance<Object> beans, DataSource dataSource, UserTransaction jta, Inbox inbox)
            throws Exception {
        sql = new Sql(dataSource);
        door = Dispatch.of(dataSource, jta, inbox);
        BeanManager manager = beans.select(BeanManager.class).get();
        RequestScope requestScope = beans.select(RequestScope.class).get();
        UUID node = UUID.randomUUID();
        consumers = beans.select(ConsumerDiscovery.class).get().methods().stream()
                .map(method -> new ObserverConsumer(method, manager, requestScope))
                .map(NotedConsumer::new)
                .map(consumer -> new Steps(node, consumer, attempts(consumer, node, jta, inbox)))
                .toList();
        for (Steps consumer : consumers) {
            consumer.begin();
        }
    }

    private Attempts attempts(Consumer consumer, UUID node, UserTransaction jta, Inbox inbox) {
        return Attempts.of(
                node,
                consumer,
                inbox,
                sql,
                new Transaction(jta, TIMEOUT),
                RETRY,
                new Watch(consumer.name(), TIMEOUT, false),
                new SimpleMeterRegistry());
    }

    /** The names of all consumers. */
    public List<String> consumers() {
        return consumers.stream().map(steps -> steps.consumer.name()).sorted().toList();
    }

    /** How often a consumer was notified of a delivery, whatever came of it. */
    public int notifications(String consumer, UUID delivery) {
        return (int) consumers.stream()
                .filter(steps -> steps.consumer.name().equals(consumer))
                .flatMap(steps -> steps.consumer.notified().stream())
                .filter(delivery::equals)
                .count();
    }

    /** As {@link Dispatch#states}. */
    public List<ConsumerState> states(UUID delivery) throws SQLException {
        return door.states(delivery);
    }

    /** Has every consumer notified of what is new to it, but in lanes that are paused. */
    public void dealWithNews() throws Exception {
        for (Steps consumer : consumers) {
            consumer.dealWithNews();
        }
    }

    /** Lets every delay and pause pass, and what waited for that be tried once. */
    public void letTimePass() throws Exception {
        sql.update("update mxhooks.parked set due = current_timestamp where due is not null");
        for (Steps consumer : consumers) {
            consumer.resume();
            consumer.tryAgain();
            consumer.dealWithNews();
        }
    }

    /** As an operator would. */
    public void replay(UUID delivery, String consumer) throws Exception {
        door.replay(delivery, consumer);
        for (Steps each : consumers) {
            each.tryAgain();
        }
    }

    /** A consumer's way along its lanes. */
    private static final class Steps {
        private final NotedConsumer consumer;
        private final Attempts attempts;
        private final Follower follower;
        private final NewsWorker newsWorker;
        private final RetryWorker retryWorker;
        private List<Lane> lanes = List.of();

        Steps(UUID node, NotedConsumer consumer, Attempts attempts) {
            this.consumer = consumer;
            this.attempts = attempts;
            follower = new Follower(node, attempts, Executors.defaultThreadFactory());
            newsWorker = new NewsWorker(attempts, follower);
            retryWorker = new RetryWorker(attempts, follower);
        }

        void begin() throws Exception {
            follower.register();
            attempts.lanes().claim(consumer.name(), Inbox.LANES);
            resume();
        }

        /** Looks at the lanes anew, so that none is paused. */
        void resume() throws SQLException {
            lanes = attempts.lanes().held(consumer.name()).stream()
                    .map(claim -> new Lane(claim, true))
                    .toList();
            lanes.forEach(lane -> lane.oneByOneUpTo(Long.MAX_VALUE));
        }

        void dealWithNews() throws Exception {
            for (Lane lane : lanes) {
                while (newsWorker.work(lane)) {
                    // there is more
                }
            }
        }

        void tryAgain() throws Exception {
            for (Lane lane : lanes) {
                while (retryWorker.work(lane) || replayNext(lane)) {
                    // another may have come forward
                }
            }
        }

        private boolean replayNext(Lane lane) throws Exception {
            var next =
                    attempts.parked().nextReplay(consumer.name(), lane.claim().lane());
            if (next.isPresent()) {
                retryWorker.attempt(lane, next.get());
            }
            return next.isPresent();
        }
    }
}
