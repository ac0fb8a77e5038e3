package org.mxhooks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFormatTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(1)",
                "+1",
                "-1",
                "@SUM(1)",
                " =1",
                "\u00a0=1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff201"
            })
    void noTextIsAFormula(String text) {
        assertThat(TableFormat.CSV.row(Map.of("text", text))).isEqualTo("'" + text + "\r\n");
    }

    @Test
    void noPartOfATextIsAFormulaWhereCellsAreSeparatedOtherwise() {
        assertThat(TableFormat.CSV.row(Map.of("text", "x;=1;a=b;\t+2"))).isEqualTo("x;'=1;a=b;'\t'+2\r\n");
        assertThat(TableFormat.CSV.row(Map.of("text", "x\n=1"))).isEqualTo("\"x\n'=1\"\r\n");
    }

    @Test
    void whatIsNoTextIsWrittenAsItIs() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", -1L);
        row.put("at", Instant.parse("2026-05-04T10:00:00Z"));
        row.put("truth", true);
        row.put("none", "");
        row.put("text", "say \"a, b\"");

        assertThat(TableFormat.CSV.row(row)).isEqualTo("-1,2026-05-04T10:00:00Z,true,,\"say \"\"a, b\"\"\"\r\n");
        assertThat(TableFormat.JSONL.row(row))
                .isEqualTo(
                        "{\"number\":-1,\"at\":\"2026-05-04T10:00:00Z\",\"truth\":true,\"text\":\"say \\\"a, b\\\"\"}\n");
        assertThat(TableFormat.CSV.head(List.of("a", "b"))).isEqualTo("a,b\r\n");
    }
}
