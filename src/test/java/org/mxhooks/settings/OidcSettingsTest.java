package org.mxhooks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.MapConfig;

/** The settings of the OpenID provider. */
class OidcSettingsTest {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "mxhooks.endpoint.default.secret", "of the portal",
            "mxhooks.operator.password", "of the operator",
            "mxhooks.relay.key", "of the relay",
            "mxhooks.oidc.issuer", "https://id.example.com/realms/a",
            "mxhooks.oidc.client-id", "mxhooks",
            "mxhooks.oidc.client-secret", "never-shown-1",
            "mxhooks.oidc.redirect-uri", "https://console.example.com/mxhooks/console/oidc/callback",
            "mxhooks.oidc.operator-values", "operators, admins,"));

    @Test
    void aProviderNeedsFive() {
        OidcSettings provider = read().oidc().orElseThrow();

        assertThat(provider.issuer()).isEqualTo(URI.create("https://id.example.com/realms/a"));
        assertThat(provider.scopes()).containsExactly("openid", "profile", "email");
        assertThat(provider.roleClaim()).isEqualTo("groups");
        assertThat(provider.operatorValues()).containsExactlyInAnyOrder("operators", "admins");
        assertThat(provider.viewerValues()).isEmpty();
        assertThat(provider.page("sign-in"))
                .isEqualTo(URI.create("https://console.example.com/mxhooks/console/sign-in"));
        assertThat(provider.toString()).doesNotContain("never-shown-1");
    }

    @ParameterizedTest
    @CsvSource({
        "mxhooks.oidc.client-id",
        "mxhooks.oidc.client-secret",
        "mxhooks.oidc.redirect-uri",
        "mxhooks.oidc.operator-values"
    })
    void eachOfThemIsRequired(String setting) {
        properties.remove(setting);

        assertProblem(setting);
    }

    @Test
    void allThatIsMissingIsInOneMessage() {
        properties.keySet().removeIf(name -> name.startsWith("mxhooks.oidc."));
        properties.put("mxhooks.oidc.issuer", "https://id.example.com");

        assertProblem(
                "mxhooks.oidc.client-id",
                "mxhooks.oidc.client-secret",
                "mxhooks.oidc.redirect-uri",
                "mxhooks.oidc.operator-values");
    }

    @Test
    void noneIsOfUseWithoutAnIssuer() {
        properties.remove("mxhooks.oidc.issuer");

        assertProblem(
                "mxhooks.oidc.client-id",
                "mxhooks.oidc.client-secret",
                "mxhooks.oidc.redirect-uri",
                "mxhooks.oidc.operator-values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.com",
                "http://127.0.0.1.example.com",
                "https://never-shown-2@id.example.com",
                "https://id.example.com?never-shown-2",
                "https://id.example.com#never-shown-2",
                "https:///realm",
                "ldap://id.example.com",
                "id.example.com",
                "https://id.example.com/ /"
            })
    void anIssuerIsAnHttpsUrl(String issuer) {
        properties.put("mxhooks.oidc.issuer", issuer);

        assertProblem("mxhooks.oidc.issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000", "http://[::1]/a", "http://localhost:9000", "https://10.0.0.1/"})
    void onThisMachineItNeedsNoHttps(String issuer) {
        properties.put("mxhooks.oidc.issuer", issuer);

        assertThat(read().oidc().orElseThrow().issuer()).hasToString(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://console.example.com/mxhooks/console/oidc/callback",
                "https://console.example.com/mxhooks/console/oidc/callback?a=b",
                "https://console.example.com/mxhooks/console/oidc",
                "https://console.example.com/mxhooks/console/oidc/callback/",
                "/mxhooks/console/oidc/callback"
            })
    void aRedirectUriIsThatOfTheConsole(String uri) {
        properties.put("mxhooks.oidc.redirect-uri", uri);

        assertProblem("mxhooks.oidc.redirect-uri");
    }

    @Test
    void aValueMakesOneRole() {
        properties.put("mxhooks.oidc.viewer-values", "staff,admins");

        assertProblem("mxhooks.oidc.viewer-values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile", "openid \"x\"", "openid é"})
    void scopesAreRequestedWithOpenid(String scopes) {
        properties.put("mxhooks.oidc.scopes", scopes);

        assertProblem("mxhooks.oidc.scopes");
    }

    private Settings read() {
        return SettingsReader.read(MapConfig.of(properties));
    }

    private void assertProblem(String... settings) {
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll(settings)
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("never-shown"));
    }
}
