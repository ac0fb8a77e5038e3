package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All servers run the one file that the build made. */
@ExtendWith(ArquillianExtension.class)
class OneWarJourneyIT {

    @ArquillianResource
    private URI application;

    @Deployment(testable = false)
    static WebArchive mxhooks() {
        return Companion.war();
    }

    @Test
    void isPrinted() throws IOException {
        Answer alive = Answer.to(
                HttpRequest.newBuilder(application.resolve("health/live")).build());
        assertThat(alive.status()).isEqualTo(200);
        System.out.printf("%s runs mxhooks.war, SHA-256 %s%n", System.getProperty("server.name"), BuiltWar.sha256());
    }

    @Test
    void isNotTakenForAnother() {
        WebArchive other = Companion.war().addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml");

        assertThatThrownBy(() -> BuiltWar.assertUnchangedIn(other)).hasMessageContaining("WEB-INF/beans.xml");
    }
}
