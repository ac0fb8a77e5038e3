package org.mxhooks.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/**
 * One delivery of a body, with the headers that the portal gives it.
 *
 * @param body the bytes that are signed and sent
 * @param id the portal's id
 */
record Delivery(byte[] body, String id) {

    HttpRequest.Builder to(URI url, Signer signer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Mx-Platform");
        signer.sign(new Message(id, category(signer.scheme()), body)).forEach(request::header);
        return request;
    }

    /** Whether mxhooks can decode a body; it keeps the others too. */
    static boolean isDecodable(byte[] body) {
        try {
            DecodedBody.decode(Schemes.names().get(0), body);
            return true;
        } catch (UndecodableBody notJson) {
            return false;
        }
    }

    /** Empty where the body names none: only the portal knows what was subscribed to. */
    private Optional<String> category(Scheme scheme) {
        try {
            return DecodedBody.decode(scheme.name(), body).knownCategory();
        } catch (UndecodableBody sentAllTheSame) {
            return Optional.empty();
        }
    }
}
