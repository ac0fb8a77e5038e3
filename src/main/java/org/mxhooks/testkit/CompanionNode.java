package org.mxhooks.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Identity;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.SignedRequest;

/** The node of a companion under test: accepts payloads and takes steps. */
record CompanionNode(SteppedNode node, Inbox inbox) {

    private static final String ENDPOINT = "default";
    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(30);

    /** An action of the node. */
    interface Step {
        void on(SteppedNode node) throws Exception;
    }

    /** A query to the node. */
    interface BeanQuery<T> {
        T of(SteppedNode node) throws Exception;
    }

    void step(Step step) {
        ask(asked -> {
            step.on(asked);
            return null;
        });
    }

    <T> T ask(BeanQuery<T> query) {
        try {
            return query.of(node);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void requireConsumer(String consumer) {
        if (!node.consumers().contains(consumer)) {
            throw new IllegalArgumentException(
                    "there is no consumer %s; known are: %s".formatted(consumer, node.consumers()));
        }
    }

    UUID accept(Payload payload) {
        Receipt receipt = inbox.append(arrival(payload.bytes()))
                .toCompletableFuture()
                .orTimeout(APPEND_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (receipt instanceof Receipt.Accepted accepted) {
            return accepted.delivery();
        }
        if (receipt instanceof Receipt.Duplicate duplicate) {
            return duplicate.delivery();
        }
        throw new IllegalStateException(receipt.toString());
    }

    /** A repeated body is the same delivery by each scheme: where an id is signed, it is made of the body. */
    private static Arrival arrival(byte[] body) {
        try {
            Scheme scheme = scheme(body);
            String portalId = UUID.nameUUIDFromBytes(body).toString();
            Attributes attributes = DecodedBody.decode(scheme.name(), body)
                    .attributes(Optional.of(portalId), List.of(), body, Instant.now());
            SignedRequest request = new SignedRequest(name -> Optional.of(portalId), body);
            return new Arrival(ENDPOINT, scheme.name(), Identity.of(scheme.identity(request)), attributes, "{}", body);
        } catch (UndecodableBody e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The first scheme whose webhooks a body is one of. */
    private static Scheme scheme(byte[] body) throws UndecodableBody {
        for (String name : Schemes.names()) {
            if (DecodedBody.decode(name, body).knownCategory().isPresent()) {
                return Schemes.of(name);
            }
        }
        return Schemes.of(Schemes.names().get(0));
    }
}
