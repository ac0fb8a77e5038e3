package org.mxhooks.jms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.naming.Context;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.jndi.ActiveMQInitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.MapConfig;
import org.mxhooks.event.TryLater;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.settings.SettingsReader;

/** With an embedded Artemis that accepts messages up to a size. */
class PublisherTest {

    private static final Map<String, String> JNDI = Map.of(
            Context.INITIAL_CONTEXT_FACTORY,
            ActiveMQInitialContextFactory.class.getName(),
            Context.PROVIDER_URL,
            "vm://0");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicLong time = new AtomicLong();
    private final Publisher publisher = new Publisher(time::get);
    private final SizeLimit limit = new SizeLimit();
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    @TempDir
    Path home;

    @BeforeEach
    void start() throws Exception {
        JNDI.forEach(System::setProperty);
        publisher.settings = SettingsReader.read(MapConfig.of(Map.of(
                "mxhooks.home", home.toString(),
                "mxhooks.operator.password", "of-the-operator",
                "mxhooks.jms.connection-factory", "ConnectionFactory")));
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(false)
                .addAcceptorConfiguration("in-vm", "vm://0");
        configuration.registerBrokerPlugin(limit);
        broker.setConfiguration(configuration).start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        JNDI.keySet().forEach(System::clearProperty);
    }

    @Test
    void anEventThatTheBrokerRefusesDelaysNoOther() throws UndecodableBody {
        WebhookEvent refused = tooLarge();

        assertThatThrownBy(() -> publisher.publish(refused))
                .isInstanceOf(TryLater.class)
                .hasMessageContaining("message of");
        publisher.publish(small());
        publisher.publish(small());

        assertThat(limit.accepted).hasSize(2);
    }

    @Test
    void anEventThatTheBrokerRefusesFailsOnceItAcceptsAnother() throws UndecodableBody {
        WebhookEvent refused = tooLarge();
        assertThatThrownBy(() -> publisher.publish(refused)).isInstanceOf(TryLater.class);
        publisher.publish(small());

        assertThatThrownBy(() -> publisher.publish(refused)).satisfies(PublisherTest::isOrdinaryFailure);
        assertThatThrownBy(() -> publisher.publish(refused)).satisfies(PublisherTest::isOrdinaryFailure);
    }

    @Test
    void anEventThatTheBrokerRefusesFailsInTheEndWhereThereIsNoOther() throws UndecodableBody {
        WebhookEvent refused = tooLarge();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> publisher.publish(refused))
                    .isInstanceOfSatisfying(TryLater.class, later -> pauses.add(later.pause()));
            pass(LONG);
        }

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 16L);
        assertThatThrownBy(() -> publisher.publish(refused)).satisfies(PublisherTest::isOrdinaryFailure);
    }

    @Test
    void aBrokerThatRefusesEveryEventIsUnavailable() throws UndecodableBody {
        limit.bytes = 0;
        assertThatThrownBy(() -> publisher.publish(small())).isInstanceOf(TryLater.class);
        assertThatThrownBy(() -> publisher.publish(small())).isInstanceOf(TryLater.class);
        assertThatThrownBy(() -> publisher.publish(small())).isInstanceOf(TryLater.class);
        assertThat(limit.refused).as("the third was not tried").isEqualTo(2);

        limit.bytes = SizeLimit.DEFAULT;
        pass(LONG);
        publisher.publish(small());
        assertThat(limit.accepted).hasSize(1);
    }

    @Test
    void aRefusedProbeLetsAnotherEventProbe() throws Exception {
        WebhookEvent refused = tooLarge();
        broker.stop();
        assertThatThrownBy(() -> publisher.publish(small())).isInstanceOf(TryLater.class);
        broker.start();
        pass(LONG);

        assertThatThrownBy(() -> publisher.publish(refused)).isInstanceOf(TryLater.class);
        publisher.publish(small());
        assertThat(limit.accepted).hasSize(1);
    }

    @Test
    void noEventIsToBlameForABrokerThatIsAway() throws Exception {
        WebhookEvent event = small();
        broker.stop();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> publisher.publish(event))
                    .isInstanceOf(TryLater.class)
                    .hasMessageContaining("broker unavailable");
            pass(LONG);
        }
        broker.start();
        publisher.publish(event);
        assertThat(limit.accepted).hasSize(1);
    }

    private static void isOrdinaryFailure(Throwable thrown) {
        assertThat(thrown).isNotInstanceOf(TryLater.class).hasMessageContaining("message of");
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private static WebhookEvent small() throws UndecodableBody {
        return event("");
    }

    private static WebhookEvent tooLarge() throws UndecodableBody {
        return event("x".repeat(SizeLimit.DEFAULT));
    }

    private static WebhookEvent event(String name) throws UndecodableBody {
        byte[] body =
                Json.createObjectBuilder().add("Name", name).build().toString().getBytes(UTF_8);
        return DecodedBody.decode("projects", body)
                .toEvent(
                        new Provenance(UUID.randomUUID(), Optional.empty(), "default", 17, Instant.EPOCH, false, "{}"));
    }

    /** Of a message. */
    private static final class SizeLimit implements ActiveMQServerMessagePlugin {

        static final int DEFAULT = 50_000;

        private final List<Message> accepted = new ArrayList<>();
        private int bytes = DEFAULT;
        private int refused;

        @Override
        public void beforeSend(
                ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
                throws ActiveMQException {
            int size = message.toCore().getReadOnlyBodyBuffer().readableBytes();
            if (size > bytes) {
                refused++;
                throw new ActiveMQException("message of %s bytes, allowed are %s".formatted(size, bytes));
            }
            accepted.add(message);
        }
    }
}
