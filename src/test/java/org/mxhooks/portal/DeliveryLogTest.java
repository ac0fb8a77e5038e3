package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryLogTest {

    @TempDir
    private Path home;

    private Subscriber subscriber;
    private RunningPortal portal;
    private String app;

    @BeforeEach
    void start() throws IOException {
        subscriber = new Subscriber();
        portal = new RunningPortal(home);
        app = portal.app();
        portal.post(
                app + "/webhooks",
                "{\"family\":\"projects\",\"name\":\"a\",\"url\":\"%s\"}".formatted(subscriber.url("/hook")));
    }

    @AfterEach
    void stop() {
        portal.close();
        subscriber.close();
    }

    @Test
    void theNewestAreKeptAndWhatWaits() {
        subscriber.answers(call -> call.text().contains("stuck") ? 500 : 202);
        for (String name : List.of("a", "stuck", "b", "c", "d")) {
            portal.post(app + "/stories", "{\"name\":\"%s\"}".formatted(name));
        }
        await().until(() -> states().stream().filter("delivered"::equals).count() == 4);

        new DeliveryLog(portal.portal().database(), 2).trim();

        assertThat(states()).containsExactly("delivered", "delivered", "waiting");
        long events = portal.portal().database().read(tables -> tables.number("select count(*) from event"));
        assertThat(events).isEqualTo(3);
        subscriber.answers(call -> 202);
        await().until(() -> subscriber.accepted("/hook").size() == 5);
    }

    /** The newest first. */
    private List<String> states() {
        return portal.get("api/deliveries").getJsonArray("deliveries").getValuesAs(JsonObject.class).stream()
                .map(delivery -> delivery.getString("state"))
                .toList();
    }
}
