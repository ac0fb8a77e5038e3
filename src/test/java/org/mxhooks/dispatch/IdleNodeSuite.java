package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Place;

/** What consumers cost that have nothing to do. */
@Tag("persistence")
abstract class IdleNodeSuite extends DispatchFixture {

    private static final int CONSUMERS = 50;
    private static final int DELIVERIES = 200;
    private static final int LOOKS = 16;
    private static final long NOWHERE = -1;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final Queue<String> statements = new ConcurrentLinkedQueue<>();
    private TestDatabase shared;

    @Override
    Inbox inbox(TestDatabase onDatabase) {
        shared = onDatabase;
        DataSource counting = counting(onDatabase.dataSource(), statements::add);
        return new Inbox(onDatabase.database(), counting, Executors.defaultThreadFactory(), meters) {
            @Override
            public Optional<List<LogEntry>> recent(Place beyond, int limit, long bytes) {
                reads.incrementAndGet();
                return super.recent(beyond, limit, bytes);
            }

            @Override
            public Map<Long, UUID> last() throws SQLException {
                looks.incrementAndGet();
                return super.last();
            }
        };
    }

    @Test
    void whatAConsumerDoesNotWantCostsItNoTurn() throws Exception {
        idle(1);

        int before = reads.get();
        arrive(DELIVERIES);

        awaitCursorsAtTheEnd();
        assertThat(reads.get() - before).isLessThan(DELIVERIES / 10);
    }

    @Test
    void whatOtherNodesAppendIsReadOnceForAllConsumers() throws Exception {
        idle(2);
        int before = reads.get();

        try (Inbox other = super.inbox(shared)) {
            for (int i = 0; i < DELIVERIES; i++) {
                other.append(Arrivals.withIdentity(
                                Arrivals.story(i, "of another node"),
                                UUID.randomUUID().toString()))
                        .toCompletableFuture()
                        .get();
            }
        }

        awaitCursorsAtTheEnd();
        assertThat(reads.get() - before).isLessThan(DELIVERIES / 10);
    }

    /** The node looks four times a second, so that this is less than eight a second. */
    @Test
    void statementsDoNotGrowWithIdleConsumers() throws Exception {
        pace = Pace.USUAL;
        idle(CONSUMERS);
        awaitLooks(LOOKS);

        statements.clear();
        awaitLooks(LOOKS);

        assertThat(statements).hasSizeBetween(LOOKS, 2 * LOOKS);
    }

    private void awaitLooks(int howMany) {
        int before = looks.get();
        eventually().until(() -> looks.get() >= before + howMany);
    }

    private void idle(int consumers) throws Exception {
        EventConsumer[] idle = IntStream.range(0, consumers)
                .mapToObj(number -> consumer("idle " + number).wantingStory(NOWHERE))
                .toArray(EventConsumer[]::new);
        node(counting(dataSource(), statements::add), jta(), idle);
        eventually().until(() -> reads.get() >= consumers * Place.LANES);
    }

    private void awaitCursorsAtTheEnd() {
        eventually()
                .until(
                        () -> !sql().exists(
                                        "select 1 from mxhooks.lane l join mxhooks.delivery d on d.lane = l.lane and d.position > l.cursor"));
    }

    private static DataSource counting(DataSource dataSource, Consumer<String> statement) {
        return proxy(
                DataSource.class,
                dataSource,
                (method, arguments, result) ->
                        result instanceof Connection connection ? counting(connection, statement) : result);
    }

    private static Connection counting(Connection connection, Consumer<String> statement) {
        return proxy(Connection.class, connection, (method, arguments, result) -> {
            if (method.startsWith("prepare")) {
                statement.accept((String) arguments[0]);
            }
            return result;
        });
    }

    private interface Result {
        Object of(String method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, Result results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return results.of(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
