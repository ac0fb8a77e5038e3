package org.mxhooks.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mxhooks.relay.SubscriptionKey.WrongKey;

class SubscriptionKeyTest {

    private static final UUID ONE = UUID.randomUUID();

    private final SubscriptionKey key = new SubscriptionKey("a key – ünïcode ✓");

    @Test
    void opensWhatItSealed() throws WrongKey {
        SealedText sealed = key.seal("a secret ✓", ONE);

        assertThat(key.open(sealed, ONE)).isEqualTo("a secret ✓");
        assertThat(new SubscriptionKey("a key – ünïcode ✓").open(sealed, ONE)).isEqualTo("a secret ✓");
        assertThat(new String(sealed.bytes(), ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(key.seal("a secret", ONE).bytes())
                .isNotEqualTo(key.seal("a secret", ONE).bytes());
    }

    @Test
    void opensNothingOfAnotherSubscription() {
        SealedText sealed = key.seal("a secret", ONE);

        assertThatThrownBy(() -> key.open(sealed, UUID.randomUUID())).isInstanceOf(WrongKey.class);
    }

    @Test
    void namesBothKeysWhereAnotherIsSet() {
        SealedText sealed = key.seal("a secret", ONE);
        SubscriptionKey other = new SubscriptionKey("another key");

        assertThatThrownBy(() -> other.open(sealed, ONE))
                .isInstanceOf(WrongKey.class)
                .hasMessageContainingAll(key.id(), other.id())
                .hasMessageNotContainingAny("a key", "another key");
        assertThat(key.id()).isNotEqualTo(other.id()).hasSize(8);
    }

    @Test
    void opensNothingThatWasChanged() {
        SealedText sealed = key.seal("a secret", ONE);
        sealed.bytes()[sealed.bytes().length - 1] ^= 1;

        assertThatThrownBy(() -> key.open(sealed, ONE)).isInstanceOf(WrongKey.class);
    }

    @Test
    void keepsHeadersWithTheSecretAndShowsNeither() {
        Confidential confidential = new Confidential("a secret", Map.of("Authorization", "Bearer x"));

        assertThat(Confidential.of(confidential.json())).isEqualTo(confidential);
        assertThat(confidential).hasToString("****");
        assertThat(confidential.unmasked(Map.of("Authorization", "****", "X-New", "1")))
                .isEqualTo(Map.of("Authorization", "Bearer x", "X-New", "1"));
    }
}
