package org.mxhooks.jms;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import javax.naming.NamingException;
import org.mxhooks.settings.CurrentSettings;
import org.mxhooks.settings.InvalidSettings;
import org.mxhooks.settings.JmsSettings;
import org.mxhooks.settings.JmsSettings.Enabled;

/** Decides during CDI's start whether the {@link Publisher} is a bean, and so a consumer. */
public class PublisherSwitch implements Extension {

    private static final System.Logger LOG = System.getLogger(PublisherSwitch.class.getName());

    private boolean on;

    /**
     * Before any type is looked at: CDI passes over the publisher by itself where the server has no
     * {@code jakarta.jms}.
     */
    void decide(@Observes BeforeBeanDiscovery discovery) {
        try {
            on = isOn(CurrentSettings.get().jms());
        } catch (InvalidSettings reported) {
            LOG.log(DEBUG, "the deployment is stopped by SettingsCheck");
        }
    }

    void veto(@Observes ProcessAnnotatedType<Publisher> publisher) {
        if (!on) {
            publisher.veto();
        }
    }

    static boolean isOn(JmsSettings jms) {
        if (jms.enabled() == Enabled.FALSE) {
            return false;
        }
        try {
            new Broker(jms.connectionFactory()).lookUp();
            return true;
        } catch (NamingException | LinkageError notFound) {
            complain(jms, notFound);
            return false;
        }
    }

    private static void complain(JmsSettings jms, Throwable notFound) {
        String problem =
                "The server has no JMS connection factory %s: configure one and name it in mxhooks.jms.connection-factory"
                        .formatted(jms.connectionFactory());
        if (jms.enabled() == Enabled.TRUE) {
            throw new DeploymentException(
                    "mxhooks cannot start with mxhooks.jms.enabled=true. " + problem + ".", notFound);
        }
        LOG.log(
                WARNING,
                "Events are not published by JMS. {0}, or set mxhooks.jms.enabled=false. ({1})",
                problem,
                reason(notFound));
    }

    /** Payara adds its whole JNDI environment. */
    static String reason(Throwable notFound) {
        return String.valueOf(notFound.getMessage()).replaceFirst("(?s)\\s+in SerialContext\\[.*", "");
    }
}
