package org.mxhooks.journey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.UUID;
import org.mxhooks.StandardSigner;

/** Sends pushes, packages and alerts as the Mendix portal would, signed with a secret. */
public final class DeploymentPortal {

    private final URI endpoint;
    private final StandardSigner signature;

    /** @param application where the application is, ending in a slash */
    public DeploymentPortal(URI application, String endpoint, String secret) {
        this.endpoint = application.resolve("hooks/" + endpoint);
        signature = new StandardSigner(secret);
    }

    /** @throws java.io.UncheckedIOException if the server did not answer */
    public Answer sends(Body body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofByteArray(body.bytes()));
        signature.sign("msg_" + UUID.randomUUID(), Instant.now(), body.bytes()).forEach(request::header);
        return Answer.to(request.build());
    }
}
