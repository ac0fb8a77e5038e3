package org.mxhooks.settings;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Detects properties and environment variables that look like misspelled settings, which would leave the default in
 * effect. A blank one counts as unset.
 *
 * @param configured whose properties and variables are looked at
 * @param names of the settings
 * @param listIsValid whether {@code mxhooks.endpoints} can be believed
 */
record Misspellings(Configured configured, SettingNames names, boolean listIsValid) {

    private static final Pattern OURS = Pattern.compile("(?i)mxhooks[^a-z0-9].*");

    /** Variables of the command line, {@code cli.md}. */
    private static final Set<String> OF_COMMAND_LINE = Set.of(
            "MXHOOKS_URL",
            "MXHOOKS_USER",
            "MXHOOKS_PASSWORD_FILE",
            "MXHOOKS_PORTAL_URL",
            "MXHOOKS_PORTAL_TOKEN",
            "MXHOOKS_PORTAL_TOKEN_FILE",
            "MXHOOKS_PUBLIC_URL");

    /** What Kubernetes sets for services whose names begin with {@code mxhooks}. */
    private static final Pattern OF_SERVICE = Pattern.compile(
            "MXHOOKS(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern PORT_OF_SERVICE = Pattern.compile("MXHOOKS(_[A-Z0-9_]+)?_PORT");
    private static final Pattern ADDRESS_OF_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Each with its remedy, in the order of the names. */
    Stream<String> problems() {
        Set<String> all = new TreeSet<>(configured.environment().keySet());
        configured.config().getPropertyNames().forEach(all::add);
        return all.stream()
                .filter(name -> OURS.matcher(name).matches() || names.hasMisspeltPrefix(name))
                .filter(name -> isVariable(name) ? isMisspeltVariable(name) : isMisspeltProperty(name))
                .flatMap(name -> problem(name).stream());
    }

    private boolean isVariable(String name) {
        return configured.environment().containsKey(name)
                || configured.found(name).ordinal() == Configured.ORDINAL_OF_ENVIRONMENT;
    }

    private boolean isMisspeltProperty(String name) {
        return !names.isProperty(name) && isSet(configured.found(name).raw());
    }

    private boolean isMisspeltVariable(String name) {
        return !names.isVariable(name)
                && !OF_COMMAND_LINE.contains(name)
                && !isAlias(name)
                && !isOfService(name)
                && isSet(value(name));
    }

    /** Implementations of MicroProfile Config also list a variable as a property, under a guess at its name. */
    private boolean isAlias(String name) {
        return !configured.environment().containsKey(name)
                && SettingNames.environmentNames(name).stream()
                        .anyMatch(other -> !other.equals(name) && value(other) != null);
    }

    private String value(String variable) {
        return Optional.ofNullable(configured.environment().get(variable))
                .orElseGet(() -> configured.found(variable).raw());
    }

    private boolean isOfService(String variable) {
        return OF_SERVICE.matcher(variable).matches()
                || PORT_OF_SERVICE.matcher(variable).matches()
                        && ADDRESS_OF_SERVICE.matcher(value(variable)).matches();
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    private Optional<String> problem(String name) {
        Optional<String> unlisted = names.unlistedEndpoint(name);
        if (unlisted.isPresent()) {
            return unlisted.filter(endpoint -> listIsValid)
                    .map(endpoint -> name + " is of an endpoint that mxhooks.endpoints does not list; add " + endpoint
                            + " to it, or remove the setting");
        }
        String remedy = names.nearest(name)
                .map(setting -> isVariable(name) ? SettingNames.environmentName(setting) : setting)
                .map(setting -> "did you mean " + setting + "?")
                .orElse("remove it, or see settings.md for the valid ones");
        return Optional.of(name + " is not a setting; " + remedy);
    }
}
