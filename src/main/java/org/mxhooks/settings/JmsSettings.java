package org.mxhooks.settings;

/**
 * Settings of publishing by JMS.
 *
 * @param enabled whether they are ({@code mxhooks.jms.enabled})
 * @param connectionFactory JNDI name of the server's connection factory ({@code mxhooks.jms.connection-factory})
 * @param topic the broker's name for the topic ({@code mxhooks.jms.topic})
 */
public record JmsSettings(Enabled enabled, String connectionFactory, String topic) {

    /** Whether events are published; {@code AUTO}: where the connection factory is found at start. */
    public enum Enabled {
        AUTO,
        TRUE,
        FALSE
    }
}
