package org.mxhooks.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.oidc.AuthorizationFlow;
import org.mxhooks.settings.OidcSettings;
import org.mxhooks.settings.Secret;

/** What a browser keeps while its user is at the provider. */
class PendingSignInTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final OidcSettings PROVIDER = provider("of the client");

    private final PendingSignIn pending = PendingSignIn.begin(ConsolePage.of("deliveries?state=dead"), at(NOW));

    @Test
    void isKnownAgainByEveryNode() {
        assertThat(PendingSignIn.unsealed(pending.sealed(PROVIDER), PROVIDER, at(NOW.plusSeconds(30))))
                .contains(pending);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT10M, true", "PT10M1S, false", "-PT1M, true", "-PT2M, false"})
    void isValidForTenMinutes(Duration later, boolean valid) {
        assertThat(PendingSignIn.unsealed(pending.sealed(PROVIDER), PROVIDER, at(NOW.plus(later)))
                        .isPresent())
                .isEqualTo(valid);
    }

    @Test
    void cannotBeChangedOrMadeByTheBrowser() {
        String[] parts = pending.sealed(PROVIDER).split("\\.");
        String other = SessionToken.random().value();

        assertThat(List.of(
                        String.join(".", other, parts[1], parts[2], parts[3]),
                        String.join(".", parts[0], "1" + parts[1], parts[2], parts[3]),
                        String.join(".", parts[0], parts[1], parts[2] + "A", parts[3]),
                        String.join(".", parts[0], parts[1], parts[2], other),
                        pending.sealed(provider("of another client"))))
                .allSatisfy(text -> assertThat(PendingSignIn.unsealed(text, PROVIDER, at(NOW)))
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "...", "a.b.c.d", "\0"})
    void isNothingElse(String text) {
        assertThat(PendingSignIn.unsealed(text, PROVIDER, at(NOW))).isEmpty();
    }

    @Test
    void noSecretOfTheFlowRevealsAnother() {
        AuthorizationFlow flow = pending.flow();

        assertThat(Set.of(
                        flow.state(),
                        flow.nonce(),
                        flow.codeVerifier(),
                        pending.token().value()))
                .hasSize(4);
        assertThat(flow.codeVerifier()).matches("[A-Za-z0-9_-]{43}");
        assertThat(pending.sealed(PROVIDER)).doesNotContain(flow.state(), flow.nonce(), flow.codeVerifier());
        assertThat(flow).hasToString("****");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "../x", "javascript:alert(1)", "", "a b", "x\n"})
    void leadsNobodyElsewhere(String text) {
        assertThat(ConsolePage.of(text).address()).isEqualTo("overview");
    }

    @Test
    void fitsIntoTheHeadersOfARequest() {
        PendingSignIn longest = PendingSignIn.begin(ConsolePage.of("deliveries?name=" + "x".repeat(484)), at(NOW));
        PendingSignIn longer = PendingSignIn.begin(ConsolePage.of("deliveries?name=" + "x".repeat(485)), at(NOW));

        assertThat(longest.page().address()).hasSize(500);
        assertThat(PendingSignIn.unsealed(longest.sealed(PROVIDER), PROVIDER, at(NOW)))
                .contains(longest);
        assertThat(longest.sealed(PROVIDER)).hasSizeLessThan(800);
        assertThat(longer.page().address()).isEqualTo("overview");
    }

    private static OidcSettings provider(String secret) {
        return new OidcSettings(
                URI.create("https://id.example.com"),
                "mxhooks",
                Secret.of(secret),
                URI.create("https://console.example.com/mxhooks/console/oidc/callback"),
                List.of("openid"),
                "groups",
                Set.of("operators"),
                Set.of());
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
