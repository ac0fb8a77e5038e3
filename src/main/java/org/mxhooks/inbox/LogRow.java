package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.mendix.Attributes;

/**
 * An arrival as it is written. The thread that appends computes it, so that the writer, which holds the lock on the
 * head of the log, only has to send it.
 *
 * @param arrival what arrived
 * @param delivery the id it gets if it is new
 * @param identity SHA-256 of endpoint, scheme and identity: unique in the log
 * @param bodyHash SHA-256 of the body; null where the identity is the body's
 * @param lane that it travels in
 * @param remarks as a JSON array; null where there are none
 */
record LogRow(Arrival arrival, UUID delivery, ByteBuffer identity, byte[] bodyHash, int lane, String remarks) {

    /** {@code Json.createArrayBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    static LogRow of(Arrival arrival) {
        return new LogRow(
                arrival,
                TimeOrderedId.at(System.currentTimeMillis()),
                identity(arrival),
                arrival.identity().ofBody() ? null : sha256(arrival.body()),
                arrival.lane(),
                json(arrival.attributes().remarks()));
    }

    /** What the row takes in memory, roughly. */
    int bytes() {
        return arrival.body().length + arrival.headers().length();
    }

    Attributes attributes() {
        return arrival.attributes();
    }

    /** As a parameter of a statement. */
    static byte[][] identities(List<LogRow> rows) {
        return rows.stream().map(row -> row.identity().array()).toArray(byte[][]::new);
    }

    static OffsetDateTime time(Optional<Instant> instant) {
        return instant.map(known -> known.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    /** The parts are of few characters each, none of them a NUL. */
    private static ByteBuffer identity(Arrival arrival) {
        String whole = String.join(
                "\0", arrival.endpoint(), arrival.scheme(), arrival.identity().value());
        return ByteBuffer.wrap(sha256(whole.getBytes(UTF_8)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String json(List<String> remarks) {
        return remarks.isEmpty()
                ? null
                : JSON.createArrayBuilder(remarks).build().toString();
    }
}
