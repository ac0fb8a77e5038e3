package org.mxhooks.process.benchmarks.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.mxhooks.mendix.UndecodableBody;

/** The mirror's JPA writes and a persistent message on a topic, and nothing else: one after the other. */
@Path("both/{events}")
@ApplicationScoped
public class BareMessages {

    /** The server's, by its JNDI name. */
    public static final String FACTORY = "jms/mxhooks";

    @Inject
    BareLoop mirror;

    /** Writes and sends so many events, from a body with the placeholder {@code 4711}; returns how many a second. */
    @POST
    public String both(@PathParam("events") int events, byte[] body)
            throws UndecodableBody, NamingException, JMSException {
        ConnectionFactory factory = (ConnectionFactory) new InitialContext().lookup(FACTORY);
        String text = new String(body, UTF_8);
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            mirror.mirror(1, body);
            try (Connection connection = factory.createConnection();
                    Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
                session.createProducer(session.createTopic("bare")).send(session.createTextMessage(text));
            }
        }
        return String.valueOf(events / ((System.nanoTime() - begin) / 1e9));
    }
}
