package org.mxhooks.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.settings.Account;
import org.mxhooks.settings.Secret;

/**
 * A name counts as one account, however its accents are written: its wrong passwords are counted where the right one is
 * taken.
 */
class CredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "Ren\u00e9, Ren\u00e9, true",
        "Rene\u0301, Ren\u00e9, true",
        "Ren\u00e9, Rene\u0301, true",
        "rene, Ren\u00e9, false",
        "Rene, Ren\u00e9, false"
    })
    void aNameAndItsPasswordMeanTheSameAccount(String sent, String configured, boolean same) {
        Account account = new Account(configured, Secret.of("of the operator"));

        assertThat(credentials(sent + ":of the operator").isNamed(account)).isEqualTo(same);
        assertThat(credentials(sent + ":of the operator").matches(account)).isEqualTo(same);
        assertThat(credentials(sent + ":guessed").isNamed(account)).isEqualTo(same);
        assertThat(credentials(sent + ":guessed").matches(account)).isFalse();
    }

    @Test
    void namesAndPasswordsHaveALimitAndANameNoColon() {
        String longest = Base64.getEncoder().encodeToString(("admin:" + "x".repeat(3_060)).getBytes(UTF_8));

        assertThat(Credentials.in("Basic " + longest)).isPresent();
        assertThat(Credentials.in("Basic " + longest + longest)).isEmpty();
        assertThat(Credentials.of("admin", "x".repeat(4_091))).isPresent();
        assertThat(Credentials.of("admin", "x".repeat(4_092))).isEmpty();
        assertThat(Credentials.of("admin:x", "y"))
                .as("it would be the password x:y of admin")
                .isEmpty();
    }

    private static Credentials credentials(String text) {
        return Credentials.in("Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)))
                .orElseThrow();
    }
}
