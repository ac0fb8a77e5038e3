package org.mxhooks.settings;

import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.mxhooks.signature.KeyDerivation;

/**
 * What the deployment was told to do.
 *
 * @param home directory of the embedded database and of generated secrets ({@code mxhooks.home})
 * @param endpoints by name ({@code mxhooks.endpoints})
 * @param maxBody largest body that is accepted, in bytes ({@code mxhooks.max-body})
 * @param database where everything is kept
 * @param operator who may look at it and change it
 * @param viewer who may look at it ({@code mxhooks.viewer.user}, {@code .password})
 * @param trustedProxies whose {@code X-Forwarded-*} and {@code Forwarded} headers are believed
 *     ({@code mxhooks.trusted-proxies})
 * @param dispatch how consumers are dealt with
 * @param jms where events are published
 */
public record Settings(
        Path home,
        Map<String, Endpoint> endpoints,
        int maxBody,
        Database database,
        Account operator,
        Optional<Account> viewer,
        Set<Network> trustedProxies,
        Dispatch dispatch,
        Jms jms) {

    /**
     * Where webhooks arrive: {@code /hooks/<name>}.
     *
     * @param name as in the URL
     * @param secret signs what arrives
     * @param previousSecret verifies too, during a rotation
     * @param keyDerivation how the key comes from the secret
     */
    public record Endpoint(String name, Secret secret, Optional<Secret> previousSecret, KeyDerivation keyDerivation) {}

    /**
     * The database.
     *
     * @param url of JDBC; an embedded H2 where no other was set
     * @param user the database's user; empty where the URL tells it
     * @param password the user's
     * @param embedded whether it is the H2 in {@code mxhooks.home}, for one node and not for production
     */
    public record Database(String url, Optional<String> user, Optional<Secret> password, boolean embedded) {}

    /**
     * A user's account.
     *
     * @param user name for HTTP Basic; without a colon
     * @param password the account's
     */
    public record Account(String user, Secret password) {

        /** A name or password as it is compared: a letter and its accent may be one character or two. */
        public static String normalized(String text) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }
    }

    /**
     * How consumers are dealt with.
     *
     * @param retryFor how long after its first failure an event is tried again ({@code mxhooks.retry.for})
     * @param consumerTimeout how long a consumer may take over an event ({@code mxhooks.consumer.timeout})
     * @param retention for how long bodies, and superseded versions in the mirror, are kept ({@code mxhooks.retention})
     */
    public record Dispatch(Duration retryFor, Duration consumerTimeout, Duration retention) {}

    /**
     * Where events are published.
     *
     * @param enabled whether they are ({@code mxhooks.jms.enabled})
     * @param connectionFactory JNDI name of the server's connection factory ({@code mxhooks.jms.connection-factory})
     * @param topic the broker's name for the topic ({@code mxhooks.jms.topic})
     */
    public record Jms(Enabled enabled, String connectionFactory, String topic) {

        /** Whether events are published; {@code AUTO}: where the connection factory is found at start. */
        public enum Enabled {
            AUTO,
            TRUE,
            FALSE
        }
    }

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
