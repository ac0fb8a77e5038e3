package org.mxhooks.observer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.observer.Deployment.event;

import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Category;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.Created;
import org.mxhooks.event.Critical;
import org.mxhooks.event.Ok;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.Recovery;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.Updated;
import org.mxhooks.event.Warning;
import org.mxhooks.event.WebhookEvent;

class ConsumerDiscoveryTest {

    private static final List<String> NOTIFIED = new CopyOnWriteArrayList<>();

    interface OwnEvent extends StoryEvent {}

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

        void object(@Observes Object event) {}

        void updatedObject(@Observes @Updated Object event) {}

        <T> void variable(@Observes T event) {}

        <T extends StoryEvent> void boundedVariable(@Observes T event) {}

        <T extends SprintEvent, U extends T> void variableBoundedByAnother(@Observes U event) {}

        <T extends WebhookEvent & StoryEvent> void variableOfTwoBounds(@Observes T event) {}
    }

    @ApplicationScoped
    static class OfDeployments {
        void pushes(@Observes TeamServerPushEvent event) {}

        void packages(@Observes PackageUploadedEvent event) {}

        void alerts(@Observes AlertEvent event) {}

        void ok(@Observes @Ok AlertEvent event) {}

        void warning(@Observes @Warning AlertEvent event) {}

        void critical(@Observes @Critical AlertEvent event) {}

        void anythingCritical(@Observes @Critical WebhookEvent event) {}

        void recovery(@Observes @Recovery AlertEvent event) {}

        void category(@Observes @Category("alerts") WebhookEvent event) {}
    }

    @ApplicationScoped
    static class Others {
        void lifecycle(@Observes Startup event) {}

        void anything(@Observes @Initialized(ApplicationScoped.class) Object event) {}

        void anotherQualifier(@Observes @Default StoryEvent event) {}

        void ownEvent(@Observes OwnEvent event) {}

        void parameterized(@Observes List<StoryEvent> event) {}

        void unrelated(@Observes Serializable event) {}

        <T extends Comparable<T>> void variable(@Observes T event) {}

        <T extends StoryEvent & Serializable> void variableOfTwoBounds(@Observes T event) {}
    }

    /** Not a bean. */
    static class Board<E extends WebhookEvent> {
        void remember(@Observes E event) {
            NOTIFIED.add(getClass().getSimpleName().replaceFirst("\\$.*", ""));
        }
    }

    @ApplicationScoped
    static class StoryBoard extends Board<StoryEvent> {}

    @ApplicationScoped
    static class SprintBoard extends Board<SprintEvent> {}

    @ApplicationScoped
    static class AnyBoard extends Board<WebhookEvent> {}

    @Stateless
    static class Enterprise {
        public void remember(@Observes StoryEvent event) {
            NOTIFIED.add("enterprise");
        }
    }

    @ApplicationScoped
    static class Hidden {
        static void ofTheClass(@Observes StoryEvent event) {
            NOTIFIED.add("static");
        }

        private void ofTheBean(@Observes StoryEvent event) {
            NOTIFIED.add("private");
        }
    }

    @ApplicationScoped
    static class Prioritized {
        void last(@Observes @Priority(2) StoryEvent event) {}

        void first(@Observes @Priority(1) StoryEvent event) {}
    }

    @ApplicationScoped
    static class Overloaded {
        @Consumer("of-stories")
        void remember(@Observes StoryEvent event) {}

        @Consumer("of-sprints")
        void remember(@Observes SprintEvent event) {}
    }

    @RequestScoped
    static class Scoped {
        private final List<String> requests = new ArrayList<>();

        void count(@Observes StoryEvent event) {
            requests.add("request");
            NOTIFIED.add("request " + requests.size() + " of this bean");
        }
    }

    @BeforeEach
    void forget() {
        NOTIFIED.clear();
    }

    @Test
    void findsEveryObserverOfWebhooks() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            assertThat(deployment.consumers())
                    .extracting(ObserverConsumer::name)
                    .containsExactlyInAnyOrder(
                            named("stories"),
                            named("updatedStories"),
                            named("createdStories"),
                            named("sprints"),
                            named("category"),
                            named("unknown"),
                            "audit",
                            named("explicitlyAny"),
                            named("object"),
                            named("updatedObject"),
                            named("variable"),
                            named("boundedVariable"),
                            named("variableBoundedByAnother"),
                            named("variableOfTwoBounds"));
        }
    }

    @Test
    void findsNoObserverThatAWebhookNeverReaches() {
        try (Deployment deployment = Deployment.of(Others.class)) {
            assertThat(deployment.consumers()).isEmpty();
        }
    }

    @Test
    void startsAtTheEndUnlessAskedOtherwise() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            assertThat(deployment.consumers())
                    .filteredOn(consumer -> consumer.from() == From.BEGINNING)
                    .extracting(ObserverConsumer::name)
                    .containsExactly("audit");
        }
    }

    @Test
    void resolvesByTypeActionAndCategory() {
        try (Deployment deployment = Deployment.of(Observers.class)) {
            assertThat(deployment.wanting(event("story-updated.json")))
                    .containsExactlyInAnyOrder(
                            named("stories"),
                            named("updatedStories"),
                            named("category"),
                            "audit",
                            named("explicitlyAny"),
                            named("object"),
                            named("updatedObject"),
                            named("variable"),
                            named("boundedVariable"),
                            named("variableOfTwoBounds"));
            assertThat(deployment.wanting(event("sprint-created.json")))
                    .containsExactlyInAnyOrder(
                            named("sprints"),
                            "audit",
                            named("explicitlyAny"),
                            named("object"),
                            named("variable"),
                            named("variableBoundedByAnother"));
            assertThat(deployment.wanting(event("package-uploaded.json")))
                    .containsExactlyInAnyOrder("audit", named("explicitlyAny"), named("object"), named("variable"));
            assertThat(deployment.wanting(event("standard-webhooks", "{}".getBytes(UTF_8))))
                    .containsExactlyInAnyOrder(
                            named("unknown"), "audit", named("explicitlyAny"), named("object"), named("variable"));
        }
    }

    @Test
    void resolvesAlertsByTheirSeverity() {
        try (Deployment deployment = Deployment.of(OfDeployments.class)) {
            assertThat(methodsWanting(deployment, event("teamserver-push.json")))
                    .containsExactly("pushes");
            assertThat(methodsWanting(deployment, event("package-uploaded.json")))
                    .containsExactly("packages");
            assertThat(methodsWanting(deployment, alert("Ok"))).containsExactlyInAnyOrder("alerts", "category", "ok");
            assertThat(methodsWanting(deployment, alert("WARNING")))
                    .containsExactlyInAnyOrder("alerts", "category", "warning");
            assertThat(methodsWanting(deployment, alert("Critical")))
                    .containsExactlyInAnyOrder("alerts", "category", "critical", "anythingCritical");
            assertThat(methodsWanting(deployment, alert("Recovery")))
                    .containsExactlyInAnyOrder("alerts", "category", "recovery");
            assertThat(methodsWanting(deployment, alert("Fatal"))).containsExactlyInAnyOrder("alerts", "category");
        }
    }

    private static WebhookEvent alert(String severity) {
        return event(
                "standard-webhooks", "{\"severity\":\"%s\"}".formatted(severity).getBytes(UTF_8));
    }

    private static List<String> methodsWanting(Deployment deployment, WebhookEvent event) {
        return deployment.wanting(event).stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .toList();
    }

    @Test
    void aMethodThatTwoBeansInheritIsTwoConsumers() {
        try (Deployment deployment = Deployment.of(StoryBoard.class, SprintBoard.class, AnyBoard.class)) {
            assertThat(deployment.consumers())
                    .extracting(ObserverConsumer::name)
                    .containsExactlyInAnyOrder(
                            StoryBoard.class.getCanonicalName() + ".remember",
                            SprintBoard.class.getCanonicalName() + ".remember",
                            AnyBoard.class.getCanonicalName() + ".remember");

            deployment.notify(event("story-updated.json"));

            assertThat(NOTIFIED).containsExactlyInAnyOrder("StoryBoard", "AnyBoard");
        }
    }

    @Test
    void overloadedMethodsWithNamesAreTwoConsumers() {
        try (Deployment deployment = Deployment.of(Overloaded.class)) {
            assertThat(deployment.wanting(event("story-updated.json"))).containsExactly("of-stories");
            assertThat(deployment.wanting(event("sprint-updated.json"))).containsExactly("of-sprints");
        }
    }

    @Test
    void aDeliveryIsNotDecodedForObserversOfOtherTypes() {
        try (Deployment deployment = Deployment.of(Overloaded.class)) {
            assertThat(deployment.mayWant("stories", "updated")).containsExactly("of-stories");
            assertThat(deployment.mayWant("alerts", "critical")).isEmpty();
            assertThat(deployment.mayWant("unknown", "updated"))
                    .as("this version may know more than the one that stored it")
                    .containsExactlyInAnyOrder("of-stories", "of-sprints");
            assertThat(deployment.mayWant("of a later version", "updated"))
                    .containsExactlyInAnyOrder("of-stories", "of-sprints");
        }
    }

    @Test
    void acceptsAPriority() {
        try (Deployment deployment = Deployment.of(Prioritized.class)) {
            assertThat(deployment.wanting(event("story-updated.json"))).hasSize(2);
        }
    }

    @Test
    void notifiesPrivateStaticAndEnterpriseObservers() {
        try (Deployment deployment = Deployment.of(Hidden.class, Enterprise.class)) {
            deployment.notify(event("story-updated.json"));

            assertThat(NOTIFIED).containsExactlyInAnyOrder("private", "static", "enterprise");
        }
    }

    @Test
    void notifiesARequestScopedObserverInARequestOfItsOwn() {
        try (Deployment deployment = Deployment.of(Scoped.class)) {
            deployment.notify(event("story-updated.json"));
            deployment.notify(event("story-updated.json"));

            assertThat(NOTIFIED).containsExactly("request 1 of this bean", "request 1 of this bean");
        }
    }

    private static String named(String method) {
        return Observers.class.getCanonicalName() + "." + method;
    }
}
