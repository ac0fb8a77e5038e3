package com.example.ci;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A client of Jenkins' remote access API for one parameterized job. */
@ApplicationScoped
public class Jenkins {

    private static final String PARAMETERS = "[actions[parameters[name,value]]]";

    @Inject
    RemoteCalls calls;

    /** For example {@code https://jenkins.example.com}. */
    @Inject
    @ConfigProperty(name = "ci.jenkins.url")
    String url;

    /** The job's name; of a job in a folder {@code folder/job/name}. */
    @Inject
    @ConfigProperty(name = "ci.jenkins.job")
    String job;

    @Inject
    @ConfigProperty(name = "ci.jenkins.user")
    String user;

    /** An API token of the user: with a password Jenkins would ask for a crumb, too. */
    @Inject
    @ConfigProperty(name = "ci.jenkins.token")
    String token;

    /**
     * Whether a build with a parameter of this value, which occurs nowhere else, waits or is among the newest hundred.
     */
    boolean hasBuild(String value) {
        return get("/queue/api/json?tree=" + encode("items" + PARAMETERS, UTF_8))
                        .contains(value)
                || get("/job/" + job + "/api/json?tree=" + encode("builds" + PARAMETERS, UTF_8))
                        .contains(value);
    }

    void start(Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey(), UTF_8) + "=" + encode(entry.getValue(), UTF_8))
                .sorted()
                .collect(joining("&"));
        calls.send(
                "Jenkins",
                request("/job/" + job + "/buildWithParameters")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
    }

    private String get(String resource) {
        return calls.send("Jenkins", request(resource).build());
    }

    private HttpRequest.Builder request(String resource) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(UTF_8));
        return HttpRequest.newBuilder(URI.create(url + resource))
                .timeout(RemoteCalls.TIMEOUT)
                .header("Authorization", "Basic " + credentials);
    }
}
