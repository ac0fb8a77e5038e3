package org.mxhooks.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.settings.OidcSettings;
import org.mxhooks.settings.Secret;

/** What of a provider is believed. */
@Timeout(60)
class OpenIdProviderTest {

    private static final String SECRET = "known to the provider and to mxhooks";
    private static final String CALLBACK = "https://console.example.com/mxhooks/console/oidc/callback";
    private static final AuthorizationFlow FLOW =
            new AuthorizationFlow("of-the-state", "of-the-nonce", "of-the-verifier-43-characters-or-more-0123456789");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LyingProvider provider;

    @BeforeEach
    void start() throws IOException {
        provider = new LyingProvider();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void leadsToTheProviderWithPkceStateAndNonce() throws Exception {
        URI url = client().authorization(FLOW);

        assertThat(url.toString()).startsWith(provider.issuer + "/auth?");
        assertThat(query(url))
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "mxhooks")
                .containsEntry("redirect_uri", CALLBACK)
                .containsEntry("scope", "openid profile")
                .containsEntry("state", "of-the-state")
                .containsEntry("nonce", "of-the-nonce")
                .containsEntry("code_challenge_method", "S256")
                .doesNotContainValue(FLOW.codeVerifier())
                .containsKey("code_challenge");
    }

    @Test
    void redeemsTheCodeForTheUser() throws Exception {
        provider.issues(provider.signed(provider.claims(FLOW.nonce()).build()));

        ProviderIdentity identity = client().identity(answer(), FLOW);

        assertThat(identity.user()).isEqualTo("olivia");
        assertThat(identity.subject()).isEqualTo("248289761001");
        assertThat(identity.role()).contains(Role.OPERATOR);
        LyingProvider.Asked asked = provider.asked(LyingProvider.TOKEN).get(0);
        assertThat(asked.authorization())
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString(("mxhooks:" + SECRET.replace(' ', '+')).getBytes(UTF_8)));
        assertThat(query(URI.create("x:/?" + asked.body())))
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "of-the-provider")
                .containsEntry("redirect_uri", CALLBACK)
                .containsEntry("code_verifier", FLOW.codeVerifier());
        assertThat(provider.asked(LyingProvider.USER_INFO))
                .as("the ID token says it all")
                .isEmpty();
    }

    @Test
    void sendsItsSecretInTheFormWhereTheProviderWantsIt() throws Exception {
        provider.says(
                LyingProvider.DISCOVERY,
                provider.metadata()
                        .add(
                                "token_endpoint_auth_methods_supported",
                                Json.createArrayBuilder().add("client_secret_post"))
                        .build());
        provider.issues(provider.signed(provider.claims(FLOW.nonce()).build()));

        client().identity(answer(), FLOW);

        LyingProvider.Asked asked = provider.asked(LyingProvider.TOKEN).get(0);
        assertThat(asked.authorization()).isNull();
        assertThat(query(URI.create("x:/?" + asked.body()))).containsEntry("client_secret", SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"operators\"]          | OPERATOR",
                "[\"readers\", \"x\"]     | VIEWER",
                "[\"readers\",\"admins\"] | OPERATOR",
                "\"readers\"              | VIEWER",
                "[\"Operators\"]          |",
                "\"operators readers\"    |",
                "[]                       |",
                "[7, null, {\"operators\":\"readers\"}] |",
                "{\"operators\":true}     |",
                "true                     |"
            })
    void theClaimDecidesOnTheRole(String groups, Role role) throws Exception {
        provider.issues(provider.signed(
                provider.claims(FLOW.nonce()).add("groups", json(groups)).build()));

        assertThat(client().identity(answer(), FLOW).role()).isEqualTo(Optional.ofNullable(role));
    }

    @Test
    void asksForTheClaimWhereTheIdTokenLacksIt() throws Exception {
        provider.issues(
                provider.signed(provider.claims(FLOW.nonce()).remove("groups").build()));
        provider.says(LyingProvider.USER_INFO, (JsonObject)
                json("{\"sub\":\"248289761001\",\"groups\":[\"readers\"],\"preferred_username\":\"other\"}"));

        ProviderIdentity identity = client().identity(answer(), FLOW);

        assertThat(identity.role()).contains(Role.VIEWER);
        assertThat(identity.user()).as("what is signed counts").isEqualTo("olivia");
        assertThat(provider.asked(LyingProvider.USER_INFO).get(0).authorization())
                .isEqualTo("Bearer of-access");
    }

    @Test
    void believesNoClaimsOfAnotherUser() {
        provider.issues(
                provider.signed(provider.claims(FLOW.nonce()).remove("groups").build()));
        provider.says(LyingProvider.USER_INFO, (JsonObject) json("{\"sub\":\"another\",\"groups\":[\"operators\"]}"));

        assertRefused("another user");
    }

    @Test
    void saysWhetherTheClaimIsMissing() throws Exception {
        provider.issues(
                provider.signed(provider.claims(FLOW.nonce()).remove("groups").build()));
        provider.says(LyingProvider.USER_INFO, (JsonObject) json("{\"sub\":\"248289761001\"}"));

        ProviderIdentity identity = client().identity(answer(), FLOW);

        assertThat(identity.role()).isEmpty();
        assertThat(identity.roleClaimPresent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"olivia\"            | \"o@example.com\" | olivia",
                "\"\\u200b\\u202e \"   | \"o@example.com\" | o@example.com",
                "\"o\\u0000\\nl\\u202eivia\" | null       | olivia",
                "7                     | {}                | 248289761001"
            })
    void showsAName(String preferred, String email, String shown) throws Exception {
        provider.issues(provider.signed(provider.claims(FLOW.nonce())
                .add("preferred_username", json(preferred))
                .add("email", json(email))
                .build()));

        assertThat(client().identity(answer(), FLOW).user()).isEqualTo(shown);
    }

    @Test
    void cutsALongName() throws Exception {
        provider.issues(provider.signed(provider.claims(FLOW.nonce())
                .add("preferred_username", "😀".repeat(5000))
                .build()));

        assertThat(client().identity(answer(), FLOW).user()).isEqualTo("😀".repeat(100));
    }

    /** A change to a valid ID token, or to its signature. */
    interface Lie {
        String token(LyingProvider provider, JsonObjectBuilder claims);
    }

    static Stream<Arguments> lies() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                lie("not signed", (provider, claims) -> provider.unsigned(claims.build())),
                lie(
                        "a MAC by the public key",
                        (provider, claims) -> provider.signedByMac(LyingProvider.publicKey(), claims.build())),
                lie(
                        "a MAC by the client's secret",
                        (provider, claims) -> provider.signedByMac(SECRET.getBytes(UTF_8), claims.build())),
                lie("another key", (provider, claims) -> provider.signedByAnother(claims.build())),
                lie("a key that is not published", (provider, claims) -> provider.signedByItsNextKey(claims.build())),
                lie("other content", (provider, claims) -> {
                    String[] parts = provider.signed(claims.build()).split("\\.");
                    String[] other =
                            provider.unsigned(claims.add("sub", "root").build()).split("\\.");
                    return parts[0] + "." + other[1] + "." + parts[2];
                }),
                changed("another issuer", claims -> claims.add("iss", "https://other.example.com")),
                changed("no issuer", claims -> claims.remove("iss")),
                changed("another audience", claims -> claims.add("aud", "another")),
                changed("no audience", claims -> claims.remove("aud")),
                changed(
                        "another authorized party",
                        claims -> claims.add(
                                        "aud",
                                        Json.createArrayBuilder().add("mxhooks").add("another"))
                                .add("azp", "another")),
                changed("another nonce", claims -> claims.add("nonce", "of-another")),
                changed("no nonce", claims -> claims.remove("nonce")),
                changed("expired", claims -> claims.add("exp", now - 120).add("iat", now - 600)),
                changed("no expiry", claims -> claims.remove("exp")),
                changed(
                        "issued in the future",
                        claims -> claims.add("iat", now + 600).add("exp", now + 900)),
                changed("not issued", claims -> claims.remove("iat")),
                changed("no subject", claims -> claims.remove("sub")));
    }

    private static Arguments lie(String name, Lie lie) {
        return Arguments.of(name, lie);
    }

    private static Arguments changed(String name, java.util.function.UnaryOperator<JsonObjectBuilder> change) {
        return lie(
                name, (provider, claims) -> provider.signed(change.apply(claims).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void refusesAnIdTokenThatIsNotForThisSignIn(String name, Lie lie) {
        provider.issues(lie.token(provider, provider.claims(FLOW.nonce())));

        assertRefused("ID token was refused");
    }

    @Test
    void readsTheKeysAnewForOneThatIsNotAmongThem() throws Exception {
        OpenIdProvider client = client();
        provider.issues(provider.signed(provider.claims(FLOW.nonce()).build()));
        client.identity(answer(), FLOW);
        client.identity(answer(), FLOW);
        assertThat(provider.asked(LyingProvider.KEYS)).hasSize(1);

        provider.rotatesItsKey();
        provider.issues(
                provider.signedByItsNextKey(provider.claims(FLOW.nonce()).build()));

        assertThat(client.identity(answer(), FLOW).user()).isEqualTo("olivia");
        assertThat(provider.asked(LyingProvider.KEYS)).hasSize(2);
        assertThat(provider.asked(LyingProvider.DISCOVERY)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=of-another&code=c                   | another sign-in",
                "code=c                                    | another sign-in",
                "state=of-the-state                        | no code",
                "state=of-the-state&code=                  | malformed",
                "state=of-the-state&code=c&iss=https://other.example.com | not of http://127.0.0.1",
                "state=of-the-state&error=access_denied&error_description=by the user | access_denied (by the user)",
                "state=of-the-state&response=e30.e30.e30   | provider's answer"
            })
    void refusesAnAnswerThatIsNotOne(String parameters, String why) {
        provider.issues(provider.signed(provider.claims(FLOW.nonce()).build()));

        assertThatThrownBy(() -> client().identity(parameters(parameters), FLOW))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining(why);
        assertThat(provider.asked(LyingProvider.TOKEN)).isEmpty();
    }

    @Test
    void wantsTheIssuerNamedWhereTheProviderDoesThat() throws Exception {
        provider.says(
                LyingProvider.DISCOVERY,
                provider.metadata()
                        .add("authorization_response_iss_parameter_supported", true)
                        .build());
        provider.issues(provider.signed(provider.claims(FLOW.nonce()).build()));

        assertRefused("of the issuer -");
        assertThat(client().identity(parameters("state=of-the-state&code=of-the-provider&iss=" + provider.issuer), FLOW)
                        .user())
                .isEqualTo("olivia");
    }

    @Test
    void refusesWhatTheProviderDoesNotRedeem() {
        provider.replies(
                LyingProvider.TOKEN, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"used already\"}");
        assertRefused("invalid_grant (used already)");

        provider.replies(LyingProvider.TOKEN, 200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}");
        assertRefused("no ID token");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500, 503})
    void isUnavailableWithoutADiscoveryDocument(int status) {
        provider.on(LyingProvider.DISCOVERY, request -> {
            request.getResponseHeaders().set("Location", provider.issuer + "/elsewhere");
            LyingProvider.send(request, status, "{}");
        });
        provider.says("/elsewhere", provider.metadata().build());

        assertThatThrownBy(() -> client().authorization(FLOW))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("answered " + status);
        assertThat(provider.asked("/elsewhere")).as("no redirect is followed").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, https://other.example.com, 'is of the issuer https://other.example.com'",
        "authorization_endpoint, http://id.example.com/auth, 'must be an https URL'",
        "token_endpoint, http://10.0.0.1/token, 'must be an https URL'",
        "token_endpoint, ftp://id.example.com/, 'must be an https URL'",
        "jwks_uri, http://id.example.com/keys, 'must be an https URL'"
    })
    void isUnavailableWithSuchADiscoveryDocument(String name, String value, String why) {
        provider.says(
                LyingProvider.DISCOVERY, provider.metadata().add(name, value).build());

        assertThatThrownBy(() -> client().authorization(FLOW))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining(why);
    }

    @Test
    void isUnavailableWithWhatIsNoDocumentAtAll() {
        provider.replies(LyingProvider.DISCOVERY, 200, "<html>");
        assertThatThrownBy(() -> client().authorization(FLOW)).isInstanceOf(ProviderUnavailable.class);

        provider.replies(LyingProvider.DISCOVERY, 200, " ".repeat(2_000_000));
        assertThatThrownBy(() -> client().authorization(FLOW))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void isUnavailableWithoutTokensKeysOrClaims() {
        provider.replies(LyingProvider.TOKEN, 502, "bad gateway");
        assertUnavailable("answered 502");

        provider.replies(LyingProvider.TOKEN, 200, "[]");
        assertUnavailable("answered no token");

        provider.issues(provider.signed(provider.claims(FLOW.nonce()).build()));
        provider.replies(LyingProvider.KEYS, 500, "");
        assertUnavailable("keys cannot be read");

        provider.issues(
                provider.signed(provider.claims(FLOW.nonce()).remove("groups").build()));
        provider.publishesItsKey();
        provider.replies(LyingProvider.USER_INFO, 403, "{}");
        assertUnavailable("answered 403 without claims");
    }

    @Test
    void waitsForAnAnswerOnlyForAWhile() {
        CountDownLatch over = new CountDownLatch(1);
        provider.on(LyingProvider.DISCOVERY, request -> {
            request.sendResponseHeaders(200, 0);
            request.getResponseBody().write(' ');
            request.getResponseBody().flush();
            hang(over);
        });

        assertThatThrownBy(() ->
                        OpenIdProvider.of(settings(), Duration.ofMillis(300)).authorization(FLOW))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("did not answer within PT0.3S");
        over.countDown();
    }

    @Test
    void aProviderThatHangsHoldsFewThreads() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        OpenIdProvider client = client();
        client.authorization(FLOW);
        String idToken = provider.signed(provider.claims(FLOW.nonce()).build());
        provider.on(LyingProvider.TOKEN, request -> {
            hang(over);
            LyingProvider.send(
                    request,
                    200,
                    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}".formatted(idToken));
        });
        List<CompletableFuture<ProviderIdentity>> hanging = new ArrayList<>();
        for (int sign = 0; sign < 8; sign++) {
            CompletableFuture<ProviderIdentity> identity = new CompletableFuture<>();
            hanging.add(identity);
            new Thread(() -> {
                        try {
                            identity.complete(client.identity(answer(), FLOW));
                        } catch (Exception e) {
                            identity.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        await().until(() -> provider.asked(LyingProvider.TOKEN).size() == 8);

        assertThatThrownBy(() -> client.identity(answer(), FLOW))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("8 sign-ins wait");

        over.countDown();
        assertThat(hanging)
                .allSatisfy(identity -> assertThat(identity.join().user()).isEqualTo("olivia"));
    }

    @Test
    void leadsToTheProvidersOwnSignOut() {
        String idToken = provider.signed(provider.claims(FLOW.nonce()).build());

        URI url = client().signOut(Optional.of(idToken)).orElseThrow();

        assertThat(url.toString()).startsWith(provider.issuer + "/end?");
        assertThat(query(url))
                .containsEntry("id_token_hint", idToken)
                .containsEntry("client_id", "mxhooks")
                .containsEntry("post_logout_redirect_uri", "https://console.example.com/mxhooks/console/sign-in");
        assertThat(query(client().signOut(Optional.of("none")).orElseThrow())).doesNotContainKey("id_token_hint");
        provider.says(
                LyingProvider.DISCOVERY,
                provider.metadata().remove("end_session_endpoint").build());
        assertThat(client().signOut(Optional.of(idToken))).isEmpty();
        provider.replies(LyingProvider.DISCOVERY, 500, "");
        assertThat(client().signOut(Optional.of(idToken))).isEmpty();
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> client().identity(answer(), FLOW))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining(why);
    }

    private void assertUnavailable(String why) {
        assertThatThrownBy(() -> client().identity(answer(), FLOW))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining(why);
    }

    private OpenIdProvider client() {
        return OpenIdProvider.of(settings(), PATIENCE);
    }

    private OidcSettings settings() {
        return new OidcSettings(
                URI.create(provider.issuer),
                "mxhooks",
                Secret.of(SECRET),
                URI.create(CALLBACK),
                List.of("openid", "profile"),
                "groups",
                Set.of("operators", "admins"),
                Set.of("readers"));
    }

    private static Map<String, List<String>> answer() {
        return parameters("state=of-the-state&code=of-the-provider");
    }

    private static Map<String, List<String>> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
    }

    private static Map<String, String> query(URI url) {
        return Arrays.stream(url.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    private static jakarta.json.JsonValue json(String text) {
        return Json.createReader(new java.io.StringReader(text)).readValue();
    }

    private static void hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
