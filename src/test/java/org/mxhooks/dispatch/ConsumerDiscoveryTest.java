package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.mxhooks.WireFiles;
import org.mxhooks.event.Category;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.Created;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.Updated;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Payload;
import org.mxhooks.mendix.Provenance;

class ConsumerDiscoveryTest {

    @ApplicationScoped
    static class Observers {
        void stories(@Observes StoryEvent event) {}

        void updatedStories(@Observes @Updated StoryEvent event) {}

        void createdStories(@Observes @Created StoryEvent event) {}

        void sprints(@Observes SprintEvent event) {}

        void category(@Observes @Category("stories") WebhookEvent event) {}

        void unknown(@Observes UnknownEvent event) {}

        @Consumer(value = "audit", from = From.BEGINNING)
        void everything(@Observes WebhookEvent event) {}

        void explicitlyAny(@Observes @Any WebhookEvent event) {}

        void somethingElse(@Observes Startup event) {}
    }

    @RequestScoped
    static class Scoped {
        static int notified;

        void count(@Observes StoryEvent event) {
            notified++;
        }
    }

    @ApplicationScoped
    static class SameName {
        @Consumer("audit")
        void also(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class BadName {
        @Consumer("no spaces")
        void odd(@Observes StoryEvent event) {}
    }

    @Test
    void findsEveryObserverOfWebhooksAndNoOther() {
        try (WeldContainer container = deployment(Observers.class)) {
            assertThat(consumers(container))
                    .extracting(ObserverConsumer::name)
                    .containsExactlyInAnyOrder(
                            named("stories"),
                            named("updatedStories"),
                            named("createdStories"),
                            named("sprints"),
                            named("category"),
                            named("unknown"),
                            "audit",
                            named("explicitlyAny"));
        }
    }

    @Test
    void startsAtTheEndUnlessAskedOtherwise() {
        try (WeldContainer container = deployment(Observers.class)) {
            assertThat(consumers(container))
                    .filteredOn(consumer -> consumer.from() == From.BEGINNING)
                    .extracting(ObserverConsumer::name)
                    .containsExactly("audit");
        }
    }

    @Test
    void resolvesByTypeActionAndCategory() {
        try (WeldContainer container = deployment(Observers.class)) {
            assertThat(wanting(container, event("story-updated.json")))
                    .containsExactlyInAnyOrder(
                            named("stories"),
                            named("updatedStories"),
                            named("category"),
                            "audit",
                            named("explicitlyAny"));
            assertThat(wanting(container, event("sprint-created.json")))
                    .containsExactlyInAnyOrder(named("sprints"), "audit", named("explicitlyAny"));
            assertThat(wanting(container, event("package-uploaded.json")))
                    .containsExactlyInAnyOrder(named("unknown"), "audit", named("explicitlyAny"));
        }
    }

    @Test
    void notifiesARequestScopedObserver() {
        try (WeldContainer container = deployment(Scoped.class)) {
            Scoped.notified = 0;

            consumers(container).get(0).notify(event("story-updated.json"));

            assertThat(Scoped.notified).isEqualTo(1);
        }
    }

    @Test
    void refusesTwoObserversOfOneName() {
        assertThatThrownBy(() -> deployment(Observers.class, SameName.class).close())
                .hasMessageContaining("'audit'")
                .hasMessageContaining("@Consumer name of its own");
    }

    @Test
    void refusesANameThatIsNone() {
        assertThatThrownBy(() -> deployment(BadName.class).close())
                .hasMessageContaining("'no spaces'")
                .hasMessageContaining(BadName.class.getName());
    }

    private static WeldContainer deployment(Class<?>... beans) {
        return new Weld()
                .disableDiscovery()
                .addExtension(new ConsumerDiscovery())
                .addBeanClasses(beans)
                .addBeanClass(RequestScope.class)
                .initialize();
    }

    private static List<ObserverConsumer> consumers(WeldContainer container) {
        RequestScope requestScope = container.select(RequestScope.class).get();
        return container.select(ConsumerDiscovery.class).get().methods().stream()
                .map(method -> new ObserverConsumer(method, container.getBeanManager(), requestScope))
                .toList();
    }

    private static List<String> wanting(WeldContainer container, WebhookEvent event) {
        return consumers(container).stream()
                .filter(consumer -> consumer.wants(event))
                .map(ObserverConsumer::name)
                .toList();
    }

    private static String named(String method) {
        return Observers.class.getCanonicalName() + "." + method;
    }

    private static WebhookEvent event(String file) {
        try {
            return Payload.decode(WireFiles.bytes("bodies/" + file), Optional.empty())
                    .toEvent(new Provenance(UUID.randomUUID(), Optional.empty(), "default", 1, false));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
