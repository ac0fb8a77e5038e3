package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Broker;
import org.mxhooks.process.harness.PayaraServer;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Reckoning;
import org.mxhooks.process.harness.RoundRobin;
import org.mxhooks.process.harness.Traffic;
import org.mxhooks.process.harness.Traffic.Acknowledged;

/**
 * The scripts for Payara Server, run twice over a server with PostgreSQL and an Artemis elsewhere. Only
 * {@code -Pall-servers} has that server.
 */
@Tag("payara-server")
class PayaraServerScriptsIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int SOME = 300;

    @TempDir
    private Path scratch;

    @Test
    void publishFromPostgresToAnArtemisElsewhere() throws Exception {
        try (Postgres postgres = new Postgres(scratch.resolve("postgres"));
                Broker broker = new Broker(scratch.resolve("broker"))) {
            postgres.start();
            broker.start();
            try (PayaraServer server = new PayaraServer(settings(postgres, broker))) {
                server.start();
                assertChangesNothingAgain(server, "mxhooks.asadmin");
                assertChangesNothingAgain(server, "artemis.asadmin");
                server.deploy();
                BrokerOutageIT.survives("Payara Server", server.application(), broker, server.log());
                publishesAll(server, broker);
                server.undeploy();
            }
        }
    }

    private static void assertChangesNothingAgain(PayaraServer server, String script) throws Exception {
        assertThat(server.run(script)).isEqualTo(server.run(script));
    }

    private static void publishesAll(PayaraServer server, Broker broker) throws Exception {
        Portal portal = new Portal(server.application(), "default", SECRET);
        Operator operator = new Operator(server.application(), PASSWORD);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains("jms"));
        Traffic traffic = new Traffic(new RoundRobin(List.of(portal)), Traffic.FAST);
        traffic.awaitMore(SOME);
        server.restartAfterKill();
        traffic.awaitMore(SOME);
        Collection<Acknowledged> acknowledged = traffic.stop();
        await().atMost(SOON).until(() -> BrokerOutageIT.jms(operator).getInt("pending") == 0);
        Reckoning reckoning = Reckoning.of(acknowledged, broker.receiveAll());
        System.out.printf("Payara Server, killed and started again; %s; at the subscriber: %s%n", traffic, reckoning);
        assertThat(reckoning.absent()).isZero();
        assertThat(reckoning.outOfOrder()).isZero();
    }

    private static Map<String, String> settings(Postgres postgres, Broker broker) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.putAll(broker.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        return settings;
    }
}
