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
import java.util.function.LongSupplier;
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

    private final CircuitBreaker breaker;

    @Inject
    Settings settings;

    Publisher() {
        this(System::nanoTime);
    }

    Publisher(LongSupplier nanoTime) {
        breaker = new CircuitBreaker(MIN_PAUSE, MAX_PAUSE, PROBE_TIMEOUT, nanoTime);
    }

    /** The broker was reached and did not accept the message. */
    private static final class MessageRefused extends RuntimeException {

        private static final long serialVersionUID = 1;

        MessageRefused(Exception cause) {
            super("broker refused the message: " + causes(cause), cause);
        }
    }

    /**
     * @throws TryLater while the broker is unavailable, and for an event that it refuses until it has accepted another
     * @throws MessageRefused if it accepts other events, but not this one
     */
    @Consumer("jms")
    @Transactional(TxType.NOT_SUPPORTED)
    void publish(@Observes WebhookEvent event) {
        Permit permit = permit();
        String delivery = event.delivery().toString();
        try {
            send(event);
            breaker.succeeded(delivery);
        } catch (MessageRefused e) {
            Duration pause = breaker.refused(permit, delivery, e.getMessage()).orElseThrow(() -> e);
            throw new TryLater(pause, e.getMessage(), e);
        } catch (JMSException | NamingException | RuntimeException e) {
            String why = "broker unavailable: " + causes(e);
            throw new TryLater(breaker.failed(permit, why), why, e);
        } catch (Error e) {
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
            send(event, session, producer);
        }
    }

    private static void send(WebhookEvent event, Session session, MessageProducer producer) {
        try {
            producer.send(new EventMessage(event).in(session));
        } catch (JMSException | RuntimeException e) {
            throw new MessageRefused(e);
        }
    }
}
