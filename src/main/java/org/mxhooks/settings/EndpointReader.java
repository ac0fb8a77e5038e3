package org.mxhooks.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.Verdict;

/** Reads the endpoints, no two of which may share a secret. */
final class EndpointReader {

    private static final String LIST = "mxhooks.endpoints";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final ValueReader values;
    private final SecretReader secrets;
    private final Map<String, Use> usesOfSecrets = new HashMap<>();

    /** Where a secret was met first. */
    private record Use(String endpoint, String setting) {}

    EndpointReader(ValueReader values, SecretReader secrets) {
        this.values = values;
        this.secrets = secrets;
    }

    /** The names that are listed, in their order, without those that cannot be. */
    static Set<String> names(ValueReader values) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : values.text(LIST).orElse("default").split(",", -1)) {
            if (!NAME.matcher(name.strip()).matches()) {
                values.problem(
                        LIST,
                        "names an endpoint '%s'; allowed are up to 63 lower-case letters, digits and dashes"
                                .formatted(ValueReader.cut(name.strip())));
            } else if (!names.add(name.strip())) {
                values.problem(LIST, "names '%s' more than once".formatted(ValueReader.cut(name.strip())));
            }
        }
        refuseSharedVariables(names, values);
        return names;
    }

    /** An environment variable has an underscore for a dot and for a dash. */
    private static void refuseSharedVariables(Set<String> names, ValueReader values) {
        Map<String, String> owners = new HashMap<>();
        for (String name : names) {
            for (String variable : SettingNames.endpointVariables(name)) {
                String other = owners.putIfAbsent(variable, name);
                if (other != null) {
                    values.problem(
                            LIST,
                            "names both '%s' and '%s', so that %s is a variable of both; rename one of them"
                                    .formatted(ValueReader.cut(other), ValueReader.cut(name), variable));
                    break;
                }
            }
        }
    }

    /** The endpoints by their names, without those that lack a secret. */
    Map<String, EndpointSettings> read(Set<String> names) {
        Map<String, EndpointSettings> endpoints = new HashMap<>();
        for (String name : names) {
            endpoint(name).ifPresent(endpoint -> endpoints.put(name, endpoint));
        }
        return Map.copyOf(endpoints);
    }

    private Optional<EndpointSettings> endpoint(String name) {
        String prefix = "mxhooks.endpoint." + name + ".";
        Scheme scheme = scheme(prefix);
        Optional<Secret> secret = usable(
                secrets.required(prefix + "secret", GeneratedFile.ENDPOINT_SECRET.fileName(name)),
                prefix + "secret",
                scheme);
        Optional<Secret> previous =
                usable(secrets.secret(prefix + "previous-secret"), prefix + "previous-secret", scheme);
        secret.ifPresent(value -> refuseShared(value, new Use(name, prefix + "secret")));
        previous.ifPresent(value -> refuseShared(value, new Use(name, prefix + "previous-secret")));
        Set<Network> senders = allowedSenders(prefix + "allowed-senders");
        return secret.map(value -> new EndpointSettings(name, scheme, value, previous, senders));
    }

    /** A list of nothing does not mean all. */
    private Set<Network> allowedSenders(String setting) {
        Set<Network> senders = values.networks(setting);
        if (senders.isEmpty()
                && values.text(setting).filter(text -> text.matches("[,\\s]+")).isPresent()) {
            values.problem(setting, "names no address; name at least one, or remove the setting to allow all");
        }
        return senders;
    }

    private Scheme scheme(String prefix) {
        String name = values.oneOf(prefix + "scheme", Schemes.names());
        String tolerance = prefix + "tolerance";
        Scheme scheme = Schemes.of(
                name,
                values.oneOf(prefix + "key-derivation", Schemes.keyDerivations(name)),
                values.duration(
                        tolerance, Schemes.DEFAULT_TOLERANCE.toString(), Duration.ofSeconds(1), Duration.ofDays(7)));
        if (values.text(tolerance).isPresent() && !scheme.reasons().contains(Verdict.Reason.TIMESTAMP_INVALID)) {
            values.warn("{0} has no effect: the scheme {1} signs no time", tolerance, name);
        }
        return scheme;
    }

    /** A secret that the scheme can derive a key from, now and whenever its file changes. */
    private Optional<Secret> usable(Optional<Secret> secret, String setting, Scheme scheme) {
        try {
            return secret.map(given -> given.requiring(scheme::key));
        } catch (IllegalArgumentException e) {
            values.problem(setting, "cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** An endpoint's own previous secret may be the current one, between the two steps of a rotation. */
    private void refuseShared(Secret secret, Use use) {
        Use first = usesOfSecrets.putIfAbsent(secret.value(), use);
        if (first != null && !first.endpoint().equals(use.endpoint())) {
            values.problem(
                    use.setting(), "is the same as " + first.setting() + "; give each endpoint a secret of its own");
        }
    }
}
