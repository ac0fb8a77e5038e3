package org.mxhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.UUID;

/**
 * What came back.
 *
 * @param head the status line and the headers
 * @param body as text
 */
public record Answer(String head, String body) {

    private static final String END_OF_HEAD = "\r\n\r\n";

    static Answer read(InputStream in) throws IOException {
        String head = head(in);
        Answer answer = new Answer(head, "");
        if (answer.status() == 304) {
            return answer; // its length is that of what was not sent
        }
        byte[] body = answer.header("Transfer-Encoding").equals("chunked")
                ? chunks(in)
                : in.readNBytes(Integer.parseInt("0" + answer.header("Content-Length")));
        return new Answer(head, new String(body, UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith(END_OF_HEAD)) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no answer but " + head);
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    public int status() {
        return Integer.parseInt(head.split(" ")[1]);
    }

    /** A header's value; empty where it is absent. */
    public String header(String name) {
        String start = name + ":";
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse("");
    }

    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    /** The id that mxhooks gave the delivery. */
    public UUID delivery() {
        return UUID.fromString(json().getString("delivery"));
    }

    /** Asserts that this is a problem as RFC 9457 says. */
    public Answer isProblem(int status) {
        assertThat(status()).as(body).isEqualTo(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(json().getInt("status")).isEqualTo(status);
        assertThat(json().getString("title")).isNotBlank();
        assertThat(json().getString("detail")).isNotBlank();
        return this;
    }
}
