package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;

/** Looks into the mirror, by the operator's API. */
public final class Operator {

    /** The app of the bodies under {@code wire/bodies}. */
    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";

    private final URI api;
    private final String credentials;

    /** @param application where the application is, ending in a slash */
    public Operator(URI application, String password) {
        api = application.resolve("api/v1/");
        credentials = "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8));
    }

    public Answer story(long id) {
        return asks("stories/" + id);
    }

    Answer sprint(long id) {
        return asks("sprints/" + id);
    }

    Answer anonymously(long story) {
        return Answer.to(get("stories/" + story).build());
    }

    private Answer asks(String resource) {
        return Answer.to(get(resource).header("Authorization", credentials).build());
    }

    private HttpRequest.Builder get(String resource) {
        return HttpRequest.newBuilder(api.resolve("apps/" + APP + "/" + resource));
    }
}
