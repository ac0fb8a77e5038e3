package org.mxhooks.observer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Category;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.Created;
import org.mxhooks.event.Critical;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.Updated;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Attributes;

/** Nothing that an observer wants is outside of the categories that are read for it, whatever it observes. */
class ObservedCategoriesTest {

    /** Also one of a later release, under which it may log what is unknown to this one. */
    private static final List<String> CATEGORIES = List.of(
            "stories", "sprints", "teamserver.push", "package.uploaded", "alerts", Attributes.UNKNOWN, "wishes");

    private static final List<Annotation> ACTIONS =
            List.of(Created.Literal.INSTANCE, Updated.Literal.INSTANCE, Critical.Literal.INSTANCE);

    private static final Observers OBSERVERS = new Observers();

    private static WeldContainer container;

    /** Of each kind, also a story and a sprint without a usable id, and one of which the category is unknown. */
    private static List<WebhookEvent> events() {
        return Stream.concat(
                        Stream.of(
                                        "story-created.json",
                                        "story-updated.json",
                                        "sprint-created.json",
                                        "sprint-updated.json",
                                        "package-uploaded.json",
                                        "teamserver-push.json",
                                        "alert.json")
                                .map(Deployment::event),
                        Stream.of(
                                Deployment.event("projects", bytes("{\"Action\":\"updated\",\"Story\":{}}")),
                                Deployment.event("projects", bytes("{\"Action\":\"created\",\"Sprint\":{}}")),
                                Deployment.event("projects", bytes("{\"Action\":\"created\",\"Wish\":{}}")),
                                Deployment.event("standard-webhooks", bytes("{\"eventType\":\"wish\"}"))))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The categories under which some release may have logged a body that this one decodes to such an event. */
    private static Stream<String> logged(WebhookEvent event) {
        return event.category().equals(Attributes.UNKNOWN)
                ? Stream.of(Attributes.UNKNOWN, "wishes")
                : Stream.of(Attributes.UNKNOWN, event.category());
    }

    @BeforeAll
    static void start() {
        container = new Weld()
                .disableDiscovery()
                .addExtension(OBSERVERS)
                .addBeanClasses(RequestScope.class)
                .initialize();
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @Test
    void whatIsWantedIsRead() {
        for (ObserverConsumer consumer : consumers()) {
            assertThat(consumer.categories().isEmpty()
                            || consumer.categories().get().containsAll(wanted(consumer)))
                    .as("%s wants %s", consumer.categories(), wanted(consumer))
                    .isTrue();
        }
    }

    /** Those which want an event of a category, whatever its action, and nothing that is unknown. */
    @Test
    void nothingElseIsRead() {
        List<ObserverConsumer> ofAnyAction = consumers().stream()
                .filter(consumer ->
                        ACTIONS.stream().noneMatch(consumer.method().observer().getObservedQualifiers()::contains))
                .toList();

        assertThat(ofAnyAction).hasSize(Observers.TYPES * (CATEGORIES.size() + 1));
        assertThat(ofAnyAction)
                .allSatisfy(consumer -> assertThat(consumer.categories())
                        .as(consumer.name())
                        .isEqualTo(wantsUnknown(consumer) ? Optional.empty() : Optional.of(wanted(consumer))));
    }

    private static boolean wantsUnknown(ObserverConsumer consumer) {
        return events().stream()
                .filter(event -> event.category().equals(Attributes.UNKNOWN))
                .anyMatch(consumer::wants);
    }

    /**
     * The categories, but the unknown one, under which something may be logged that a consumer wants: as it was logged,
     * or decoded anew where it has no resource.
     */
    private static Set<String> wanted(ObserverConsumer consumer) {
        return events().stream()
                .filter(consumer::wants)
                .flatMap(event -> logged(event)
                        .filter(category -> !category.equals(Attributes.UNKNOWN))
                        .filter(category -> consumer.wants(Deployment.stored(category, event.action()))
                                || consumer.wants(Deployment.stored(event.category(), event.action()))))
                .collect(Collectors.toSet());
    }

    private static List<ObserverConsumer> consumers() {
        RequestScope requestScope = container.select(RequestScope.class).get();
        return OBSERVERS.all.stream()
                .map(observer -> new ObserverConsumer(
                        new ObservedMethod(observer.toString(), From.END, observer, null, Set.of()),
                        container.getBeanManager(),
                        requestScope))
                .toList();
    }

    private static <T extends StoryEvent> void ofVariable(T event) {}

    /** One for each type, category and action, and for each type without. */
    private static final class Observers implements Extension {
        private static final int TYPES = 9;
        private final Collection<ObserverMethod<Object>> all = new ArrayList<>();

        void add(@Observes AfterBeanDiscovery discovery) throws NoSuchMethodException {
            Type variable = ObservedCategoriesTest.class.getDeclaredMethod("ofVariable", StoryEvent.class)
                    .getGenericParameterTypes()[0];
            for (Type type : List.of(
                    Object.class,
                    WebhookEvent.class,
                    StoryEvent.class,
                    SprintEvent.class,
                    TeamServerPushEvent.class,
                    PackageUploadedEvent.class,
                    AlertEvent.class,
                    UnknownEvent.class,
                    variable)) {
                add(type, Set.of());
                CATEGORIES.forEach(category -> add(type, Set.of(Category.Literal.of(category))));
            }
            all.forEach(discovery::addObserverMethod);
        }

        private void add(Type type, Set<Annotation> qualifiers) {
            all.add(new Observer(type, qualifiers));
            for (Annotation action : ACTIONS) {
                Set<Annotation> both = new HashSet<>(qualifiers);
                both.add(action);
                all.add(new Observer(type, both));
            }
        }
    }

    private record Observer(Type type, Set<Annotation> qualifiers) implements ObserverMethod<Object> {

        @Override
        public Class<?> getBeanClass() {
            return ObservedCategoriesTest.class;
        }

        @Override
        public Type getObservedType() {
            return type;
        }

        @Override
        public Set<Annotation> getObservedQualifiers() {
            return qualifiers;
        }

        @Override
        public Reception getReception() {
            return Reception.ALWAYS;
        }

        @Override
        public TransactionPhase getTransactionPhase() {
            return TransactionPhase.IN_PROGRESS;
        }

        @Override
        public void notify(EventContext<Object> context) {}
    }
}
