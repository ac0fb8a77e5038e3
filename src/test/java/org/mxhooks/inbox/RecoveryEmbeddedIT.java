package org.mxhooks.inbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.FaultyFile;
import org.mxhooks.database.TestDatabase;

/** After a fault the inbox works again by itself: no restart, nothing acknowledged lost. */
@Tag("persistence")
class RecoveryEmbeddedIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int INTERRUPTS = 100;
    private static final int READERS = 4;

    @TempDir
    private Path home;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final LostAnswers lostAnswers = new LostAnswers();
    private TestDatabase database;
    private Inbox inbox;
    private int acknowledged;

    @BeforeAll
    static void haveADiskThatBreaks() {
        FaultyFile.register();
    }

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.h2(FaultyFile.SCHEME + ":", home).migrated();
        inbox = new Inbox(faulty(), database.reconnecting(), this::thread, new SimpleMeterRegistry());
        accept("before");
    }

    @AfterEach
    void close() {
        FaultyFile.setBroken(false);
        inbox.close();
        database.close();
    }

    @Test
    void isOnDiskWhenItIsAcknowledged() {
        for (int delivery = 0; delivery < 5; delivery++) {
            long before = FaultyFile.syncs();

            accept("delivery " + delivery);

            assertThat(FaultyFile.syncs()).isGreaterThan(before);
        }
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new OutOfMemoryError("injected"),
                new StackOverflowError("injected"),
                new NoClassDefFoundError("injected"),
                new IllegalStateException("injected"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void writesTheNextGroupAfterAFaultOfItsThread(Throwable thrown) throws SQLException {
        fault.set(thrown);

        assertThat(receipt("at fault")).isInstanceOf(Receipt.Unavailable.class);
        accept("after");
        await().atMost(SOON).until(this::canWrite);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersACheckAfterAFaultOfItsThread(Throwable thrown) {
        fault.set(thrown);

        assertThat(canWrite()).isFalse();
        await().atMost(SOON).until(this::canWrite);
    }

    @Test
    void writesAfterItsThreadWasInterrupted() throws SQLException {
        for (int i = 0; i < INTERRUPTS; i++) {
            threads.forEach(Thread::interrupt);
            assertThat(receipt("interrupted " + i)).isNotNull();
        }

        await().atMost(SOON).until(() -> receipt("after") instanceof Receipt.Accepted);
    }

    /** As servers do with requests that take too long, and consumers' timeouts with theirs. */
    @Test
    void losesNothingToInterruptsOfThoseWhoRead() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        for (int i = 0; i < INTERRUPTS; i++) {
            List<Future<Long>> reading = IntStream.range(0, READERS)
                    .mapToObj(reader -> readers.submit(() -> writeAndCount(database.reconnecting())))
                    .toList();
            acceptAtLast("beside " + i);
            reading.forEach(each -> each.cancel(true));
        }
        readers.shutdown();
        readers.awaitTermination(SOON.toSeconds(), SECONDS);

        accept("after");
        assertThat(count()).isEqualTo(acknowledged);
    }

    @Test
    void acceptsOnceWhatWasCommittedWithoutAnAnswer() throws SQLException {
        lostAnswers.lose(1);

        accept("unanswered");

        assertThat(lostAnswers.left()).isZero();
        assertThat(count()).isEqualTo(acknowledged);
        accept("after");
    }

    @Test
    void refusesWhatNoConnectionCommits() {
        lostAnswers.lose(2);

        assertThat(receipt("unanswered")).isInstanceOf(Receipt.Unavailable.class);
        assertThat(receipt("unanswered")).isInstanceOf(Receipt.Duplicate.class);
    }

    @Test
    void reopensTheDatabaseThatAFaultOfTheDiskClosed() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        CountDownLatch reading = new CountDownLatch(READERS);
        AtomicBoolean recovered = new AtomicBoolean();
        try (Connection idle = database.reconnecting().getConnection()) {
            count(idle);
            List<Future<?>> ended = IntStream.range(0, READERS)
                    .<Future<?>>mapToObj(reader -> readers.submit(() -> {
                        readThroughout(reading, recovered);
                        return null;
                    }))
                    .toList();
            assertThat(reading.await(SOON.toSeconds(), SECONDS)).isTrue();

            FaultyFile.setBroken(true);
            await().atMost(SOON).until(() -> receipt("no space") instanceof Receipt.Unavailable);
            FaultyFile.setBroken(false);

            await().atMost(SOON).until(() -> receipt("space") instanceof Receipt.Accepted);
            acknowledged++;
            accept("after");
            recovered.set(true);
            for (Future<?> each : ended) {
                each.get(SOON.toSeconds(), SECONDS);
            }
            assertThat(count(idle)).isGreaterThanOrEqualTo(acknowledged);
        } finally {
            recovered.set(true);
            readers.shutdown();
        }
    }

    /** On one connection, as a pool would have it, through the fault and beyond. */
    private void readThroughout(CountDownLatch reading, AtomicBoolean recovered) throws SQLException {
        try (Connection connection = database.reconnecting().getConnection()) {
            assertThat(works(connection)).isTrue();
            reading.countDown();
            while (!recovered.get()) {
                works(connection);
            }
            await().atMost(SOON).until(() -> works(connection));
        }
    }

    private static boolean works(Connection connection) {
        try {
            connection.setAutoCommit(false);
            count(connection);
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            end(connection);
        }
    }

    /** As a pool does with a connection that it gets back, whatever state that is in. */
    private static void end(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException closed) {
            assertThat(closed.getSQLState()).isNotNull();
        }
    }

    private static long writeAndCount(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update mxhooks.retention set cursor = cursor + 1");
            return count(connection);
        }
    }

    private long count() throws SQLException {
        try (Connection connection = database.database().connect()) {
            return count(connection);
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from mxhooks.delivery")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void accept(String text) {
        assertThat(receipt(text)).isInstanceOf(Receipt.Accepted.class);
        acknowledged++;
    }

    /** An interrupt may close the database at any moment; a sender that was refused sends again. */
    private void acceptAtLast(String text) {
        await().atMost(SOON).until(() -> !(receipt(text) instanceof Receipt.Unavailable));
        acknowledged++;
    }

    private boolean canWrite() {
        return inbox.check().toCompletableFuture().orTimeout(30, SECONDS).join();
    }

    private Receipt receipt(String text) {
        return inbox.append(Arrivals.story(1, text))
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    /** A database whose next sync meets the fault, and whose next commits succeed without an answer. */
    private Database faulty() {
        Database faulty = new Database(database.settings()) {
            @Override
            public void sync(Connection connection) throws SQLException {
                Throwable thrown = fault.getAndSet(null);
                if (thrown instanceof Error error) {
                    throw error;
                }
                if (thrown instanceof RuntimeException exception) {
                    throw exception;
                }
                super.sync(connection);
            }

            @Override
            public Connection connectPlanningOnce() throws SQLException {
                return lostAnswers.of(super.connectPlanningOnce());
            }
        };
        faulty.open();
        return faulty;
    }
}
