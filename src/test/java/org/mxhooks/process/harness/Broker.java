package org.mxhooks.process.harness;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.mxhooks.Ports;

/**
 * A broker in a process of its own, which comes back at the same port with the same messages, and a durable subscriber
 * to the topic.
 */
public final class Broker implements AutoCloseable {

    /** Commands that configure Payara Micro for this broker. */
    public static final Path ADAPTER = Path.of("server-config/payara-micro/artemis.asadmin");

    /** Its audit log has each message in full. */
    private static final String QUIET_LOGGING = "src/test/resources/logging.properties";

    private static final String TOPIC = "mxhooks.events";
    private static final String SUBSCRIPTION = "warehouse";
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Path directory;
    private final int port;
    private ServerProcess process;

    /** One that is not running yet. */
    public Broker(Path directory) throws IOException {
        this.directory = directory;
        this.port = Ports.free();
    }

    public int port() {
        return port;
    }

    /** Settings of Payara Micro to use it by {@link #ADAPTER}. */
    public Map<String, String> settings() {
        return Map.of(
                "broker.url",
                        "tcp://127.0.0.1:" + port + "?jms.sendTimeout=10000&wireFormat.maxInactivityDuration=10000",
                "broker.user", "mxhooks",
                "broker.password", "unasked",
                "mxhooks.jms.connection-factory", "jms/mxhooks");
    }

    /** Returns when it answers, and the subscription is known to it. */
    public void start() throws IOException {
        List<String> command =
                new ArrayList<>(PayaraMicro.java(Map.of("java.util.logging.config.file", QUIET_LOGGING)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ArtemisConsole.class.getName()));
        command.addAll(List.of(String.valueOf(port), directory.toString()));
        process = ServerProcess.start("broker", command, Map.of());
        process.await(this::hasSubscription, 0);
    }

    private boolean hasSubscription() {
        try {
            return subscribe(subscriber -> true);
        } catch (JMSException notYet) {
            return false;
        }
    }

    /** SIGKILL: nothing in the process gets to run any more. */
    public void killNine() {
        process.killNine();
    }

    /** SIGSTOP: its connections stay, nobody answers on them. */
    public void pause() throws IOException, InterruptedException {
        process.pause();
    }

    public void resume() throws IOException, InterruptedException {
        process.resume();
    }

    /** What waits for the subscriber, in the order in which it gets it; then it waits no more. */
    public List<Books.Entry> receiveAll() throws JMSException {
        return subscribe(subscriber -> {
            List<Books.Entry> received = new ArrayList<>();
            for (Message message = subscriber.receive(SILENCE.toMillis());
                    message != null;
                    message = subscriber.receive(SILENCE.toMillis())) {
                received.add(entry(message));
            }
            return received;
        });
    }

    private static Books.Entry entry(Message message) throws JMSException {
        JsonObject body = Json.createReader(new StringReader(message.getBody(String.class)))
                .readObject();
        JsonObject story = body.getJsonObject("json").getJsonObject("Story");
        return new Books.Entry(
                UUID.fromString(message.getStringProperty("delivery")),
                message.getLongProperty("resourceId"),
                numberOf(story.getString("Name")));
    }

    /** 0 where the test did not number the story. */
    private static long numberOf(String name) {
        return name.matches("\\d+") ? Long.parseLong(name) : 0;
    }

    private interface Subscriber<T> {
        T use(MessageConsumer subscriber) throws JMSException;
    }

    private <T> T subscribe(Subscriber<T> use) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
                Connection connection = factory.createConnection()) {
            connection.setClientID(SUBSCRIPTION);
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            return use.use(session.createDurableSubscriber(session.createTopic(TOPIC), SUBSCRIPTION));
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
