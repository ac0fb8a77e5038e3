package org.mxhooks.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.settings.OidcSettings;
import org.mxhooks.settings.Secret;

/** How often a provider is asked for what it publishes of itself. */
class DiscoveryTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private LyingProvider provider;
    private Discovery discovery;

    @BeforeEach
    void start() throws IOException {
        provider = new LyingProvider();
        OidcSettings settings = new OidcSettings(
                URI.create(provider.issuer),
                "mxhooks",
                Secret.of("known to both"),
                URI.create("https://console.example.com/callback"),
                List.of("openid"),
                "groups",
                Set.of("operators"),
                Set.of());
        discovery = new Discovery(settings, new ProviderHttp(Duration.ofSeconds(30)), nanoTime::get);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void isReadOnceAnHour() throws Exception {
        discovery.get();
        pass(Duration.ofHours(1).minusNanos(1));
        discovery.get();
        assertThat(asked()).isEqualTo(1);

        pass(Duration.ofNanos(1));
        discovery.get();
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void isAskedForAgainAfterFiveSecondsWithoutAnAnswer() throws Exception {
        provider.replies(LyingProvider.DISCOVERY, 500, "");
        assertUnavailable();
        pass(Duration.ofSeconds(5).minusNanos(1));
        assertUnavailable();
        assertThat(asked()).isEqualTo(1);

        pass(Duration.ofNanos(1));
        assertUnavailable();
        assertThat(asked()).isEqualTo(2);

        provider.says(LyingProvider.DISCOVERY, provider.metadata().build());
        pass(Duration.ofSeconds(5));
        assertThat(discovery.get()).isNotNull();
    }

    @Test
    void isKeptWhileTheProviderDoesNotAnswer() throws Exception {
        Discovery.Discovered before = discovery.get();
        provider.replies(LyingProvider.DISCOVERY, 503, "");
        pass(Duration.ofHours(2));

        assertThat(discovery.get()).isSameAs(before);
        assertThat(discovery.get()).isSameAs(before);
        assertThat(asked()).as("not again within five seconds").isEqualTo(2);
    }

    private void assertUnavailable() {
        assertThatThrownBy(discovery::get).isInstanceOf(ProviderUnavailable.class);
    }

    private int asked() {
        return provider.asked(LyingProvider.DISCOVERY).size();
    }

    private void pass(Duration duration) {
        nanoTime.addAndGet(duration.toNanos());
    }
}
