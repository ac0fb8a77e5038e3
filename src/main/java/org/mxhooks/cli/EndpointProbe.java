package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;

/**
 * Whether an endpoint verifies a signature and can store deliveries.
 *
 * @param url of the endpoint
 * @param signer that signs the probe
 */
record EndpointProbe(ServerUrl url, Signer signer) {

    Answer send() throws CommandFailure, InterruptedException {
        return EndpointOptions.send(EndpointOptions.request(body(), url, signer), url);
    }

    private byte[] body() {
        return Json.createObjectBuilder()
                .add("probe", signer.clock().instant().toString())
                .build()
                .toString()
                .getBytes(UTF_8);
    }

    /** What an answer that is none to a probe says. */
    String problem(Answer answer) {
        return answer.problem().orElseGet(() -> "%s answered %s.".formatted(url, answer.status()));
    }
}
