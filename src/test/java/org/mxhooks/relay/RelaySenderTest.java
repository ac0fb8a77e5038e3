package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.CapturedLog;
import org.mxhooks.MapConfig;
import org.mxhooks.WireFiles;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.dispatch.Notification;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
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
        Notification notification = notification();

        CallResult taken = sender.send(recipient(), notification);

        assertThat(taken.isSuccess()).isTrue();
        assertThatThrownBy(() -> sender.recordTaken(recipient(), notification, taken))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void countsAsFailedWhatWasNotTaken() {
        status = 500;
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> sender.send(recipient(), notification()))
                    .isInstanceOf(RelaySender.DeliveryFailed.class)
                    .hasMessageContaining("500");

            assertThat(log.lines()).anyMatch(line -> line.contains("was not recorded"));
        }
    }

    /** As long as a delivery is tried again, which is no time at all here. */
    @Test
    void waitsNotForEverForASubscriberThatAsksToWait() throws Exception {
        status = 503;
        Notification notification = notification();

        assertThatThrownBy(() -> sender.send(recipient(), notification)).isInstanceOf(TryLater.class);
        assertThatThrownBy(() -> sender.send(recipient(), notification))
                .as("not called meanwhile")
                .isInstanceOf(TryLater.class);
        assertThat(calls).hasValue(1);

        await().untilAsserted(() -> assertThatThrownBy(() -> sender.send(recipient(), notification))
                .isInstanceOf(GiveUp.class)
                .hasMessageContaining("mxhooks.relay.retry.for"));
        assertThat(calls).hasValue(2);
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

    private static Notification notification() throws Exception {
        byte[] body = WireFiles.bytes("bodies/story-updated.json");
        return new Notification(
                DecodedBody.decode("projects", body)
                        .toEvent(new Provenance(
                                UUID.randomUUID(), Optional.empty(), "default", 7, Instant.EPOCH, false, "{}")),
                "{}",
                body);
    }
}
