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
import org.mxhooks.settings.Settings;

/** Publishes every event on the topic. A send returns when the broker has the message on its disk. */
@ApplicationScoped
class Publisher {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Longer than a factory as {@code server-config} has it takes to fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Presence presence = new Presence(PAUSE, PATIENCE);

    @Inject
    Settings settings;

    /** @throws TryLater whatever the broker says, since that is never about one event */
    @Consumer("jms")
    @Transactional(TxType.NOT_SUPPORTED)
    void publish(@Observes WebhookEvent event) {
        if (!presence.maySend()) {
            throw new TryLater(PAUSE, "the broker is away", null);
        }
        boolean sent = false;
        try {
            send(event);
            sent = true;
        } catch (JMSException | NamingException e) {
            throw new TryLater(PAUSE, "the broker is away: " + e, e);
        } finally {
            presence.ended(sent);
        }
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
