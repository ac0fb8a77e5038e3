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
 * Values of settings, read from MicroProfile Config. A blank value counts as unset. Environment variables are read
 * independently of the default locale: some implementations of MicroProfile Config look for {@code MXHOOKS_ENDPOİNTS}
 * in a Turkish one.
 *
 * @param config source of the values
 * @param environment of the process
 * @param problems collects the values that are not valid
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
                    "has characters that Java cannot decode in the encoding of the server's environment, "
                            + System.getProperty("sun.jnu.encoding")
                            + "; start the server with LANG=C.UTF-8"
                            + (SettingNames.isSecret(setting) ? ", or use " + setting + "-file" : ""));
        }
        return value;
    }

    /** A secret, without surrounding line breaks. Reports a value in which the server would replace characters. */
    Optional<String> secret(String setting) {
        Optional<String> value = readable(setting);
        if (value.isPresent() && !isMissedVariable(setting) && !isVerbatim(setting, value.get())) {
            problem(
                    setting,
                    "has characters that the server replaces, such as $, { or \\ in an expression ${…}; use " + setting
                            + "-file, whose content is used unchanged");
        }
        value.filter(text -> mayBeCutByEncoding(setting, text)).ifPresent(unused -> warnOfEncoding(setting));
        return value.map(SecretText::of);
    }

    /** Whether there is a value, valid or not. */
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

    /** The source of the value; without a value, the environment variable that could hold it. */
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

    /** A value before the server expands it, with the name and the ordinal of its source. */
    record Found(String raw, Optional<String> source, int ordinal) {}

    /** For an expression of an unset property some implementations throw, others return no value. */
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
                                    ? "; use " + setting + "-file, whose content is used unchanged"
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

    /** On the command line Java replaces each byte that the encoding does not have with a question mark. */
    private boolean mayBeCutByEncoding(String setting, String value) {
        return value.indexOf('?') >= 0
                && "ANSI_X3.4-1968".equals(System.getProperty("sun.jnu.encoding"))
                && found(setting).ordinal() >= ORDINAL_OF_PROPERTIES;
    }

    private static void warnOfEncoding(String setting) {
        LOG.log(
                WARNING,
                "{0} contains a question mark, which Java substitutes for non-ASCII characters in this environment; if the value has any, start the server with LANG=C.UTF-8, or use {0}-file",
                setting);
    }

    private static boolean isSet(String value) {
        return value != null && !SecretText.of(value).isBlank();
    }
}
