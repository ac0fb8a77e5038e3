package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.CapturedLog;
import org.mxhooks.MapConfig;
import org.mxhooks.WireFiles;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.NotTaken;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.Taken;
import org.mxhooks.dispatch.CallFailed;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.settings.SettingsReader;

/** What becomes of an answer while the database cannot record it: here it has no tables. */
class RelaySenderTest {

    private static final UUID ID = UUID.randomUUID();

    private final AtomicInteger calls = new AtomicInteger();
    private volatile int status = 200;
    private HttpServer subscriber;
    private RelaySender sender;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscriber.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        subscriber.start();
        JdbcDataSource withoutTables = new JdbcDataSource();
        withoutTables.setURL("jdbc:h2:mem:");
        sender = RelaySender.of(
                SettingsReader.read(MapConfig.of(Map.of(
                        "mxhooks.home",
                        home.toString(),
                        "mxhooks.relay.allow",
                        "127.0.0.1",
                        "mxhooks.relay.retry.for",
                        "PT0S"))),
                withoutTables,
                Engine.of(withoutTables));
    }

    @AfterEach
    void close() {
        sender.close();
        subscriber.stop(0);
    }

    /** Its attempt is recorded with the move of the cursor, or neither. */
    @Test
    void leavesWhatWasTakenToTheTransactionOfTheCursor() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(answerTo(delivery()))
                    .isInstanceOfSatisfying(
                            Taken.class, taken -> assertThat(taken.record()).isPresent());

            assertThat(log.lines()).noneMatch(line -> line.contains("was not recorded"));
        }
    }

    @Test
    void countsAsFailedWhatWasNotTaken() {
        status = 500;
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> verdictOn(delivery()))
                    .isInstanceOf(CallFailed.class)
                    .hasMessageContaining("500");

            assertThat(log.lines()).anyMatch(line -> line.contains("was not recorded"));
        }
    }

    /** As long as a delivery is tried again, which is no time at all here. */
    @Test
    void waitsNotForEverForASubscriberThatAsksToWait() throws Exception {
        status = 503;
        LogEntry delivery = delivery();

        assertThatThrownBy(() -> verdictOn(delivery)).isInstanceOf(TryLater.class);
        assertThatThrownBy(() -> verdictOn(delivery)).as("not called meanwhile").isInstanceOf(TryLater.class);
        assertThat(calls).hasValue(1);

        await().untilAsserted(() -> assertThatThrownBy(() -> verdictOn(delivery))
                .isInstanceOf(GiveUp.class)
                .hasMessageContaining("mxhooks.relay.retry.for"));
        assertThat(calls).hasValue(2);
    }

    private CallOutcome answerTo(LogEntry delivery) throws Exception {
        return sender.send(recipient(), delivery).get(30, TimeUnit.SECONDS);
    }

    private void verdictOn(LogEntry delivery) throws Exception {
        ((NotTaken) answerTo(delivery)).action().raise();
    }

    private Recipient recipient() {
        SubscriptionContent content = new SubscriptionContent(
                "one",
                "http://127.0.0.1:" + subscriber.getAddress().getPort(),
                "1",
                Set.of("stories"),
                Set.of(),
                Set.of(),
                "projects",
                Map.of());
        Subscription subscription = new Subscription(
                ID, content, true, Optional.empty(), BreakerState.UNTROUBLED, "0123456789ab", Instant.EPOCH, 1);
        return new Recipient(subscription, new Confidential("a secret of this test", Map.of()));
    }

    private static LogEntry delivery() throws Exception {
        byte[] body = WireFiles.bytes("bodies/story-updated.json");
        return new LogEntry(
                7,
                UUID.randomUUID(),
                "default",
                "projects",
                Instant.EPOCH,
                1,
                DecodedBody.decode("projects", body).attributes(Optional.empty(), List.of(), body, Instant.EPOCH),
                "{}",
                Optional.of(body));
    }
}
