package org.mxhooks.mendix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionExpiryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2027-01-31 | 2027-01-31T00:00:00Z",
                "' 2027-01-31\t' | 2027-01-31T00:00:00Z",
                "2027-01-31T12:00:00Z | 2027-01-31T12:00:00Z",
                "2027-01-31T12:00:00.123Z | 2027-01-31T12:00:00.123Z",
                "2027-01-31T12:00:00+02:00 | 2027-01-31T10:00:00Z",
                "2027-01-31T12:00 | 2027-01-31T12:00:00Z",
                "Sun, 31 Jan 2027 12:00:00 GMT | 2027-01-31T12:00:00Z"
            })
    void aDateIsReadAsItIsCommonlyWritten(String value, Instant expiry) {
        assertThat(VersionExpiry.read(value)).hasValue(expiry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "never",
                "1",
                "2027",
                "2027-02-30",
                "31/01/2027",
                "+999999999-12-31",
                "-999999999-01-01",
                "+10000-01-01T00:00:00Z",
                "1969-12-31",
                "\0",
                "2027-01-31; drop table"
            })
    void nonsenseIsIgnored(String value) {
        assertThat(VersionExpiry.read(value)).isEmpty();
    }
}
