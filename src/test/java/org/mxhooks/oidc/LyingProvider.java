package org.mxhooks.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mxhooks.Ports;

/** An OpenID provider that says what a test wants it to. */
final class LyingProvider implements AutoCloseable {

    /** An answer to a request. */
    interface Reply {
        void to(HttpExchange request) throws IOException;
    }

    /** A request that it got. */
    record Asked(String path, String authorization, String body) {}

    static final String DISCOVERY = "/.well-known/openid-configuration";
    static final String KEYS = "/jwks";
    static final String TOKEN = "/token";
    static final String USER_INFO = "/me";

    private static final RSAKey KEY = key("first");
    private static final RSAKey OTHER_KEY = key("second");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    final String issuer;

    LyingProvider() throws IOException {
        int port = Ports.free();
        issuer = "http://127.0.0.1:" + port;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        says(DISCOVERY, metadata().build());
        publishesItsKey();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObjectBuilder metadata() {
        return Json.createObjectBuilder()
                .add("issuer", issuer)
                .add("authorization_endpoint", issuer + "/auth")
                .add("token_endpoint", issuer + TOKEN)
                .add("userinfo_endpoint", issuer + USER_INFO)
                .add("end_session_endpoint", issuer + "/end")
                .add("jwks_uri", issuer + KEYS)
                .add("subject_types_supported", Json.createArrayBuilder().add("public"))
                .add("response_types_supported", Json.createArrayBuilder().add("code"))
                .add(
                        "id_token_signing_alg_values_supported",
                        Json.createArrayBuilder().add("RS256"));
    }

    /** What an ID token says that is right. */
    JsonObjectBuilder claims(String nonce) {
        long now = Instant.now().getEpochSecond();
        return Json.createObjectBuilder()
                .add("iss", issuer)
                .add("aud", "mxhooks")
                .add("sub", "248289761001")
                .add("nonce", nonce)
                .add("iat", now)
                .add("exp", now + 300)
                .add("preferred_username", "olivia")
                .add("groups", Json.createArrayBuilder().add("staff").add("operators"));
    }

    void publishesItsKey() {
        replies(KEYS, 200, new JWKSet(KEY).toString());
    }

    void rotatesItsKey() {
        replies(KEYS, 200, new JWKSet(OTHER_KEY).toString());
    }

    void says(String path, JsonObject answer) {
        replies(path, 200, answer.toString());
    }

    void replies(String path, int status, String body) {
        on(path, request -> send(request, status, body));
    }

    void on(String path, Reply reply) {
        replies.put(path, reply);
    }

    /** Returns this ID token for any code. */
    void issues(String idToken) {
        says(
                TOKEN,
                Json.createObjectBuilder()
                        .add("access_token", "of-access")
                        .add("token_type", "Bearer")
                        .add("id_token", idToken)
                        .build());
    }

    static void send(HttpExchange request, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        request.getResponseBody().write(bytes);
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            String path = request.getRequestURI().getPath();
            synchronized (asked) {
                asked.add(new Asked(
                        path,
                        request.getRequestHeaders().getFirst("Authorization"),
                        new String(request.getRequestBody().readAllBytes(), UTF_8)));
            }
            replies.getOrDefault(path, other -> send(other, 404, "{}")).to(request);
        }
    }

    List<Asked> asked(String path) {
        synchronized (asked) {
            return asked.stream().filter(one -> one.path().equals(path)).toList();
        }
    }

    String signed(JsonObject claims) {
        return signed(JWSAlgorithm.RS256, "first", claims, signer(KEY));
    }

    String signedByItsNextKey(JsonObject claims) {
        return signed(JWSAlgorithm.RS256, "second", claims, signer(OTHER_KEY));
    }

    /** As if by the key that it publishes. */
    String signedByAnother(JsonObject claims) {
        return signed(JWSAlgorithm.RS256, "first", claims, signer(OTHER_KEY));
    }

    String unsigned(JsonObject claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(claims.toString().getBytes(UTF_8)) + ".";
    }

    /** With the public key, or another text that is no secret to the signer, as the key of a MAC. */
    String signedByMac(byte[] secret, JsonObject claims) {
        try {
            return signed(JWSAlgorithm.HS256, "first", claims, new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] publicKey() {
        try {
            return KEY.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JsonObject claims, JWSSigner signer) {
        try {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(algorithm).keyID(keyId).build(), new Payload(claims.toString()));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
