package org.mxhooks.mendix;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentTimeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "2026-03-03T09:41:07.884Z"                       | 2026-03-03T09:41:07.884Z
                    "2026-03-03T09:41:07.884+0000"                   | 2026-03-03T09:41:07.884Z
                    "2026-03-03T09:41:07.884+00"                     | 2026-03-03T09:41:07.884Z
                    "2026-03-03T09:41:07.884-00:00"                  | 2026-03-03T09:41:07.884Z
                    "2026-03-03T10:41:07.884+01:00"                  | 2026-03-03T09:41:07.884Z
                    "2026-03-03T04:11:07.884-0530"                   | 2026-03-03T09:41:07.884Z
                    "2026-03-03T04:41:07.884\u221205:00"             | 2026-03-03T09:41:07.884Z
                    "2026-03-03T09:41:37+00:00:30"                   | 2026-03-03T09:41:07Z
                    "2026-03-03 09:41:07.884Z"                       | 2026-03-03T09:41:07.884Z
                    "2026-03-03 09:41:07.884 +00:00"                 | 2026-03-03T09:41:07.884Z
                    "2026-03-03t09:41:07.884z"                       | 2026-03-03T09:41:07.884Z
                    "2026-03-03T09:41:07.884 UTC"                    | 2026-03-03T09:41:07.884Z
                    "2026-03-03T10:41:07.884+01:00[Europe/Amsterdam]" | 2026-03-03T09:41:07.884Z
                    "2026-03-03T09:41:07,884Z"                       | 2026-03-03T09:41:07.884Z
                    " 2026-03-03T09:41:07Z\\n"                       | 2026-03-03T09:41:07Z
                    "2026-03-03T09:41Z"                              | 2026-03-03T09:41:00Z
                    "2026-03-03T09Z"                                 | 2026-03-03T09:00:00Z
                    "20260303T094107.884Z"                           | 2026-03-03T09:41:07.884Z
                    "20260303T0941Z"                                 | 2026-03-03T09:41:00Z
                    "2016-12-31T23:59:60Z"                           | 2017-01-01T00:00:00Z
                    "2016-12-31T23:59:60.5Z"                         | 2017-01-01T00:00:00.5Z
                    "2026-03-03T24:00:00Z"                           | 2026-03-04T00:00:00Z
                    "2026-03-03T24:00+01:00"                         | 2026-03-03T23:00:00Z
                    "2026-03-03T09:41:07.123456789Z"                 | 2026-03-03T09:41:07.123456Z
                    "2026-03-03T09:41:07.999999999999999999Z"        | 2026-03-03T09:41:07.999999Z
                    "0001-01-01T00:00:00Z"                           | 0001-01-01T00:00:00Z
                    "9999-12-31T23:59:59.9999999Z"                   | 9999-12-31T23:59:59.999999Z
                    "1969-12-31T23:59:59.9999999Z"                   | 1969-12-31T23:59:59.999999Z
                    "Tue, 03 Mar 2026 09:41:07 GMT"                  | 2026-03-03T09:41:07Z
                    1772530867                                       | 2026-03-03T09:41:07Z
                    1772530867.884                                   | 2026-03-03T09:41:07.884Z
                    1772530867.123456789                             | 2026-03-03T09:41:07.123456Z
                    1772530867884                                    | 2026-03-03T09:41:07.884Z
                    1772530867884.0                                  | 2026-03-03T09:41:07.884Z
                    1.772530867884E12                                | 2026-03-03T09:41:07.884Z
                    1772530867884123                                 | 2026-03-03T09:41:07.884123Z
                    1772530867884123456                              | 2026-03-03T09:41:07.884123Z
                    100000000                                        | 1973-03-03T09:46:40Z
                    99999999999                                      | 5138-11-16T09:46:39Z
                    100000000000                                     | 1973-03-03T09:46:40Z
                    "1772530867"                                     | 2026-03-03T09:41:07Z
                    "1772530867.884"                                 | 2026-03-03T09:41:07.884Z
                    "1772530867884"                                  | 2026-03-03T09:41:07.884Z
                    """)
    void aTimeIsReadHoweverItIsUsuallyWritten(String json, Instant expected) {
        assertThat(Values.instant(json(json))).isEqualTo(Read.as(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-03T09:41:07.884, 2026-03-03T09:41:07.884Z",
        "2026-03-03 09:41, 2026-03-03T09:41:00Z",
        "2026-03-03, 2026-03-03T00:00:00Z",
        "20260303, 2026-03-03T00:00:00Z",
        "20260303T094107, 2026-03-03T09:41:07Z"
    })
    void aTimeWithoutOffsetIsTakenAsUtcAndRemarked(String text, Instant expected) {
        assertThat(Values.instant(Json.createValue(text)))
                .isEqualTo(Read.as(expected).remarking("has no offset, taken as UTC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "' '",
                "'soon'",
                "'Tue, 3 Mar 26 09:41:07 GMT'",
                "'2026-02-30T00:00:00Z'",
                "'2026-13-01T00:00:00Z'",
                "'2026-03-03T25:00:00Z'",
                "'2026-03-03T24:00:01Z'",
                "'2026-03-03T09:60:00Z'",
                "'2026-03-03T09:41:61Z'",
                "'2026-03-03T09:41:07+19:00'",
                "'2026-03-03T09:41:07CET'",
                "'2026-03-03T09:41:07.Z'",
                "'03/04/2026'",
                "'2026'",
                "'٢٠٢٦-٠٣-٠٣'",
                "'0000-12-31T23:59:59Z'",
                "'+10000-01-01T00:00:00Z'",
                "'9999-12-31T23:59:59-18:00'",
                "'-999999999-01-01T00:00:00+18:00'",
                "0",
                "-1",
                "7",
                "99999999",
                "100000000000000000000",
                "1e999999999",
                "1e-2147483640",
                "true",
                "{}",
                "[2026,3,3]"
            })
    void whatIsNoTimeIsUnusableAndSaysSo(String json) {
        Read<Instant> read = Values.instant(json(json.replace('\'', '"')));

        assertThat(read.value()).isEmpty();
        assertThat(read.remark()).isPresent();
    }

    private static JsonValue json(String value) {
        try (JsonReader reader = Json.createReader(new StringReader(value))) {
            return reader.readValue();
        }
    }
}
