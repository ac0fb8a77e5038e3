package org.mxhooks.journey;

import static org.mxhooks.ProjectsHeaders.DELIVERY;
import static org.mxhooks.ProjectsHeaders.SIGNATURE;
import static org.mxhooks.ProjectsHeaders.WEBHOOKS_VERSION;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import org.mxhooks.ProjectsSigner;

/** Sends what the Mendix portal would send, signed with a secret. */
public final class Portal {

    private final URI endpoint;
    private final ProjectsSigner signature;
    private final Duration patience;

    /** @param application where the application is, ending in a slash */
    public Portal(URI application, String endpoint, String secret) {
        this(application, endpoint, secret, Duration.ofMinutes(1));
    }

    /** @param patience how long it waits for an answer */
    public Portal(URI application, String endpoint, String secret, Duration patience) {
        this.patience = patience;
        this.endpoint = application.resolve("hooks/" + endpoint);
        signature = new ProjectsSigner(secret);
    }

    Answer sends(String file) {
        return sends(Body.of(file));
    }

    /** @throws java.io.UncheckedIOException if the server did not answer */
    public Answer sends(Body body) {
        return Answer.to(signed(body).build());
    }

    /** The signature of a body, as the portal sends it. */
    String signature(byte[] body) {
        return signature.sign(body);
    }

    HttpRequest.Builder signed(Body body) {
        return post(body).setHeader(SIGNATURE, signature.sign(body.bytes()));
    }

    HttpRequest.Builder post(Body body) {
        return post(BodyPublishers.ofByteArray(body.bytes()));
    }

    HttpRequest.Builder post(BodyPublisher body) {
        return HttpRequest.newBuilder(endpoint)
                .header(DELIVERY, UUID.randomUUID().toString())
                .header(WEBHOOKS_VERSION, "1")
                .header("User-Agent", "Mx-Platform")
                .timeout(patience)
                .POST(body);
    }
}
