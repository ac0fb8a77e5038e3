package org.mxhooks.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.Option;

/** The endpoint that is sent to. */
final class TargetEndpoint {

    private static final String LOCAL = "http://127.0.0.1:8080/mxhooks/hooks/default";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {"The endpoint. Default:", LOCAL})
    private String url;

    Address address() throws Failure {
        return Address.of(Surroundings.set(url).orElse(LOCAL));
    }

    static HttpRequest request(byte[] body, Address address, ProjectsSignature signature) {
        return new Delivery(body, UUID.randomUUID())
                .to(address.uri(), signature)
                .timeout(ANSWER_TIMEOUT)
                .build();
    }

    static Volley.Sender sender() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        return request -> Answer.of(client.send(request, BodyHandlers.ofString()));
    }

    static Answer send(HttpRequest request, Address address) throws Failure, InterruptedException {
        try {
            return sender().send(request);
        } catch (IOException e) {
            throw Failure.noAnswer(
                    "no answer from %s (%s). Is mxhooks running there? Start it, or pass --url.".formatted(address, e),
                    e);
        }
    }
}
