package org.mxhooks.journey;

import java.net.URI;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Learns where a deployment is that a test asks for itself: Arquillian tells only of its own, and Payara Micro changes
 * its port. Prints, once, which WAR the server runs.
 */
public final class Whereabouts implements LoadableExtension {

    private static volatile URI application;

    /** Where the application is that was deployed last, ending in a slash. */
    static URI application() {
        return application;
    }

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Learner.class);
    }

    /** Made by Arquillian. */
    public static final class Learner {
        @Inject
        private Instance<ProtocolMetaData> deployment;

        void learn(@Observes AfterDeploy event) {
            if (application == null) {
                System.out.printf(
                        "%s runs mxhooks.war, SHA-256 %s%n",
                        System.getProperty("arquillian.launch"), BuiltWar.sha256());
            }
            HTTPContext server =
                    deployment.get().getContexts(HTTPContext.class).iterator().next();
            application = URI.create("http://" + server.getHost() + ":" + server.getPort() + "/mxhooks/");
        }
    }
}
