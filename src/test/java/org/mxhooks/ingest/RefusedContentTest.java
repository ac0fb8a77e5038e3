package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much of a stranger's request is kept, and how it is shown. */
class RefusedContentTest {

    @Test
    void keepsFewHeadersAndTheirBeginnings() {
        Map<String, List<String>> many = new LinkedHashMap<>();
        Map<String, List<String>> odd = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("x-" + i, List.of("secret"));
            odd.put("\u00e9".repeat(60) + i, List.of("secret"));
        }
        many.put("user-agent", List.of("curl"));

        assertThat(headers(many).lines()).hasSize(40).allMatch(line -> line.matches("x-[0-9]+: \\*{4}"));
        assertThat(headers(odd)).hasSize(4_000);
        assertThat(headers(Map.of("User-Agent", List.of("c".repeat(500)))))
                .startsWith("User-Agent: ccc")
                .hasSizeLessThan(140);
    }

    @Test
    void showsABodyOfAnyBytes() {
        assertThat(RefusedContent.shown("\u001b[2J<b>\u202e".getBytes(UTF_8))).isEqualTo("\\u001b[2J<b>\\u202e");
        assertThat(RefusedContent.shown(new byte[] {(byte) 0xff})).isEqualTo("\\ufffd");
    }

    private static String headers(Map<String, List<String>> headers) {
        return RefusedContent.of("why", 0, headers, RefusedContent.NOT_READ).headers();
    }
}
