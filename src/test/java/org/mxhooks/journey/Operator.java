package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;

/** Uses the operator's API. */
public final class Operator {

    /** The app of the bodies under {@code wire/bodies}. */
    private static final String APP = "apps/6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77/";

    private final URI api;
    private final String credentials;

    /** @param application where the application is, ending in a slash */
    public Operator(URI application, String password) {
        api = application.resolve("api/v1/");
        credentials = "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8));
    }

    public Answer story(long id) {
        return asks(APP + "stories/" + id);
    }

    Answer sprint(long id) {
        return asks(APP + "sprints/" + id);
    }

    /** What the mirror lists of the app: {@code pushes}, for example. */
    public String mirrored(String kind) {
        return asks(APP + kind).text();
    }

    /** What the mirror lists of alerts under an app's name. */
    public String alerts(String app) {
        return asks("apps/" + app + "/alerts").text();
    }

    Answer anonymously(long story) {
        return Answer.to(to(APP + "stories/" + story).build());
    }

    /** What each consumer has before it. */
    public Answer consumers() {
        return asks("consumers");
    }

    /** Whether the server is ready. */
    public Answer ready() {
        return Answer.to(to("../../health/ready").build());
    }

    /** All meters, as what is accepted. */
    public Answer metrics(String accept) {
        return Answer.to(to("../../metrics")
                .header("Authorization", credentials)
                .header("Accept", accept)
                .build());
    }

    /** How far each consumer is with a delivery. */
    public Answer delivery(String delivery) {
        return asks("deliveries/" + delivery);
    }

    public Answer replays(String delivery, String consumer) {
        return changes("POST", "deliveries/" + delivery + "/replay?consumer=" + consumer);
    }

    public Answer pauses(String consumer) {
        return changes("POST", "consumers/" + consumer + "/pause");
    }

    public Answer resumes(String consumer) {
        return changes("POST", "consumers/" + consumer + "/resume");
    }

    public Answer changes(String method, String resource) {
        return changes(method, resource, "");
    }

    public Answer changes(String method, String resource, String body) {
        return Answer.to(to(resource)
                .header("Authorization", credentials)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    public Answer asks(String resource) {
        return Answer.to(to(resource).header("Authorization", credentials).build());
    }

    /** Asks for what it has already, known by its entity tag. */
    Answer asksUnless(String tag, String resource) {
        return Answer.to(to(resource)
                .header("Authorization", credentials)
                .header("If-None-Match", tag)
                .build());
    }

    private HttpRequest.Builder to(String resource) {
        return HttpRequest.newBuilder(api.resolve(resource));
    }
}
