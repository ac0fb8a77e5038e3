package org.mxhooks.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mxhooks.oidc.AuthorizationFlow;
import org.mxhooks.settings.OidcSettings;

/**
 * A sign-in with the provider that has begun. Its browser keeps it, sealed with the client's secret, which every node
 * has: beginning one stores nothing.
 *
 * @param token from which the flow's secrets are derived
 * @param begun when, to the second
 * @param page to which it leads
 */
record PendingSignIn(SessionToken token, Instant begun, ConsolePage page) {

    private static final Duration VALID = Duration.ofMinutes(10);

    /** By which the nodes' clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Servers take eight kilobytes of headers, cookies among them. */
    private static final int MAX_PAGE = 500;

    private static final Pattern SEALED =
            Pattern.compile("([\\w-]{43})\\.(\\d{1,12})\\.([\\w-]{1,700})\\.([\\w-]{43})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A page with a longer address is not come back to. */
    static PendingSignIn begin(ConsolePage page, Clock clock) {
        return new PendingSignIn(
                SessionToken.random(),
                Instant.ofEpochSecond(clock.instant().getEpochSecond()),
                page.address().length() > MAX_PAGE ? ConsolePage.of("") : page);
    }

    /** Empty if the text is not one that was sealed within the last ten minutes. */
    static Optional<PendingSignIn> unsealed(String text, OidcSettings provider, Clock clock) {
        Matcher parts = SEALED.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String content = text.substring(0, parts.start(4) - 1);
        if (!MessageDigest.isEqual(
                seal(content, provider).getBytes(UTF_8), parts.group(4).getBytes(UTF_8))) {
            return Optional.empty();
        }
        Instant begun = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
        Instant now = clock.instant();
        return begun.isBefore(now.minus(VALID)) || begun.isAfter(now.plus(SKEW))
                ? Optional.empty()
                : SessionToken.of(parts.group(1))
                        .map(token -> new PendingSignIn(
                                token,
                                begun,
                                ConsolePage.of(new String(Base64.getUrlDecoder().decode(parts.group(3)), UTF_8))));
    }

    /** The value of a cookie. */
    String sealed(OidcSettings provider) {
        String content = token.value() + "." + begun.getEpochSecond() + "."
                + BASE64.encodeToString(page.address().getBytes(UTF_8));
        return content + "." + seal(content, provider);
    }

    /** Each a hash of the token: one reveals neither it nor another. */
    AuthorizationFlow flow() {
        return new AuthorizationFlow(token.derived("state"), token.derived("nonce"), token.derived("verifier"));
    }

    private static String seal(String content, OidcSettings provider) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(provider.clientSecret().value().getBytes(UTF_8), mac.getAlgorithm()));
            return BASE64.encodeToString(mac.doFinal(("mxhooks sign-in " + content).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
