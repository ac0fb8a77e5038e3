package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is what was typed into the portal, whatever a tool put around it. */
class SecretTextTest {

    private static final String SECRET = " a secret – ünïcode ✓ ";

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s\n", "%s\r\n", "%s\n\n", "%s\r\n\r\n", "\n%s", "\uFEFF%s", "\uFEFF%s\r\n"})
    void marksAndLineBreaksAroundItAreNotPartOfIt(String stored) throws CharacterCodingException {
        String text = stored.replace("%s", SECRET);

        assertThat(SecretText.of(text)).isEqualTo(SECRET);
        assertThat(SecretText.of(text.getBytes(UTF_8))).isEqualTo(SECRET);
    }

    @Test
    void aFileMayBeUtf16WithItsByteOrderMark() throws CharacterCodingException {
        assertThat(SecretText.of((SECRET + "\r\n").getBytes(UTF_16))).isEqualTo(SECRET);
        assertThat(SecretText.of(("\uFEFF" + SECRET + "\r\n").getBytes(UTF_16LE)))
                .isEqualTo(SECRET);
    }

    @Test
    void lineBreaksInsideBelongToIt() {
        assertThat(SecretText.of("a\nb\n")).isEqualTo("a\nb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF"})
    void nothingIsAnEmptySecret(String stored) {
        assertThat(SecretText.of(stored)).isEmpty();
    }

    @Test
    void anotherEncodingIsRefusedWithoutItsContent() {
        assertThatThrownBy(() -> SecretText.of("geheim-ü".getBytes(ISO_8859_1)))
                .isInstanceOf(CharacterCodingException.class)
                .hasMessageNotContaining("geheim");
    }
}
