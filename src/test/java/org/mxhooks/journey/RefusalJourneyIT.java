package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.companion.Refused;
import org.mxhooks.companion.RefusedToo;

/** The servers' logs tell it: not all report it to who deploys, Payara Micro starts without the application. */
@ExtendWith(ArquillianExtension.class)
@Tag("journey")
class RefusalJourneyIT {

    private static final Path LOG = Path.of(System.getProperty("server.log"));

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "refused", managed = false, testable = false)
    static WebArchive refused() {
        return Companion.warWith(Refused.class, RefusedToo.class);
    }

    @Test
    void refusesToDeployObserversThatCannotBeConsumersInOneMessage() throws IOException {
        int before = log().length();

        Throwable reported = catchThrowable(() -> deployer.deploy("refused"));

        assertThat(log().substring(before))
                .as("reported: %s", reported)
                .contains("org.mxhooks.companion.Refused.on(StoryEvent) cannot be a consumer: @ObservesAsync")
                .contains("use @Observes")
                .contains("of the companions' observers 2 cannot be consumers as they are")
                .contains(
                        "org.mxhooks.companion.RefusedToo.on(StoryEvent) cannot be a consumer: it is no business method")
                .contains("make it public")
                .doesNotContain("has the consumers");
    }

    private static String log() throws IOException {
        return Files.exists(LOG) ? Files.readString(LOG) : "";
    }
}
