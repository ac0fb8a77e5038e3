package org.mxhooks.jms;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import javax.naming.NamingException;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.TryLater;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.resilience.CircuitBreaker;
import org.mxhooks.resilience.CircuitBreaker.Permit;
import org.mxhooks.settings.Settings;

/** Publishes every event on the topic. A send returns when the broker has the message on its disk. */
@ApplicationScoped
class Publisher {

    private static final int MAX_CAUSES = 50;
    private static final Duration MIN_PAUSE = Duration.ofSeconds(2);

    /** Within which a broker's recovery is noticed; each probe costs some servers a stack trace. */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    /** Longer than a factory as {@code server-config} has it takes to fail. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(30);

    private final CircuitBreaker breaker = new CircuitBreaker(MIN_PAUSE, MAX_PAUSE, PROBE_TIMEOUT, System::nanoTime);

    @Inject
    Settings settings;

    /** @throws TryLater on every failure of the broker, since that is never about one event */
    @Consumer("jms")
    @Transactional(TxType.NOT_SUPPORTED)
    void publish(@Observes WebhookEvent event) {
        Permit permit = permit();
        try {
            send(event);
            breaker.succeeded();
        } catch (JMSException | NamingException e) {
            String why = "broker unavailable: " + causes(e);
            throw new TryLater(breaker.failed(permit, why), why, e);
        } catch (RuntimeException | Error e) {
            breaker.failed(permit, "broker unavailable: " + causes(e));
            throw e;
        }
    }

    private Permit permit() {
        try {
            return breaker.acquire();
        } catch (CircuitBreaker.Open open) {
            throw new TryLater(open.retryAfter(), open.getMessage(), null);
        }
    }

    /** An adapter's own message is seldom more than that it failed. */
    private static String causes(Throwable thrown) {
        Throwable deepest = thrown;
        for (int depth = 0; depth < MAX_CAUSES && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest == thrown ? thrown.toString() : thrown + " (caused by " + deepest + ")";
    }

    private void send(WebhookEvent event) throws JMSException, NamingException {
        Broker broker = new Broker(settings.jms().connectionFactory());
        try (Connection connection = broker.lookUp().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            MessageProducer producer =
                    session.createProducer(session.createTopic(settings.jms().topic()));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.send(new EventMessage(event).in(session));
        }
    }
}
