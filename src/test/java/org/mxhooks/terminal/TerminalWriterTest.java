package org.mxhooks.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

/** No letter is lost on a terminal that lacks it. */
class TerminalWriterTest {

    private static final String TEXT = "Größe – ✓ 𝄞";

    @Test
    void whatACharsetLacksIsEscaped() throws IOException {
        assertThat(written(ISO_8859_1)).isEqualTo("Größe \\u2013 \\u2713 \\ud834\\udd1e|" + "\\u2713" + "ü");
        assertThat(written(UTF_8)).isEqualTo(TEXT + "|✓ü");
    }

    private static String written(Charset charset) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintWriter writer = new PrintWriter(TerminalWriter.to(bytes, charset));
        writer.write(TEXT);
        writer.write('|');
        writer.write(new char[] {'x', '✓', 'ü'}, 1, 2);
        writer.flush();
        return bytes.toString(charset);
    }
}
