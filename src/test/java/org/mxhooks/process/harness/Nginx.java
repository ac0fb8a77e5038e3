package org.mxhooks.process.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mxhooks.Ports;

/**
 * The system's nginx with {@code server-config/nginx/mxhooks.conf}, where only the nodes, the address and the
 * certificate are others.
 */
public final class Nginx implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private static final String PASSWORD = "changeit";
    private static final String MAIN = """
            daemon off;
            user root;
            pid %1$s/pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/bodies;
                proxy_temp_path %1$s/answers;
                fastcgi_temp_path %1$s/unused;
                uwsgi_temp_path %1$s/unused;
                scgi_temp_path %1$s/unused;
                include %1$s/mxhooks.conf;
            }
            """;

    private final Path directory;
    private final int port = Ports.free();
    private final ServerProcess process;
    private final KeyStore certificate;

    /**
     * Returns when it listens.
     *
     * @param directory an empty one for its own files
     * @param node the port of one
     * @param other the port of the other
     */
    public Nginx(Path directory, int node, int other)
            throws IOException, GeneralSecurityException, InterruptedException {
        this.directory = directory;
        certificate = makeCertificate();
        String site = Files.readString(Path.of("server-config/nginx/mxhooks.conf"));
        site = replace(site, "127.0.0.1:8080", "127.0.0.1:" + node);
        site = replace(site, "127.0.0.1:8081", "127.0.0.1:" + other);
        site = replace(site, "listen 443", "listen 127.0.0.1:" + port);
        site = replace(site, "/etc/nginx/mxhooks.", directory + "/mxhooks.");
        Files.writeString(directory.resolve("mxhooks.conf"), site);
        Path main = Files.writeString(directory.resolve("nginx.conf"), MAIN.formatted(directory));
        process = ServerProcess.start(
                "nginx", List.of(PROGRAM.toString(), "-p", directory.toString(), "-c", main.toString()), Map.of());
        process.await(this::listens, 0);
    }

    private boolean listens() throws GeneralSecurityException {
        try (Socket socket = connect()) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the system has it, where Debian installs it. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Where the application is, ending in a slash. */
    public URI application() {
        return URI.create("https://127.0.0.1:" + port + "/mxhooks/");
    }

    /** A connection over TLS. */
    public Socket connect() throws IOException, GeneralSecurityException {
        return tls().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    /** Trusts its certificate and no other. */
    public SSLContext tls() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificate);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String replace(String text, String example, String value) {
        assertThat(text).contains(example);
        return text.replace(example, value);
    }

    /** Also writes it, and its key, as nginx reads them. */
    private KeyStore makeCertificate() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("store.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool")
                + " -genkeypair -alias a -keyalg EC -dname CN=mxhooks -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass "
                + PASSWORD + " -keystore " + store;
        assertThat(new ProcessBuilder(keytool.split(" ")).inheritIO().start().waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        write(
                "mxhooks.key",
                "PRIVATE KEY",
                keys.getKey("a", PASSWORD.toCharArray()).getEncoded());
        write("mxhooks.crt", "CERTIFICATE", keys.getCertificate("a").getEncoded());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        return trusted;
    }

    private void write(String file, String what, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(content)));
    }

    @Override
    public void close() {
        process.close();
    }
}
