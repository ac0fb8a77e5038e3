package org.mxhooks.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/mxhooks/hooks/default",
                "/a%20b",
                "/%C3%bC",
                "/%00",
                "/%f0%9f%9a%9a",
                "/a;b=c",
                "/\u00c3\u00bc"
            })
    void isUtf8(String path) {
        assertThat(PercentEncoding.isUtf8(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%", "/%1", "/%zz", "/%-1", "/%ff", "/%c0%ae", "/%c3", "/%ed%a0%80", "/\u00ff", "/%f5%80%80%80"
            })
    void isNotUtf8(String path) {
        assertThat(PercentEncoding.isUtf8(path)).isFalse();
    }
}
