package org.mxhooks.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.Option;

/** The endpoint that is sent to. */
final class TargetEndpoint {

    private static final String DEFAULT = "default";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final Surroundings surroundings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {"The application, or the endpoint itself. Default: MXHOOKS_URL, or else", Operator.LOCAL})
    private String url;

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            description = "The endpoint of the application, URL/hooks/NAME. Default: default")
    private String endpoint;

    TargetEndpoint(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Address address() throws Failure {
        Address address = configured();
        String name = name();
        if (address.endpoint().isEmpty()) {
            return address.endpoint(name);
        }
        if (!address.endpoint().get().equals(name)) {
            throw Failure.unusable(
                    "%s is of another endpoint than --endpoint names. Pass the application's --url, or leave out --endpoint."
                            .formatted(address),
                    null);
        }
        return address;
    }

    /** The name of the endpoint. */
    String name() throws Failure {
        Optional<String> typed = Surroundings.set(endpoint);
        if (typed.isPresent() && !NAME.matcher(typed.get()).matches()) {
            throw Failure.unusable(
                    "--endpoint must be up to 63 lower-case letters, digits and dashes. mxhooks endpoints lists those that exist.",
                    null);
        }
        return typed.or(configured()::endpoint).orElse(DEFAULT);
    }

    private Address configured() throws Failure {
        return Address.of(surroundings.given(url, "MXHOOKS_URL").orElse(Operator.LOCAL));
    }

    static HttpRequest request(byte[] body, Address address, ProjectsSignature signature) {
        return new Delivery(body, UUID.randomUUID())
                .to(address.uri(), signature)
                .timeout(ANSWER_TIMEOUT)
                .build();
    }

    static Volley.Sender sender() {
        return Exchange.standard()::send;
    }

    static Answer send(HttpRequest request, Address address) throws Failure, InterruptedException {
        try {
            return sender().send(request);
        } catch (IOException e) {
            throw Failure.noAnswer(address, e);
        }
    }
}
