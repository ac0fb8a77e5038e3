package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of pages that people typed, or that attackers did. */
class PageQueryTest {

    private static PageQuery query(String name, String value) {
        return new PageQuery((HttpServletRequest) Proxy.newProxyInstance(
                PageQueryTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getParameter")
                        ? Map.of(name, value).get(arguments[0])
                        : null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nb", "a\u0085b"})
    void leavesOutWhatADatabaseRefuses(String text) {
        PageQuery query = query("portalId", text);

        assertThat(query.text("portalId")).isEmpty();
        assertThat(query.text("portalId")).isEmpty();
        assertThat(query.problems()).containsExactly("portalId must not contain control characters; it is ignored.");
    }

    @Test
    void takesMomentsInUtc() {
        assertThat(query("from", " 2026-03-01T12:00 ").instant("from")).contains(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(query("from", "2026-03-01T12:00:01Z").instant("from"))
                .contains(Instant.parse("2026-03-01T12:00:01Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-999999999-01-01T00:00", "+10000-01-01T00:00", "{0}''"})
    void leavesOutMomentsThatNoDatabaseKeeps(String text) {
        PageQuery query = query("from", text + " ".repeat(3));

        assertThat(query.instant("from")).isEmpty();
        assertThat(query.problems()).singleElement().asString().contains("from must be", text);
    }

    @Test
    void cutsWhatItRepeats() {
        PageQuery query = query("from", "x".repeat(5_000));

        assertThat(query.instant("from")).isEmpty();
        assertThat(query.problems().get(0)).hasSizeLessThan(200).endsWith("…");
    }
}
