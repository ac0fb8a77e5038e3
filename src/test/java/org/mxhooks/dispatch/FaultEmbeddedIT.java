package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Inbox;

/** After a fault dispatch works again by itself. */
@Tag("persistence")
class FaultEmbeddedIT extends DispatchFixture {

    @TempDir
    Path home;

    /** They are made at the start: without them there is no node. */
    private static final int THREADS_OF_DISPATCH = 3;

    private final AtomicInteger refusals = new AtomicInteger();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile Consumer<Set<Integer>> onAppend;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home.resolve(UUID.randomUUID().toString()));
    }

    @Override
    Inbox inbox(TestDatabase onDatabase) {
        return new Inbox(onDatabase.database(), onDatabase.dataSource(), Executors.defaultThreadFactory(), meters) {
            @Override
            public void onAppend(Consumer<Set<Integer>> listener) {
                onAppend = listener;
                super.onAppend(listener);
            }
        };
    }

    @Test
    void survivesThatNoThreadCanBeMade() {
        EffectLog consumer = consumer("one");
        refusals.set(8);
        node(dataSource(), jta(), this::thread, consumer);
        arrive(40);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(40));
        assertThat(refusals).hasNonPositiveValue();
        assertOnceAndInOrder(consumer);
    }

    /** What could not be begun, recorded or settled for want of a thread is, when there is one. */
    @Test
    void callsWhenThreadsCanBeMadeAgain() {
        Callee callee = new Callee("callee").on("flaky", delivery -> {
            if (delivery.position() % 2 == 0) {
                throw new IllegalStateException("not taken");
            }
        });
        node(dataSource(), jta(), this::thread, callee);
        awaitClaims("callee");
        refusals.set(12);
        for (int story = 0; story < 40; story++) {
            arrive(story, "flaky");
        }
        eventually().until(() -> refusals.get() <= 0);
        callee.mend();

        EffectLog recorded = consumer("callee");
        eventually().untilAsserted(() -> assertThat(recorded.effects()).hasSize(40));
        assertOnceAndInOrder(recorded);
    }

    @Test
    void survivesInterruptsOfItsThreads() {
        EffectLog consumer = consumer("one");
        node(dataSource(), jta(), this::thread, consumer);

        for (int i = 0; i < 40; i++) {
            arrive(1);
            threads.forEach(Thread::interrupt);
        }

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(40));
        arrive(1);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(41));
    }

    /** Permits for the loop's pauses arrive all the time. */
    @Test
    void tendsToRetriesAndConsumersHoweverMuchArrives() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> flood = Stream.generate(() -> new Thread(() -> {
                    while (!over.get()) {
                        onAppend.accept(Set.of());
                    }
                }))
                .limit(6)
                .toList();
        EffectLog consumer = consumer("one").failingOn("poison");
        List<EventConsumer> consumers = new CopyOnWriteArrayList<>(List.of(consumer));
        node(() -> consumers);
        arrive(1, "poison");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        flood.forEach(Thread::start);
        try {
            consumer.mend();
            EffectLog added = consumer("added");
            consumers.add(added);

            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
            eventually().untilAsserted(() -> assertThat(added.effects()).hasSize(1));
        } finally {
            over.set(true);
            for (Thread each : flood) {
                each.join();
            }
        }
    }

    @Test
    void oneConsumersFailureSkipsNoOther() throws Exception {
        DataSource failing = failingFor("one of many 7");
        List<EffectLog> consumers = IntStream.range(0, 20)
                .mapToObj(number -> consumer("one of many " + number))
                .toList();
        AutoCloseable node = node(failing, jta(), consumers.toArray(EventConsumer[]::new));
        arrive(1);

        for (EffectLog consumer : consumers) {
            int expected = consumer.name().endsWith(" 7") ? 0 : 1;
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(expected));
        }
        node.close();
        node(consumers.get(7));
        eventually().untilAsserted(() -> assertThat(consumers.get(7).effects()).hasSize(1));
    }

    @Test
    void survivesAnErrorInItsLoop() {
        AtomicInteger errors = new AtomicInteger();
        EffectLog consumer = consumer("one");
        node(() -> {
            if (errors.getAndIncrement() % 2 == 1) {
                throw new StackOverflowError("of a source of consumers");
            }
            return List.of(consumer);
        });

        for (int i = 1; i <= 5; i++) {
            int expected = i;
            int before = errors.get();
            arrive(1);
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(expected));
            eventually().until(() -> errors.get() >= before + 2);
        }
    }

    /** What is asked about the lanes of one consumer fails. */
    private DataSource failingFor(String consumer) {
        return proxy(
                DataSource.class,
                dataSource(),
                (method, arguments, result) -> result instanceof Connection connection
                        ? proxy(
                                Connection.class,
                                connection,
                                (call, sql, statement) -> statement instanceof PreparedStatement prepared
                                                && String.valueOf(sql[0])
                                                        .contains("p.lane = place.lane and p.due is not null")
                                        ? proxy(PreparedStatement.class, prepared, (bind, parameters, nothing) -> {
                                            if (parameters != null
                                                    && parameters.length == 2
                                                    && consumer.equals(parameters[1])) {
                                                throw new SQLException("failed on purpose", "54000");
                                            }
                                            return nothing;
                                        })
                                        : statement)
                        : result);
    }

    private interface Around {
        Object result(String method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                FaultEmbeddedIT.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        around.result(method.getName(), arguments, method.invoke(real, arguments))));
    }

    private Thread thread(Runnable work) {
        boolean isOfDispatch = threads.size() < THREADS_OF_DISPATCH;
        if (!isOfDispatch && refusals.getAndDecrement() > 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    }
}
