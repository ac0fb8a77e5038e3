package org.mxhooks.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the settings to whoever injects them. */
@ApplicationScoped
class CurrentSettings {

    @Produces
    @Singleton
    Settings settings() {
        return Settings.current();
    }
}
