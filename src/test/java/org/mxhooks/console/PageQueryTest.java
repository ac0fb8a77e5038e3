package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.Operations;

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

    @Test
    void leavesOutWhatIsNoneOfTheChoicesOrNoNumber() {
        PageQuery choice = query("state", "sick");
        PageQuery number = query("before", "99999999999999999999");

        assertThat(choice.oneOf("state", State.class)).isEmpty();
        assertThat(choice.problems()).singleElement().asString().contains("state", "sick");
        assertThat(number.number("before")).isEmpty();
        assertThat(number.problems()).singleElement().asString().contains("before");
        assertThat(query("state", "dead").oneOf("state", State.class)).contains(State.DEAD);
        assertThat(query("before", " 7 ").number("before")).hasValue(7);
    }

    @Test
    void takesNoteOfNoMoreThanIsKept() {
        PageQuery fits = query("note", "n".repeat(Operations.MAX_NOTE));
        PageQuery tooLong = query("note", "n".repeat(Operations.MAX_NOTE + 1));

        assertThat(fits.note()).isPresent();
        assertThat(tooLong.note()).isEmpty();
        assertThat(tooLong.problems()).singleElement().asString().contains("note must have at most");
    }

    @Test
    void takesTheLabelsOfThePortalLetterForLetter() {
        assertThat(query("branch", " a\nb ").label("branch")).contains(" a\nb ");
        assertThat(query("branch", "a\0b").label("branch")).isEmpty();
        assertThat(query("app", "6F1D0B6E-52A1-4C39-9D0A-2D6F5A1E9B77").app())
                .contains("6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77");
        assertThat(query("app", "an alert's app").app()).contains("an alert's app");
    }
}
