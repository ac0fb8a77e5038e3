package org.mxhooks.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the audit log says of a form. */
class ChangeFormTest {

    private static String target(Map<String, String> form) {
        return ChangeForm.target("/mxhooks/console/change", form::get);
    }

    @Test
    void saysWhatIsChangedAndNotTheToken() {
        assertThat(target(
                        Map.of("form-token", "secret", "back", "consumers", "consumer", "mirror", "change", "retire")))
                .isEqualTo("/mxhooks/console/change?change=retire&consumer=mirror");
        assertThat(target(Map.of("form-token", "secret"))).isEqualTo("/mxhooks/console/change");
    }

    @Test
    void aUserOfTheProviderIsNamedInOneShortLine() {
        String issuer = "https://id.example.com/" + "i".repeat(500);
        UserSession session = new UserSession("o\n\u00fc".repeat(500), Optional.of(issuer), true, "");

        assertThat(session.auditName())
                .startsWith("'o\\u000a\\u00fco")
                .contains("' of https://id.example.com/")
                .hasSizeLessThanOrEqualTo(200)
                .matches("[ -~]+");
    }

    @Test
    void nothingPushesWhatIsChangedOutOfTheLine() {
        String junk = "x".repeat(5_000);

        assertThat(target(Map.of("change", " ".repeat(500) + "retire", "consumer", "mirror", "delivery", junk)))
                .startsWith("/mxhooks/console/change?change=retire&consumer=mirror&delivery=xxx")
                .hasSizeLessThan(300);
    }
}
