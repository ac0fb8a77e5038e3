package org.mxhooks.settings;

import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of this deployment. Problems are logged once, before the server reports their consequences, and kept, so
 * that each caller gets the same message.
 */
public final class CurrentSettings {

    private static final System.Logger LOG = System.getLogger(CurrentSettings.class.getName());
    private static final Outcome OUTCOME = read();

    private record Outcome(Settings settings, InvalidSettings problem) {}

    private CurrentSettings() {}

    /**
     * Returns the settings, which are read at the first call.
     *
     * @throws InvalidSettings if any is wrong or missing
     */
    public static Settings get() {
        if (OUTCOME.problem() != null) {
            throw OUTCOME.problem();
        }
        return OUTCOME.settings();
    }

    private static Outcome read() {
        try {
            Settings settings = SettingsReader.read(ConfigProvider.getConfig());
            createHome(settings);
            return new Outcome(settings, null);
        } catch (InvalidSettings e) {
            LOG.log(ERROR, "{0}", e.getMessage());
            return new Outcome(null, e);
        }
    }

    /** Creates it before the database does, which does not know who may read it. */
    private static void createHome(Settings settings) {
        try {
            if (settings.database().embedded()) {
                new Home(settings.home()).create();
            }
        } catch (IOException e) {
            throw new InvalidSettings(List.of("mxhooks.home cannot be created: " + e));
        }
    }
}
