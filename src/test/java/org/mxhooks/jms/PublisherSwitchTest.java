package org.mxhooks.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.enterprise.inject.spi.DeploymentException;
import javax.naming.NamingException;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.settings.JmsSettings;
import org.mxhooks.settings.JmsSettings.Enabled;

/** Where no server has a connection factory. */
class PublisherSwitchTest {

    @Test
    void isOffWithOneWarning() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(PublisherSwitch.isOn(jms(Enabled.AUTO))).isFalse();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("no JMS connection factory jms/mine", "mxhooks.jms.connection-factory", "enabled=false");
        }
    }

    @Test
    void isOffWithoutAWordWhereThatWasAskedFor() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(PublisherSwitch.isOn(jms(Enabled.FALSE))).isFalse();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void stopsTheDeploymentWhereItHasToBeOn() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> PublisherSwitch.isOn(jms(Enabled.TRUE)))
                .withMessageContainingAll("mxhooks.jms.enabled=true", "no JMS connection factory jms/mine");
    }

    @Test
    void namesTheReasonWithoutPayarasEnvironment() {
        assertThat(PublisherSwitch.reason(new NamingException(
                        "Lookup failed for 'jms/mine' in SerialContext[myEnv={java.naming.factory.initial=x}]")))
                .isEqualTo("Lookup failed for 'jms/mine'");
        assertThat(PublisherSwitch.reason(new NamingException("jms/mine not found")))
                .isEqualTo("jms/mine not found");
    }

    private static JmsSettings jms(Enabled enabled) {
        return new JmsSettings(enabled, "jms/mine", "mxhooks.events");
    }
}
