package org.mxhooks.settings;

import static java.lang.System.Logger.Level.WARNING;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.mxhooks.signature.SecretText;

/**
 * The settings' values as they were meant: a blank one counts as unset. Environment variables are found in every
 * language of the server, though some implementations of MicroProfile Config look for {@code MXHOOKS_ENDPOİNTS} in
 * Turkish.
 *
 * @param config where the values are
 * @param environment of the process
 * @param problems where those are added that cannot be what was meant
 */
record Configured(Config config, Map<String, String> environment, Problems problems) {

    private static final System.Logger LOG = System.getLogger(Configured.class.getName());
    static final int ORDINAL_OF_ENVIRONMENT = 300;
    private static final int ORDINAL_OF_PROPERTIES = 400;
    private static final String UNKNOWN_EXPRESSION = "${…}";
    private static final char REPLACEMENT = '\uFFFD';
    private static final Pattern WHOLE_EXPRESSION = Pattern.compile("\\s*\\$\\{[^{}]*}\\s*");

    /** The value, if there is one, without white space around it. */
    Optional<String> text(String setting) {
        return readable(setting).map(value -> SecretText.of(value).strip());
    }

    private Optional<String> readable(String setting) {
        Optional<String> value = value(setting);
        if (value.isPresent() && value.get().indexOf(REPLACEMENT) >= 0) {
            problem(
                    setting,
                    "has letters that the server's Java could not read in the encoding of its environment, "
                            + System.getProperty("sun.jnu.encoding")
                            + "; start the server with LANG=C.UTF-8"
                            + (SettingNames.isSecret(setting) ? ", or use " + setting + "-file" : ""));
        }
        return value;
    }

    /** A secret's value, without what stands around it; what a server would make of it is no secret. */
    Optional<String> secret(String setting) {
        Optional<String> value = readable(setting);
        if (value.isPresent() && !isMissedVariable(setting) && !isVerbatim(setting, value.get())) {
            problem(
                    setting,
                    "has characters that the server replaces, as $, { or \\ in an expression ${…}; use " + setting
                            + "-file, whose content is taken as it is");
        }
        value.filter(text -> mayBeCutByEncoding(setting, text)).ifPresent(unused -> warnOfEncoding(setting));
        return value.map(SecretText::of);
    }

    /** Whether there is a value, be it one that cannot be used. */
    boolean isGiven(String setting) {
        return isMissedVariable(setting) || isSet(found(setting).raw());
    }

    /**
     * Adds a problem of a setting, with the source of its value.
     *
     * @param what follows the setting's name; holds nothing secret
     */
    void problem(String setting, String what) {
        problems.add(setting + source(setting).map(" (%s) "::formatted).orElse(" ") + what);
    }

    /** Where the value is; where it could be, if there is none. */
    private Optional<String> source(String setting) {
        Found found = found(setting);
        if (found.ordinal() >= ORDINAL_OF_PROPERTIES && System.getProperty(setting) != null) {
            return Optional.of("system property");
        }
        if (variable(setting).isPresent() || !isGiven(setting)) {
            return Optional.of("environment variable " + variableName(setting));
        }
        return found.source().map("configuration source "::concat);
    }

    private String variableName(String setting) {
        return SettingNames.environmentNames(setting).stream()
                .filter(environment::containsKey)
                .findFirst()
                .orElseGet(() -> SettingNames.environmentName(setting));
    }

    /** What a source says, before the server expands it, with the source's name and rank. */
    record Found(String raw, Optional<String> source, int ordinal) {}

    /** Some implementations throw on an expression of something that is not set, some say that there is no value. */
    Found found(String setting) {
        try {
            ConfigValue found = config.getConfigValue(setting);
            return new Found(found.getRawValue(), Optional.ofNullable(found.getSourceName()), found.getSourceOrdinal());
        } catch (NoSuchElementException | IllegalArgumentException unknownExpression) {
            return new Found(UNKNOWN_EXPRESSION, Optional.empty(), ORDINAL_OF_PROPERTIES);
        }
    }

    private Optional<String> expanded(String setting) {
        try {
            return config.getOptionalValue(setting, String.class);
        } catch (NoSuchElementException | IllegalArgumentException unknownExpression) {
            return Optional.empty();
        }
    }

    private Optional<String> value(String setting) {
        if (isMissedVariable(setting)) {
            return variable(setting);
        }
        Optional<String> value = expanded(setting);
        if (value.isEmpty() && isGiven(setting)) {
            problem(
                    setting,
                    "has an expression ${…} of something that is not set"
                            + (SettingNames.isSecret(setting)
                                    ? "; use " + setting + "-file, whose content is taken as it is"
                                    : ""));
        }
        return value.filter(Configured::isSet);
    }

    /**
     * Whether there is an environment variable that the server's implementation should have preferred to what it found.
     */
    private boolean isMissedVariable(String setting) {
        Found found = found(setting);
        return variable(setting).isPresent() && (found.raw() == null || found.ordinal() < ORDINAL_OF_ENVIRONMENT);
    }

    private Optional<String> variable(String setting) {
        return SettingNames.environmentNames(setting).stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(Configured::isSet);
    }

    private boolean isVerbatim(String setting, String value) {
        String raw = found(setting).raw();
        return raw == null || value.equals(raw) || WHOLE_EXPRESSION.matcher(raw).matches();
    }

    /** On the command line Java makes a question mark of each byte that is not of the encoding. */
    private boolean mayBeCutByEncoding(String setting, String value) {
        return value.indexOf('?') >= 0
                && "ANSI_X3.4-1968".equals(System.getProperty("sun.jnu.encoding"))
                && found(setting).ordinal() >= ORDINAL_OF_PROPERTIES;
    }

    private static void warnOfEncoding(String setting) {
        LOG.log(
                WARNING,
                "{0} has a question mark, which this server''s Java makes of each letter beyond ASCII: if there should be one,"
                        + " start the server with LANG=C.UTF-8, or use {0}-file",
                setting);
    }

    private static boolean isSet(String value) {
        return value != null && !SecretText.of(value).isBlank();
    }
}
