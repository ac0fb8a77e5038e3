package org.mxhooks.observer;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static jakarta.enterprise.event.Reception.IF_EXISTS;
import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.Updated;
import org.mxhooks.event.WebhookEvent;

class RefusedObserverTest {

    @ApplicationScoped
    static class Async {
        void on(@ObservesAsync StoryEvent event) {}
    }

    @ApplicationScoped
    static class LaterPhase {
        void on(@Observes(during = AFTER_SUCCESS) StoryEvent event) {}
    }

    @RequestScoped
    static class IfExists {
        void on(@Observes(notifyObserver = IF_EXISTS) StoryEvent event) {}
    }

    @ApplicationScoped
    static class Metadata {
        void on(@Observes StoryEvent event, EventMetadata metadata) {}
    }

    @SessionScoped
    static class OfSession implements Serializable {
        void on(@Observes StoryEvent event) {}
    }

    @ConversationScoped
    static class OfConversation implements Serializable {
        void on(@Observes StoryEvent event) {}
    }

    @Stateless
    static class AsynchronousMethod {
        @Asynchronous
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    @Asynchronous
    static class AsynchronousClass {
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    static class InheritsAsynchronousMethod extends AsynchronousClass {}

    @ApplicationScoped
    static class AsynchronousInCdi {
        @jakarta.enterprise.concurrent.Asynchronous
        CompletionStage<Void> on(@Observes StoryEvent event) {
            return CompletableFuture.completedStage(null);
        }
    }

    @ApplicationScoped
    static class RequiresNew {
        @Transactional(TxType.REQUIRES_NEW)
        void on(@Observes StoryEvent event) {}
    }

    @Singleton
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    static class RequiresNewEnterprise {
        public void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    @Transactional(TxType.NEVER)
    static class Never {
        void on(@Observes StoryEvent event) {}
    }

    @Stateless
    static class NeverEnterprise {
        @TransactionAttribute(TransactionAttributeType.NEVER)
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    @TransactionManagement(BEAN)
    static class BeanManaged {
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    static class HiddenInStateless {
        void on(@Observes StoryEvent event) {}
    }

    @Singleton
    static class HiddenInSingleton {
        protected void on(@Observes WebhookEvent event) {}
    }

    @Stateful
    static class HiddenInStateful {
        @Consumer("hidden")
        private void on(@Observes @Updated StoryEvent event) {}
    }

    interface View {
        void other();
    }

    @Stateless
    static class HiddenBehindView implements View {
        @Override
        public void other() {}

        public void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class TakesMirror {
        @Consumer("mirror")
        void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class TakesJms {
        @Consumer("jms")
        void on(@Observes StoryEvent event) {}
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(HiddenInStateless.class, "on(StoryEvent)", "no business method", "make it public"),
                arguments(HiddenInSingleton.class, "on(WebhookEvent)", "no business method", "make it public"),
                arguments(HiddenInStateful.class, "on(StoryEvent)", "no business method", "make it public"),
                arguments(
                        HiddenBehindView.class, "on(StoryEvent)", "no business method", "make it public, and declare"),
                arguments(Async.class, "on(StoryEvent)", "@ObservesAsync has no effect", "use @Observes"),
                arguments(LaterPhase.class, "on(StoryEvent)", "'during' has no effect", "remove 'during'"),
                arguments(IfExists.class, "on(StoryEvent)", "IF_EXISTS would skip it", "remove 'notifyObserver'"),
                arguments(
                        Metadata.class,
                        "on(StoryEvent, EventMetadata)",
                        "EventMetadata would be null",
                        "remove the parameter and ask the event"),
                arguments(OfSession.class, "on(StoryEvent)", "no session", "move it to an @ApplicationScoped bean"),
                arguments(
                        OfConversation.class,
                        "on(StoryEvent)",
                        "conversation",
                        "move it to an @ApplicationScoped bean"),
                arguments(AsynchronousMethod.class, "on(StoryEvent)", "before it is done", "remove @Asynchronous"),
                arguments(AsynchronousClass.class, "on(StoryEvent)", "before it is done", "remove @Asynchronous"),
                arguments(
                        InheritsAsynchronousMethod.class,
                        "on(StoryEvent)",
                        "before it is done",
                        "remove @Asynchronous"),
                arguments(AsynchronousInCdi.class, "on(StoryEvent)", "before it is done", "remove @Asynchronous"),
                arguments(RequiresNew.class, "on(StoryEvent)", "may happen twice", "use REQUIRED"),
                arguments(RequiresNewEnterprise.class, "on(StoryEvent)", "may happen twice", "use REQUIRED"),
                arguments(Never.class, "on(StoryEvent)", "NEVER would always fail", "use NOT_SUPPORTED"),
                arguments(NeverEnterprise.class, "on(StoryEvent)", "NEVER would always fail", "use NOT_SUPPORTED"),
                arguments(BeanManaged.class, "on(StoryEvent)", "TransactionManagement(BEAN)", "use CONTAINER"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Class<?> bean, String method, String reason, String remedy) {
        assertRefused(bean)
                .hasMessageContaining(bean.getCanonicalName() + "." + method + " cannot be a consumer: ")
                .hasMessageContaining(reason)
                .hasMessageContaining("; " + remedy);
    }

    @ParameterizedTest
    @ValueSource(classes = {TakesMirror.class, TakesJms.class})
    void refusesTheNamesOfOwnConsumers(Class<?> bean) {
        assertRefused(bean)
                .hasMessageContaining("is the name of a consumer of mxhooks' own")
                .hasMessageContaining(bean.getCanonicalName() + ".on(StoryEvent)")
                .hasMessageContaining("; give it another @Consumer name");
    }

    @Stateless
    static class Visible implements Serializable {
        public void on(@Observes StoryEvent event) {}

        static void ofTheClass(@Observes SprintEvent event) {}

        void lifecycle(@Observes Startup event) {}
    }

    @Stateless
    static class VisibleInView implements Follower {
        @Override
        public void on(@Observes StoryEvent event) {}
    }

    interface Follower {
        void on(StoryEvent event);
    }

    @Stateless
    @LocalBean
    static class VisibleBesideView implements View {
        @Override
        public void other() {}

        public void on(@Observes StoryEvent event) {}
    }

    @Test
    void takesBusinessMethodsOfEnterpriseBeans() {
        try (Deployment deployment = Deployment.of(Visible.class, VisibleInView.class, VisibleBesideView.class)) {
            assertThat(deployment.consumers()).hasSize(4);
        }
    }

    @ApplicationScoped
    static class SeveralMistakes {
        @Transactional(TxType.NEVER)
        void on(@Observes(during = AFTER_SUCCESS) StoryEvent event) {}
    }

    @Test
    void tellsEveryProblemOfTheDeploymentInOneMessage() {
        assertRefused(
                        SeveralMistakes.class,
                        Async.class,
                        BadName.class,
                        SameName.class,
                        Misplaced.class,
                        HiddenInStateful.class,
                        TakesMirror.class)
                .satisfies(refused -> assertThat(refused.getSuppressed()).isEmpty())
                .hasMessageContaining("of the companions' observers 8 cannot be consumers as they are")
                .hasMessageContaining("no business method")
                .hasMessageContaining("'mirror'")
                .hasMessageContaining("'during'")
                .hasMessageContaining("NEVER")
                .hasMessageContaining("@ObservesAsync")
                .hasMessageContaining("'no spaces'")
                .hasMessageContaining("'audit'")
                .hasMessageContaining("@Consumer on");
    }

    @ApplicationScoped
    static class OtherEvents {
        void lifecycle(@ObservesAsync Startup event) {}

        @Transactional(TxType.REQUIRES_NEW)
        void later(@Observes(during = AFTER_SUCCESS) String event, EventMetadata metadata) {}
    }

    @Test
    void leavesObserversOfOtherEventsAlone() {
        try (Deployment deployment = Deployment.of(OtherEvents.class)) {
            assertThat(deployment.consumers()).isEmpty();
        }
    }

    @ApplicationScoped
    static class BadName {
        @Consumer("no spaces")
        void odd(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class NameOfOtherLetters {
        void künden(@Observes StoryEvent event) {}
    }

    @Test
    void refusesANameThatIsNone() {
        assertRefused(BadName.class)
                .hasMessageContaining("'no spaces' is no name for the consumer " + BadName.class.getCanonicalName())
                .hasMessageContaining("give it a @Consumer name of 1 to 200 letters, digits");
        assertRefused(NameOfOtherLetters.class)
                .hasMessageContaining("NameOfOtherLetters.künden' is no name")
                .hasMessageContaining("give it a @Consumer name");
    }

    @ApplicationScoped
    static class SameName {
        @Consumer("audit")
        void stories(@Observes StoryEvent event) {}

        @Consumer("audit")
        void sprints(@Observes SprintEvent event) {}
    }

    @ApplicationScoped
    static class Overloaded {
        void on(@Observes StoryEvent event) {}

        void on(@Observes SprintEvent event) {}
    }

    static class WithPrivateMethod {
        private void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class HidesPrivateMethod extends WithPrivateMethod {
        private void on(@Observes StoryEvent event) {}
    }

    @Test
    void refusesConsumersThatShareAName() {
        String name = SameName.class.getCanonicalName();
        assertRefused(SameName.class)
                .hasMessageContaining(
                        "'audit' names several consumers: %s.sprints(SprintEvent) and %s.stories(StoryEvent)"
                                .formatted(name, name))
                .hasMessageContaining("; give each a @Consumer name of its own");
    }

    @Test
    void refusesOverloadedMethodsWithoutNames() {
        String name = Overloaded.class.getCanonicalName();
        assertRefused(Overloaded.class)
                .hasMessageContaining("'%s.on' names several consumers: %s.on(SprintEvent) and %s.on(StoryEvent)"
                        .formatted(name, name, name))
                .hasMessageContaining("; give each a @Consumer name of its own");
        assertRefused(HidesPrivateMethod.class).hasMessageContaining("names several consumers");
    }

    @ApplicationScoped
    static class Misplaced {
        @Consumer("nobody")
        void forgotten(StoryEvent event) {}
    }

    @ApplicationScoped
    static class NamedOtherEvent {
        @Consumer("nobody")
        void startup(@Observes Startup event) {}
    }

    @ApplicationScoped
    static class Named {
        @Consumer("somebody")
        void on(@Observes WebhookEvent event) {}
    }

    @ApplicationScoped
    static class NoMore extends Named {
        @Override
        void on(WebhookEvent event) {}
    }

    @Test
    void refusesANameOnWhatIsNoConsumer() {
        assertRefused(Misplaced.class)
                .hasMessageContaining("@Consumer on %s.forgotten(StoryEvent) has no effect"
                        .formatted(Misplaced.class.getCanonicalName()))
                .hasMessageContaining("; remove it, or observe one");
        assertRefused(NamedOtherEvent.class)
                .hasMessageContaining("@Consumer on %s.startup(Startup) has no effect"
                        .formatted(NamedOtherEvent.class.getCanonicalName()));
    }

    @Test
    void anOverridingMethodMayStopToObserve() {
        try (Deployment deployment = Deployment.of(NoMore.class)) {
            assertThat(deployment.consumers()).isEmpty();
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Class<?>... beans) {
        return assertThatThrownBy(() -> Deployment.of(beans).close());
    }
}
