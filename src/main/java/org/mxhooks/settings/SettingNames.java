package org.mxhooks.settings;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of all settings, of a deployment with these endpoints.
 *
 * @param endpoints that {@code mxhooks.endpoints} lists
 */
record SettingNames(Set<String> endpoints) {

    static final String ENDPOINT = "<name>";

    private static final String PREFIX = "mxhooks.";
    private static final int MIN_LENGTH_FOR_SLIP = 6;

    private static final Set<String> VALUES = Set.of(
            "mxhooks.home",
            "mxhooks.endpoints",
            "mxhooks.endpoint.<name>.scheme",
            "mxhooks.endpoint.<name>.key-derivation",
            "mxhooks.endpoint.<name>.tolerance",
            "mxhooks.endpoint.<name>.allowed-senders",
            "mxhooks.max-body",
            "mxhooks.database.url",
            "mxhooks.database.user",
            "mxhooks.database.jndi",
            "mxhooks.jms.enabled",
            "mxhooks.jms.connection-factory",
            "mxhooks.jms.topic",
            "mxhooks.operator.user",
            "mxhooks.viewer.user",
            "mxhooks.oidc.issuer",
            "mxhooks.oidc.client-id",
            "mxhooks.oidc.redirect-uri",
            "mxhooks.oidc.scopes",
            "mxhooks.oidc.role-claim",
            "mxhooks.oidc.operator-values",
            "mxhooks.oidc.viewer-values",
            "mxhooks.trusted-proxies",
            "mxhooks.retry.for",
            "mxhooks.consumer.timeout",
            "mxhooks.retention",
            "mxhooks.relay.allow",
            "mxhooks.relay.timeout",
            "mxhooks.relay.retry.for",
            "mxhooks.relay.proxy");

    /** Each also has a form that ends in {@code -file}. */
    private static final Set<String> SECRETS = Set.of(
            "mxhooks.endpoint.<name>.secret",
            "mxhooks.endpoint.<name>.previous-secret",
            "mxhooks.database.password",
            "mxhooks.operator.password",
            "mxhooks.viewer.password",
            "mxhooks.oidc.client-secret",
            "mxhooks.relay.key",
            "mxhooks.relay.previous-key");

    /** Every setting, an endpoint's with {@code <name>} for its name, without the forms that end in {@code -file}. */
    static Set<String> all() {
        return Stream.of(VALUES, SECRETS).flatMap(Set::stream).collect(toUnmodifiableSet());
    }

    /** Whether the setting's value is a secret or password. */
    static boolean isSecret(String setting) {
        return SECRETS.contains(setting.replaceFirst("(?<=^mxhooks\\.endpoint\\.)[^.]*(?=\\.)", ENDPOINT));
    }

    /** A setting as an environment variable. */
    static String environmentName(String setting) {
        return underscored(setting).toUpperCase(Locale.ROOT);
    }

    /** The variables that MicroProfile Config takes for a setting, the first that is set. */
    static List<String> environmentNames(String setting) {
        return List.of(setting, underscored(setting), environmentName(setting));
    }

    /** The environment variables of an endpoint's settings, in the order of their names. */
    static List<String> endpointVariables(String endpoint) {
        return templates()
                .filter(template -> template.contains(ENDPOINT))
                .map(template -> environmentName(template.replace(ENDPOINT, endpoint)))
                .sorted()
                .toList();
    }

    private static String underscored(String setting) {
        return setting.replaceAll("[^a-zA-Z0-9]", "_");
    }

    boolean isProperty(String name) {
        return names().anyMatch(name::equals);
    }

    boolean isVariable(String name) {
        return names().flatMap(setting -> environmentNames(setting).stream()).anyMatch(name::equals);
    }

    /** Whether this is a setting's name with a slip in its prefix: a character too many, too few or wrong. */
    boolean hasMisspeltPrefix(String name) {
        String text = normalized(name);
        return text.startsWith("mx")
                && !text.startsWith(PREFIX)
                && IntStream.rangeClosed(PREFIX.length() - 1, Math.min(PREFIX.length() + 1, text.length()))
                        .filter(end -> distance(text.substring(0, end), PREFIX) == 1)
                        .anyMatch(end -> isNearlySetting(text.substring(end)));
    }

    private boolean isNearlySetting(String text) {
        int far = text.length() < MIN_LENGTH_FOR_SLIP ? 0 : 1;
        return names().map(setting -> normalized(setting).substring(PREFIX.length()))
                .anyMatch(setting -> distance(text, setting) <= far);
    }

    /** The setting that a misspelt name may have meant; empty where none is near. */
    Optional<String> nearest(String name) {
        String text = normalized(name);
        return names().sorted()
                .min(comparingInt(setting -> distance(text, normalized(setting))))
                .filter(setting -> isNear(text, normalized(setting)));
    }

    /** Measured at what follows the parts in common: the longer the prefix of a setting, the more would seem near. */
    private static boolean isNear(String one, String other) {
        int common = 0;
        while (common < Math.min(one.length(), other.length()) && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        String part = one.substring(one.substring(0, common).lastIndexOf('.') + 1);
        return distance(one, other) <= Math.max(2, part.length() / 4 - 1);
    }

    /** The endpoint that this would be a setting of, if it were listed. */
    Optional<String> unlistedEndpoint(String name) {
        return templates()
                .filter(template -> template.contains(ENDPOINT))
                .flatMap(template -> endpointIn(normalized(name), template).stream())
                .min(comparingInt(String::length))
                .filter(endpoint -> !endpoints.contains(endpoint));
    }

    private static Optional<String> endpointIn(String name, String template) {
        int start = template.indexOf(ENDPOINT);
        String before = normalized(template.substring(0, start));
        String after = normalized(template.substring(start + ENDPOINT.length()));
        return name.startsWith(before) && name.endsWith(after) && name.length() > before.length() + after.length()
                ? Optional.of(name.substring(before.length(), name.length() - after.length())
                        .replace('.', '-'))
                : Optional.empty();
    }

    private Stream<String> names() {
        return templates()
                .flatMap(template -> template.contains(ENDPOINT)
                        ? endpoints.stream().map(endpoint -> template.replace(ENDPOINT, endpoint))
                        : Stream.of(template));
    }

    private static Stream<String> templates() {
        return Stream.concat(all().stream(), SECRETS.stream().map(secret -> secret + "-file"));
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ".");
    }

    /** Levenshtein's: how many characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[above.length];
            current[0] = row;
            for (int column = 1; column < above.length; column++) {
                int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[other.length()];
    }
}
