package org.mxhooks.settings;

import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of a deployment.
 *
 * @param home directory of the embedded database and of generated secrets ({@code mxhooks.home})
 * @param endpoints by name ({@code mxhooks.endpoints})
 * @param maxBody largest body that is accepted, in bytes ({@code mxhooks.max-body})
 * @param database where everything is kept
 * @param operator who may look at it and change it
 * @param viewer who may look at it ({@code mxhooks.viewer.user}, {@code .password})
 * @param trustedProxies whose {@code X-Forwarded-*} and {@code Forwarded} headers are believed
 *     ({@code mxhooks.trusted-proxies})
 * @param dispatch how events are delivered to consumers
 * @param jms where events are published
 */
public record Settings(
        Path home,
        Map<String, EndpointSettings> endpoints,
        int maxBody,
        DatabaseSettings database,
        Account operator,
        Optional<Account> viewer,
        Set<Network> trustedProxies,
        DispatchSettings dispatch,
        JmsSettings jms) {

    /**
     * The settings of this deployment, read when first asked for.
     *
     * @throws InvalidSettings if any is wrong or missing
     */
    public static Settings current() {
        return Current.SETTINGS.orElseThrow();
    }

    /**
     * Reads and checks settings; generates what the embedded default lacks.
     *
     * @throws InvalidSettings if any is wrong or missing
     */
    public static Settings read(Config config) {
        return read(config, System.getenv());
    }

    static Settings read(Config config, Map<String, String> environment) {
        return new SettingsReader(config, environment).read();
    }

    /** Before the database does it, which does not know who may read it. */
    private void createHome() {
        try {
            if (database.embedded()) {
                new Home(home).create();
            }
        } catch (IOException e) {
            throw new InvalidSettings(List.of("mxhooks.home cannot be created: " + e));
        }
    }

    /**
     * Logs a failure, once and before the server reports what follows from it, and keeps it, so that whoever asks later
     * gets the same message instead of a broken class.
     */
    private record Current(Settings settings, InvalidSettings problem) {
        private static final System.Logger LOG = System.getLogger(Settings.class.getName());
        private static final Current SETTINGS = read();

        private static Current read() {
            try {
                Settings settings = Settings.read(ConfigProvider.getConfig());
                settings.createHome();
                return new Current(settings, null);
            } catch (InvalidSettings e) {
                LOG.log(ERROR, "{0}", e.getMessage());
                return new Current(null, e);
            }
        }

        Settings orElseThrow() {
            if (problem != null) {
                throw problem;
            }
            return settings;
        }
    }
}
