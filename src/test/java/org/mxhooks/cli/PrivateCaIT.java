package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with a certificate that no public CA signed. */
@Tag("process")
class PrivateCaIT {

    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    private Path home;

    private Path store;
    private HttpsServer server;

    @BeforeEach
    void startServerWithCertificateOfItsOwn() throws Exception {
        store = home.resolve("store.p12");
        String generate =
                "-genkeypair -alias a -keyalg EC -dname CN=x -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass %s -keystore %s";
        Process keytool =
                java("keytool", generate.formatted(STORE_PASSWORD, store).split(" "));
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();

        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("[]".getBytes(UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anUntrustedCertificateIsReportedWithTheTrustStoreToPass() throws Exception {
        Shell shell = new Shell(home);

        assertThat(shell.run("consumers", "--url", url())).isEqualTo(3);
        assertThat(shell.err())
                .contains("the certificate of " + url() + " is not trusted", "-Djavax.net.ssl.trustStore=FILE");
    }

    @Test
    void theTrustStoreOfTheJvmIsUsed() throws Exception {
        Path password = Files.writeString(home.resolve("password"), "x");
        Process mxhooks = java(
                "java",
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Mxhooks.class.getName(),
                "consumers",
                "--json",
                "--url",
                url(),
                "--password-file",
                password.toString());

        assertThat(mxhooks.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(mxhooks.exitValue()).isZero();
        assertThat(new String(mxhooks.getInputStream().readAllBytes(), UTF_8)).isEqualToIgnoringWhitespace("[]");
    }

    private String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/mxhooks";
    }

    private SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static Process java(String tool, String... args) throws Exception {
        String[] command = new String[args.length + 1];
        System.arraycopy(args, 0, command, 1, args.length);
        command[0] = Path.of(System.getProperty("java.home"), "bin", tool).toString();
        return new ProcessBuilder(command).start();
    }
}
