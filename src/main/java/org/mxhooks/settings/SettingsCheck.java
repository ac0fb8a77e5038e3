package org.mxhooks.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Stops the deployment with one message if settings are invalid, before anything is started. */
public class SettingsCheck implements Extension {

    void check(@Observes AfterBeanDiscovery discovery) {
        try {
            CurrentSettings.get();
        } catch (InvalidSettings e) {
            discovery.addDefinitionError(e);
        }
    }
}
