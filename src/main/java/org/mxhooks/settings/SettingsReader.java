package org.mxhooks.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Reads all settings and reports every problem at once. */
public final class SettingsReader {

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._/-]{1,200}");
    private static final int MAX_BODY_LIMIT = 64 * 1024 * 1024;

    private final Problems problems = new Problems();
    private final Configured configured;
    private final ValueReader values;

    private SettingsReader(Config config, Map<String, String> environment) {
        configured = new Configured(config, environment, problems);
        values = new ValueReader(configured);
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

    private Settings read() {
        Set<String> names = EndpointReader.names(values);
        new Misspellings(configured, new SettingNames(names), !problems.any())
                .problems()
                .forEach(problems::add);
        Path home = home();
        SecretReader secrets = secrets(home);
        DatabaseSettings database = new DatabaseReader(values, problems, home).read(secrets);
        Map<String, EndpointSettings> endpoints = new EndpointReader(values, secrets).read(names);
        int maxBody = values.wholeNumber("mxhooks.max-body", 1_048_576, MAX_BODY_LIMIT);
        AccountReader accounts = new AccountReader(values, secrets);
        Account operator = accounts.operator();
        Optional<Account> viewer = accounts.viewer(operator);
        Set<Network> trustedProxies = values.networks("mxhooks.trusted-proxies");
        DispatchSettings dispatch = dispatch();
        JmsSettings jms = jms();
        RelaySettings relay = new RelayReader(values, secrets).read(dispatch.consumerTimeout());
        Optional<OidcSettings> oidc = new OidcReader(values, secrets).read();
        problems.conclude();
        return new Settings(
                home, endpoints, maxBody, database, operator, viewer, oidc, trustedProxies, dispatch, jms, relay);
    }

    private SecretReader secrets(Path home) {
        Optional<GeneratedSecrets> generated = DatabaseReader.isEmbedded(values)
                ? Optional.of(new GeneratedSecrets(new Home(home)))
                : Optional.empty();
        return new SecretReader(configured, problems, generated);
    }

    private Path home() {
        Path byDefault = Path.of(System.getProperty("user.home"), ".mxhooks");
        try {
            return values.text("mxhooks.home").map(Path::of).orElse(byDefault).toAbsolutePath();
        } catch (InvalidPathException e) {
            values.problem("mxhooks.home", "is not a directory name: " + e.getReason());
            return byDefault;
        }
    }

    private DispatchSettings dispatch() {
        return new DispatchSettings(
                values.duration("mxhooks.retry.for", "P3D", Duration.ZERO, Duration.ofDays(365)),
                values.duration("mxhooks.consumer.timeout", "PT1M", Duration.ofSeconds(2), Duration.ofHours(1)),
                values.duration("mxhooks.retention", "P90D", Duration.ofMinutes(1), Duration.ofDays(36_500)));
    }

    private JmsSettings jms() {
        return new JmsSettings(
                JmsSettings.Enabled.valueOf(values.oneOf("mxhooks.jms.enabled", List.of("auto", "true", "false"))
                        .toUpperCase(Locale.ROOT)),
                values.text("mxhooks.jms.connection-factory").orElse("java:comp/DefaultJMSConnectionFactory"),
                topic());
    }

    /** Brokers take other characters for wildcards, options or several topics. */
    private String topic() {
        String topic = values.text("mxhooks.jms.topic").orElse("mxhooks.events");
        if (!TOPIC.matcher(topic).matches()) {
            values.problem(
                    "mxhooks.jms.topic",
                    "is '%s'; allowed: up to 200 letters, digits, dots, slashes, dashes and underscores"
                            .formatted(ValueReader.cut(topic)));
        }
        return topic;
    }
}
