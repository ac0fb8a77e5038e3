package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other pages of the same browser can do: nothing. PORT stands for the portal's own. */
class SameOriginTest {

    @TempDir
    private Path home;

    private RunningPortal portal;

    @BeforeEach
    void start() {
        portal = new RunningPortal(home);
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, '', '', application/json, 201",
        "localhost:PORT, '', '', application/json;charset=utf-8, 201",
        "[::1]:PORT, '', '', application/json, 201",
        "127.0.0.1:PORT, http://127.0.0.1:PORT, same-origin, application/json, 201",
        "localhost:9000, http://localhost:9000, same-origin, application/json, 201",
        "evil.example.com, '', '', application/json, 421",
        "evil.example.com:PORT, http://evil.example.com:PORT, same-origin, application/json, 421",
        "127.0.0.1.example.com:PORT, '', '', application/json, 421",
        "127.0.0.1:PORT@example.com, '', '', application/json, 421",
        "127.0.0.1:PORT, http://evil.example.com, '', application/json, 403",
        "127.0.0.1:PORT, null, '', application/json, 403",
        "127.0.0.1:PORT, http://localhost:PORT, '', application/json, 403",
        "127.0.0.1:PORT, https://127.0.0.1:PORT, '', application/json, 403",
        "127.0.0.1:PORT, http://127.0.0.1:3000, '', application/json, 403",
        "127.0.0.1:PORT, '', cross-site, application/json, 403",
        "127.0.0.1:PORT, '', same-site, application/json, 403",
        "127.0.0.1:PORT, '', '', text/plain, 415",
        "127.0.0.1:PORT, '', '', application/x-www-form-urlencoded, 415",
        "127.0.0.1:PORT, '', '', 'text/plain;a=application/json', 415",
        "127.0.0.1:PORT, '', '', '', 415"
    })
    void aChangeComesFromItsOwnPageOrAProgram(String host, String origin, String site, String type, int status)
            throws IOException {
        String head = "POST /api/apps HTTP/1.1\r\n" + header("Host", host) + header("Origin", origin)
                + header("Sec-Fetch-Site", site) + header("Content-Type", type);

        assertThat(status(head, "{\"name\":\"a\"}")).isEqualTo(status);
        assertThat(portal.get("api/apps").getJsonArray("apps")).hasSize(status == 201 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "/, cross-site, 200",
        "/api/apps, cross-site, 403",
        "/api/apps, none, 200",
        "/api/changes, same-site, 403",
        "/api;a=b/changes, same-site, 403",
        "/api;/apps, cross-site, 403",
        "/api/apps/x%0Ay/stories, cross-site, 403",
        "/v1/apps/x/webhooks, cross-site, 403"
    })
    void aLinkLeadsToThePageAndReadsNothing(String path, String site, int status) throws IOException {
        String head = "GET %s HTTP/1.1\r\n".formatted(path)
                + header("Host", "127.0.0.1:PORT")
                + header("Sec-Fetch-Site", site);

        assertThat(status(head, "")).isEqualTo(status);
    }

    @Test
    void askingForTheHeadOfTheStreamTakesNoneOfItsPlaces() throws IOException {
        String head = " /api/changes HTTP/1.1\r\n" + header("Host", "127.0.0.1:PORT");

        for (int i = 0; i < 40; i++) {
            assertThat(status("HEAD" + head, "")).isEqualTo(200);
        }

        assertThat(status("GET" + head, "")).isEqualTo(200);
    }

    private String header(String name, String value) {
        return value.isEmpty() ? "" : "%s: %s\r\n".formatted(name, value.replace("PORT", String.valueOf(port())));
    }

    private int port() {
        return URI.create(portal.url()).getPort();
    }

    /** Sends what no browser's client would let a test say. */
    private int status(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write("%sContent-Length: %s\r\n\r\n%s"
                            .formatted(head, body.length(), body)
                            .getBytes(ISO_8859_1));
            return new Scanner(socket.getInputStream(), ISO_8859_1)
                    .skip("HTTP/1.1 ")
                    .nextInt();
        }
    }
}
