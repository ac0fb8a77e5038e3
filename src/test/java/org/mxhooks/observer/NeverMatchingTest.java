package org.mxhooks.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.CapturedLog;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Category;
import org.mxhooks.event.Created;
import org.mxhooks.event.Critical;
import org.mxhooks.event.Ok;
import org.mxhooks.event.Recovery;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.Updated;
import org.mxhooks.event.Warning;
import org.mxhooks.event.WebhookEvent;

/** Who can never be notified is warned of, once, with the remedy. */
class NeverMatchingTest {

    @ApplicationScoped
    static class WrongCase {
        void on(@Observes @Category("Stories") WebhookEvent event) {}
    }

    @ApplicationScoped
    static class UnknownCategory {
        void on(@Observes @Category("storys") WebhookEvent event) {}
    }

    @ApplicationScoped
    static class BothActions {
        void on(@Observes @Created @Updated StoryEvent event) {}
    }

    @ApplicationScoped
    static class StoryOfSprints {
        void on(@Observes @Category("sprints") StoryEvent event) {}
    }

    @ApplicationScoped
    static class SprintOfAlerts {
        <T extends SprintEvent> void on(@Observes @Category("alerts") T event) {}
    }

    @ApplicationScoped
    static class TwoSeverities {
        void on(@Observes @Warning @Critical AlertEvent event) {}
    }

    @ApplicationScoped
    static class CriticalStory {
        void on(@Observes @Critical StoryEvent event) {}
    }

    @ApplicationScoped
    static class UpdatedAlert {
        void on(@Observes @Updated AlertEvent event) {}
    }

    @ApplicationScoped
    static class CreatedPush {
        void on(@Observes @Created TeamServerPushEvent event) {}
    }

    @ApplicationScoped
    static class RecoveryOfSprints {
        void on(@Observes @Recovery @Category("sprints") WebhookEvent event) {}
    }

    @ApplicationScoped
    static class UnknownPush {
        void on(@Observes @Category("teamserver.push") UnknownEvent event) {}
    }

    static Stream<Arguments> never() {
        return Stream.of(
                arguments(WrongCase.class, "compared as it is; write \"stories\""),
                arguments(UnknownCategory.class, "no category \"storys\"; write one of stories, sprints"),
                arguments(BothActions.class, "both @Created and @Updated; remove one"),
                arguments(StoryOfSprints.class, "no StoryEvent is of the category sprints; observe another event"),
                arguments(SprintOfAlerts.class, "no SprintEvent is of the category alerts; observe another event"),
                arguments(TwoSeverities.class, "both @Critical and @Warning; remove one"),
                arguments(CriticalStory.class, "no StoryEvent is @Critical; remove @Critical"),
                arguments(UpdatedAlert.class, "no AlertEvent is @Updated; remove @Updated"),
                arguments(CreatedPush.class, "no TeamServerPushEvent is @Created; remove @Created"),
                arguments(RecoveryOfSprints.class, "of the category sprints is @Recovery; remove @Recovery"),
                arguments(UnknownPush.class, "no UnknownEvent is of the category teamserver.push"));
    }

    @ParameterizedTest
    @MethodSource
    void never(Class<?> bean, String reasonAndRemedy) {
        try (CapturedLog log = new CapturedLog();
                Deployment deployment = Deployment.of(bean)) {
            assertThat(deployment.consumers()).hasSize(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(bean.getCanonicalName() + ".on(")
                    .contains(") is never notified: ", reasonAndRemedy);
        }
    }

    @ApplicationScoped
    static class Sometimes {
        void created(@Observes @Created UnknownEvent event) {}

        void category(@Observes @Category("stories") WebhookEvent event) {}

        void stories(@Observes @Category("stories") @Updated StoryEvent event) {}

        void withoutId(@Observes @Category("stories") UnknownEvent event) {}

        void alerts(@Observes @Category("alerts") Object event) {}

        void pushes(@Observes @Category("teamserver.push") WebhookEvent event) {}

        void ok(@Observes @Ok WebhookEvent event) {}

        void critical(@Observes @Critical @Category("alerts") AlertEvent event) {}

        void unknown(@Observes @Category("unknown") WebhookEvent event) {}
    }

    @Test
    void whoMayBeNotifiedIsNotWarnedOf() {
        try (CapturedLog log = new CapturedLog();
                Deployment deployment = Deployment.of(Sometimes.class)) {
            assertThat(deployment.consumers()).hasSize(9);
            assertThat(log.lines()).isEmpty();
        }
    }
}
