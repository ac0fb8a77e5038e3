package org.mxhooks.settings;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings of the OpenID provider. */
record OidcReader(ValueReader values, SecretReader secrets) {

    private static final String ISSUER = "mxhooks.oidc.issuer";
    private static final String CLIENT_ID = "mxhooks.oidc.client-id";
    private static final String CLIENT_SECRET = "mxhooks.oidc.client-secret";
    private static final String REDIRECT_URI = "mxhooks.oidc.redirect-uri";
    private static final String SCOPES = "mxhooks.oidc.scopes";
    private static final String ROLE_CLAIM = "mxhooks.oidc.role-claim";
    private static final String OPERATOR_VALUES = "mxhooks.oidc.operator-values";
    private static final String VIEWER_VALUES = "mxhooks.oidc.viewer-values";
    private static final Map<String, String> DEFAULTS = Map.of(SCOPES, "openid profile email", ROLE_CLAIM, "groups");

    private static final int MAX_URL = 1000;

    /** RFC 6749 section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Empty where no issuer is set, or where anything is wrong. */
    Optional<OidcSettings> read() {
        Optional<Secret> clientSecret = secrets.secret(CLIENT_SECRET);
        Optional<String> issuer = values.text(ISSUER);
        if (issuer.isEmpty()) {
            refuseOthers(clientSecret);
            return Optional.empty();
        }
        Optional<URI> issuerUrl = url(ISSUER, issuer.get());
        Optional<String> clientId = required(CLIENT_ID);
        if (clientSecret.isEmpty()) {
            missing(CLIENT_SECRET);
        }
        Optional<URI> redirectUri = required(REDIRECT_URI).flatMap(text -> url(REDIRECT_URI, text));
        redirectUri.ifPresent(this::checkCallback);
        List<String> scopes = scopes();
        Set<String> operators = list(OPERATOR_VALUES);
        Set<String> viewers = list(VIEWER_VALUES);
        checkRoles(operators, viewers);
        return issuerUrl.isEmpty() || clientId.isEmpty() || clientSecret.isEmpty() || redirectUri.isEmpty()
                ? Optional.empty()
                : Optional.of(new OidcSettings(
                        issuerUrl.get(),
                        clientId.get(),
                        clientSecret.get(),
                        redirectUri.get(),
                        scopes,
                        text(ROLE_CLAIM),
                        operators,
                        viewers));
    }

    private void refuseOthers(Optional<Secret> clientSecret) {
        Stream.of(CLIENT_ID, REDIRECT_URI, SCOPES, ROLE_CLAIM, OPERATOR_VALUES, VIEWER_VALUES)
                .filter(setting -> values.text(setting)
                        .filter(value -> !value.equals(DEFAULTS.get(setting)))
                        .isPresent())
                .forEach(this::refuse);
        if (clientSecret.isPresent()) {
            refuse(CLIENT_SECRET);
        }
    }

    private void refuse(String setting) {
        values.problem(setting, "is set without " + ISSUER + "; set that to the provider's issuer, or remove both");
    }

    private Optional<String> required(String setting) {
        Optional<String> value = values.text(setting);
        if (value.isEmpty()) {
            missing(setting);
        }
        return value;
    }

    private void missing(String setting) {
        values.problem(setting, "is required with " + ISSUER + "; set it, or remove that");
    }

    private String text(String setting) {
        return values.text(setting).orElse(DEFAULTS.get(setting));
    }

    private Set<String> list(String setting) {
        return Arrays.stream(values.text(setting).orElse("").split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(toUnmodifiableSet());
    }

    private List<String> scopes() {
        List<String> scopes = List.of(text(SCOPES).split("\\s+"));
        if (!scopes.contains("openid")
                || !scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            values.problem(
                    SCOPES,
                    "is '%s'; allowed: scopes in ASCII, separated by spaces, openid among them"
                            .formatted(ValueReader.cut(text(SCOPES))));
        }
        return scopes;
    }

    private void checkRoles(Set<String> operators, Set<String> viewers) {
        if (operators.isEmpty() && viewers.isEmpty()) {
            values.problem(
                    OPERATOR_VALUES,
                    "and %s are empty, so that nobody could sign in; set one of them to values of the claim %s"
                            .formatted(VIEWER_VALUES, ValueReader.cut(text(ROLE_CLAIM))));
        }
        operators.stream()
                .filter(viewers::contains)
                .forEach(value -> values.problem(
                        VIEWER_VALUES,
                        "names '%s', which %s names too; remove it from one of them"
                                .formatted(ValueReader.cut(value), OPERATOR_VALUES)));
    }

    private void checkCallback(URI redirectUri) {
        if (!redirectUri.getRawPath().endsWith(OidcSettings.CALLBACK)) {
            values.problem(
                    REDIRECT_URI,
                    "is '%s'; allowed: a URL that ends in /mxhooks%s, as browsers reach it"
                            .formatted(ValueReader.cut(redirectUri.toString()), OidcSettings.CALLBACK));
        }
    }

    /** The value is not repeated: it may hold a password. */
    private Optional<URI> url(String setting, String text) {
        try {
            URI url = new URI(text);
            boolean confidential =
                    "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && OidcSettings.isLoopback(url);
            if (confidential
                    && text.length() <= MAX_URL
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // As any other that is not allowed.
        }
        values.problem(
                setting,
                "is not allowed; allowed: https://HOST/PATH, or http:// with 127.0.0.1, [::1] or localhost, without user, query and fragment");
        return Optional.empty();
    }
}
