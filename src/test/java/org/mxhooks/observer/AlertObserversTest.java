package org.mxhooks.observer;

import static jakarta.enterprise.event.Reception.IF_EXISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Critical;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.event.WebhookEvent;

/** Who is notified of alarms, and who is a consumer of webhooks. */
class AlertObserversTest {

    private static final OperatorAlert ALARM =
            new OperatorAlert(Kind.NEW_FIELD, "field", Instant.EPOCH, Optional.empty(), "It is new.", "See.");

    private static final List<String> NOTIFIED = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    static class Pager {
        void page(@Observes OperatorAlert alarm) {
            NOTIFIED.add("pager " + alarm.subject());
        }

        <T extends OperatorAlert> void variable(@Observes T alarm) {
            NOTIFIED.add("variable");
        }

        void critical(@Observes @Critical OperatorAlert alarm) {
            NOTIFIED.add("qualified");
        }
    }

    @RequestScoped
    static class OfRequest {
        void page(@Observes OperatorAlert alarm) {
            NOTIFIED.add("request");
        }
    }

    @Stateless
    static class Enterprise {
        public void page(@Observes OperatorAlert alarm) {
            NOTIFIED.add("enterprise");
        }
    }

    @ApplicationScoped
    static class OfWebhooks {
        void object(@Observes Object event) {
            NOTIFIED.add("object");
        }

        <T> void variable(@Observes T event) {
            NOTIFIED.add("any variable");
        }

        void webhook(@Observes WebhookEvent event) {
            NOTIFIED.add("webhook");
        }
    }

    @ApplicationScoped
    static class Named {
        @Consumer("pager")
        public void page(@Observes OperatorAlert alarm) {}
    }

    @ApplicationScoped
    static class Async {
        void page(@ObservesAsync OperatorAlert alarm) {}
    }

    @RequestScoped
    static class IfExists {
        void page(@Observes(notifyObserver = IF_EXISTS) OperatorAlert alarm) {}
    }

    @ApplicationScoped
    static class Metadata {
        void page(@Observes OperatorAlert alarm, EventMetadata metadata) {}
    }

    @SessionScoped
    static class OfSession implements Serializable {
        void page(@Observes OperatorAlert alarm) {}
    }

    @BeforeEach
    void forget() {
        NOTIFIED.clear();
    }

    @Test
    void observersOfAlarmsAreNotifiedAndAreNoConsumers() {
        try (Deployment deployment = Deployment.of(Pager.class, OfRequest.class, Enterprise.class)) {
            assertThat(deployment.consumers()).isEmpty();

            deployment.alarm(ALARM);

            assertThat(NOTIFIED).containsExactlyInAnyOrder("pager field", "variable", "request", "enterprise");
        }
    }

    @Test
    void consumersOfWebhooksAreNotNotifiedOfAlarms() {
        try (Deployment deployment = Deployment.of(OfWebhooks.class)) {
            assertThat(deployment.consumers()).hasSize(3);

            NOTIFIED.clear(); // the container's own events
            deployment.alarm(ALARM);

            assertThat(NOTIFIED).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Async.class, IfExists.class, Metadata.class, OfSession.class})
    void whoWouldBeSkippedIsRefused(Class<?> bean) {
        assertThatThrownBy(() -> Deployment.of(bean).close())
                .hasMessageContaining(bean.getCanonicalName() + ".page(OperatorAlert")
                .hasMessageContaining(" cannot observe alarms: ");
    }

    @Test
    void noneIsGivenTheNameOfAConsumer() {
        assertThatThrownBy(() -> Deployment.of(Named.class).close())
                .hasMessageContaining("@Consumer on " + Named.class.getCanonicalName() + ".page(OperatorAlert)")
                .hasMessageContaining("observes no webhook event");
    }
}
