package org.mxhooks.cli;

import static org.mxhooks.mendix.MendixHeader.DELIVERY;
import static org.mxhooks.mendix.MendixHeader.EVENT_CATEGORY;
import static org.mxhooks.mendix.MendixHeader.SIGNATURE;
import static org.mxhooks.mendix.MendixHeader.WEBHOOKS_VERSION;
import static org.mxhooks.mendix.MendixHeader.WEBHOOKS_VERSION_EXPIRY;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.mendix.Payload;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.signature.ProjectsSignature;

/**
 * One delivery of a body, with the headers that the portal gives it.
 *
 * @param body the bytes that are signed and sent
 * @param id the portal's id
 */
record Delivery(byte[] body, UUID id) {

    HttpRequest.Builder to(URI url, ProjectsSignature signature) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Mx-Platform")
                .header(DELIVERY.text(), id.toString())
                .header(SIGNATURE.text(), signature.sign(body))
                .header(WEBHOOKS_VERSION.text(), "1")
                .header(WEBHOOKS_VERSION_EXPIRY.text(), "");
        category().ifPresent(category -> request.header(EVENT_CATEGORY.text(), category));
        return request;
    }

    /** Whether mxhooks can decode a body; it keeps the others too. */
    static boolean isDecodable(byte[] body) {
        try {
            Payload.decode(body);
            return true;
        } catch (UndecodableBody notJson) {
            return false;
        }
    }

    /** Empty where the body does not tell: the portal knows what was subscribed to, we do not. */
    private Optional<String> category() {
        try {
            return Payload.decode(body).knownCategory();
        } catch (UndecodableBody sentAllTheSame) {
            return Optional.empty();
        }
    }
}
