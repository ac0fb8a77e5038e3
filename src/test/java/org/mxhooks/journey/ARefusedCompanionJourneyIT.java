package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The servers' logs tell it: not all report it to who deploys, Payara Micro starts without the application. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class ARefusedCompanionJourneyIT {

    @Test
    void refusesToDeployObserversThatCannotBeConsumersInOneMessage() throws IOException {
        int before = JourneyServer.log().length();

        Throwable reported = catchThrowable(JourneyServer::deployRefused);

        assertThat(JourneyServer.log().substring(before))
                .as("reported: %s", reported)
                .contains("org.mxhooks.companion.Refused.on(StoryEvent) cannot be a consumer: @ObservesAsync")
                .contains("use @Observes")
                .contains("of the companions' observers 2 cannot be consumers as they are")
                .contains(
                        "org.mxhooks.companion.RefusedToo.on(StoryEvent) cannot be a consumer: it is no business method")
                .contains("make it public")
                .doesNotContain("has the consumers");
    }
}
