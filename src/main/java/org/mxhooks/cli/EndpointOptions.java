package org.mxhooks.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The endpoint to which requests are sent. */
final class EndpointOptions {

    private static final String DEFAULT = "default";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final Environment environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "URL of the application or of the endpoint. Default: MXHOOKS_URL, otherwise",
                OperatorOptions.LOCAL
            })
    private String url;

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            description = "Name of the endpoint, URL/hooks/NAME. Default: default")
    private String endpoint;

    EndpointOptions(Environment environment) {
        this.environment = environment;
    }

    ServerUrl address() throws CommandFailure {
        ServerUrl address = configured();
        String name = name();
        if (address.endpoint().isEmpty()) {
            return address.endpoint(name);
        }
        if (!address.endpoint().get().equals(name)) {
            throw CommandFailure.unusable(
                    "%s is not the URL of the endpoint that --endpoint names. Pass the --url of the application, or omit --endpoint."
                            .formatted(address),
                    null);
        }
        return address;
    }

    /** The name of the endpoint. */
    String name() throws CommandFailure {
        Optional<String> typed = Environment.set(endpoint);
        if (typed.isPresent() && !NAME.matcher(typed.get()).matches()) {
            throw CommandFailure.unusable(
                    "--endpoint must be 1 to 63 lower-case letters, digits or hyphens. mxhooks endpoints lists the configured ones.",
                    null);
        }
        return typed.or(configured()::endpoint).orElse(DEFAULT);
    }

    private ServerUrl configured() throws CommandFailure {
        return ServerUrl.of(environment.given(url, "MXHOOKS_URL").orElse(OperatorOptions.LOCAL));
    }

    static HttpRequest request(byte[] body, ServerUrl address, Signer signer) {
        return request(new Delivery(body, signer.messageId()), address, signer);
    }

    static HttpRequest request(Delivery delivery, ServerUrl address, Signer signer) {
        return delivery.to(address.uri(), signer).timeout(ANSWER_TIMEOUT).build();
    }

    static BulkSender.RequestSender sender() {
        return Exchange.standard()::send;
    }

    static Answer send(HttpRequest request, ServerUrl address) throws CommandFailure, InterruptedException {
        try {
            return sender().send(request);
        } catch (IOException e) {
            throw NoAnswer.failure(address, e);
        }
    }
}
