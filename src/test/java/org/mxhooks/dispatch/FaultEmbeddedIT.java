package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

/** After a fault dispatch works again by itself. */
@Tag("persistence")
class FaultEmbeddedIT extends DispatchFixture {

    @TempDir
    Path home;

    /** They are made at the start: without them there is no node. */
    private static final int THREADS_OF_DISPATCH = 3;

    private final AtomicInteger refusals = new AtomicInteger();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home.resolve(UUID.randomUUID().toString()));
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
