package org.mxhooks.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** Writes text in a charset; a character that the charset lacks is written as a JSON escape. */
public final class TerminalWriter extends FilterWriter {

    private final CharsetEncoder encoder;

    private TerminalWriter(Writer out, Charset charset) {
        super(out);
        encoder = charset.newEncoder();
    }

    public static Writer to(OutputStream out, Charset charset) {
        return new TerminalWriter(new OutputStreamWriter(out, charset), charset);
    }

    @Override
    public void write(int character) throws IOException {
        write(Character.toString(character), 0, 1);
    }

    @Override
    public void write(char[] text, int start, int length) throws IOException {
        write(new String(text, start, length), 0, length);
    }

    @Override
    public void write(String text, int start, int length) throws IOException {
        String part = text.substring(start, start + length);
        out.write(encoder.canEncode(part) ? part : escaped(part));
    }

    private String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(character ->
                        escaped.append(encoder.canEncode(character) ? character : Printable.escaped(character)));
        return escaped.toString();
    }
}
