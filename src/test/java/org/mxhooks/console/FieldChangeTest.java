package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldChangeTest {

    @Test
    void showsShortTextsWhole() {
        assertThat(change("To-do", "Done")).isEqualTo(new FieldChange("label", "To-do", "Done"));
        assertThat(change("", "Done").before()).isEmpty();
    }

    @Test
    void showsThePartOfALongTextThatDiffers() {
        String long1 = "a".repeat(1_000);
        String long2 = "b".repeat(1_000);

        FieldChange change = change(long1 + "before" + long2, long1 + "after" + long2);

        assertThat(change.before()).isEqualTo("…" + "a".repeat(40) + "before" + "b".repeat(40) + "…");
        assertThat(change.after()).isEqualTo("…" + "a".repeat(40) + "after" + "b".repeat(40) + "…");
    }

    @Test
    void showsTheEndThatWasAdded() {
        String text = "a".repeat(1_000);

        assertThat(change(text, text + " and more").after()).isEqualTo("…" + "a".repeat(40) + " and more");
        assertThat(change(text + " and more", text).after()).isEqualTo("…" + "a".repeat(40));
    }

    @Test
    void showsTheBeginningOfALongPartAndSplitsNoCharacter() {
        String trucks = "🚚".repeat(5_000);

        FieldChange change = change(trucks, trucks.replace("🚚", "🚙"));

        assertThat(change.before()).isEqualTo("🚚".repeat(250) + "…");
        assertThat(change(trucks + "x", trucks + "y").after()).isEqualTo("…" + "🚚".repeat(20) + "y");
        assertThat(change("x" + trucks + "x", "x" + trucks + "y").after()).isEqualTo("…" + "🚚".repeat(20) + "y");
    }

    private static FieldChange change(String before, String after) {
        return FieldChange.of("label", before, after);
    }
}
