package org.mxhooks.settings;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings of the relay. */
record RelayReader(ValueReader values, SecretReader secrets) {

    private static final String KEY = "mxhooks.relay.key";
    private static final String PREVIOUS_KEY = "mxhooks.relay.previous-key";
    private static final String ALLOW = "mxhooks.relay.allow";
    private static final String TIMEOUT = "mxhooks.relay.timeout";
    private static final String PROXY = "mxhooks.relay.proxy";
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern PROXY_URL = Pattern.compile("http://[A-Za-z0-9.-]+:([1-9][0-9]{0,4})/?");
    private static final int MAX_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*[:/].*");

    /** @param consumerTimeout after which a call is given up, whatever comes of it */
    RelaySettings read(Duration consumerTimeout) {
        Set<String> hosts = new LinkedHashSet<>();
        Set<Network> networks = new LinkedHashSet<>();
        for (String each : values.text(ALLOW).orElse("").split(",")) {
            if (!each.isBlank()) {
                allow(each.strip(), hosts, networks);
            }
        }
        Optional<Secret> key = key();
        return new RelaySettings(
                key,
                previousKey(key),
                Set.copyOf(hosts),
                Set.copyOf(networks),
                timeout(consumerTimeout.multipliedBy(3).dividedBy(4)),
                values.duration("mxhooks.relay.retry.for", "P3D", Duration.ZERO, Duration.ofDays(365)),
                values.text(PROXY).flatMap(this::proxy));
    }

    private Optional<Secret> key() {
        return secrets.generated().isPresent()
                ? secrets.required(KEY, GeneratedFile.RELAY_KEY.fileName())
                : secrets.secret(KEY);
    }

    /** A later answer could come when the delivery counts as failed already, and would be sent again. */
    private Duration timeout(Duration limit) {
        Duration timeout = values.duration(TIMEOUT, "PT15S", Duration.ofSeconds(1), Duration.ofMinutes(5));
        if (timeout.compareTo(limit) <= 0) {
            return timeout;
        }
        if (values.text(TIMEOUT).isPresent()) {
            values.problem(
                    TIMEOUT,
                    "is %s, more than three quarters of mxhooks.consumer.timeout; allowed: up to %s, or a longer mxhooks.consumer.timeout"
                            .formatted(timeout, limit));
        }
        return limit;
    }

    private Optional<Secret> previousKey(Optional<Secret> key) {
        Optional<Secret> previous = secrets.secret(PREVIOUS_KEY);
        if (previous.isPresent() && key.isEmpty()) {
            values.problem(PREVIOUS_KEY, "is set without " + KEY + "; set that to the key that is used from now on");
        }
        if (previous.isPresent()
                && key.map(Secret::value).filter(previous.get().value()::equals).isPresent()) {
            values.problem(
                    PREVIOUS_KEY,
                    "is the same as %s; set %s to the new key, or remove %s".formatted(KEY, KEY, PREVIOUS_KEY));
        }
        return previous;
    }

    private void allow(String text, Set<String> hosts, Set<Network> networks) {
        if (!ADDRESS.matcher(text).matches() && HOST.matcher(text).matches()) {
            hosts.add(text.toLowerCase(Locale.ROOT));
            return;
        }
        try {
            networks.add(Network.parse(text));
        } catch (IllegalArgumentException e) {
            values.problem(
                    ALLOW,
                    "names '%s', which is neither a host nor a network (%s); allowed: host names, addresses and ranges such as 10.0.0.0/8, without a port, separated by commas"
                            .formatted(ValueReader.cut(text), e.getMessage()));
        }
    }

    private Optional<URI> proxy(String text) {
        Matcher matcher = PROXY_URL.matcher(text.strip());
        if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= MAX_PORT) {
            return Optional.of(URI.create(text.strip()));
        }
        values.problem(
                PROXY,
                "is not a proxy's URL; allowed: http://HOST:PORT, without user and path"); // it may hold a password
        return Optional.empty();
    }
}
