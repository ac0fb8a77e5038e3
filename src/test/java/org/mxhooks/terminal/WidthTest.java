package org.mxhooks.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidthTest {

    @ParameterizedTest
    @CsvSource({"abc, 3", "'', 0", "é, 1", "e\u0301, 1", "サイズ, 6", "🚚, 2", "한국, 4"})
    void aCharacterMayTakeTwoColumnsOrNone(String text, int width) {
        assertThat(Width.of(text)).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd…",
        "サイズ, 6, サイズ",
        "サイズ, 5, サイ…",
        "サイズ, 4, サ…",
        "🚚🚚, 3, 🚚…",
        "abc, 1, …"
    })
    void whatIsTooLongIsCut(String text, int width, String cut) {
        assertThat(Width.cut(text, width)).isEqualTo(cut);
        assertThat(Width.of(Width.cut(text, width))).isLessThanOrEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"a.b.C, 5, a.b.C", "a.b.C, 4, …b.C", "a.サ, 3, …サ", "a.サ, 2, …", "abc, 1, …"})
    void ofANameTheEndStays(String text, int width, String cut) {
        assertThat(Width.cutBeginning(text, width)).isEqualTo(cut);
    }
}
