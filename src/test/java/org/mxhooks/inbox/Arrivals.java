package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/** Arrivals for tests, about stories of one app. */
public final class Arrivals {

    private static final String SCHEME = "projects";

    private Arrivals() {}

    /** News about a story, told apart by its text. */
    public static Arrival story(long storyId, String text) {
        String json = """
                {"Action":"updated","Story":{"StoryId":%s,"Name":"%s"},"Project":{"AppId":"app"}}""".formatted(storyId, text);
        return of("default", storyId, json.getBytes(UTF_8));
    }

    /** News about a story with a body of the test's own. */
    public static Arrival of(String endpoint, long storyId, byte[] body) {
        Attributes attributes = new Attributes(
                Optional.of("an id"),
                "stories",
                "updated",
                Optional.of("app"),
                Optional.of(Resource.numbered("story", storyId)),
                Optional.empty(),
                Optional.empty(),
                List.of("a remark"),
                Optional.empty());
        return new Arrival(endpoint, SCHEME, identity(body), attributes, "{}", body);
    }

    static Arrival withScheme(Arrival arrival, String scheme) {
        return new Arrival(
                arrival.endpoint(),
                scheme,
                arrival.identity(),
                arrival.attributes(),
                arrival.headers(),
                arrival.body());
    }

    private static Identity identity(byte[] body) {
        return new Identity(UUID.nameUUIDFromBytes(body).toString());
    }

    /** The lane that a delivery will travel in. */
    public static int laneOf(Arrival arrival) {
        return arrival.lane();
    }

    /** By what the log knows a delivery again. */
    public static byte[] identityInLog(Arrival arrival) {
        return LogRow.of(arrival).identity().array();
    }

    /** The same with other headers. */
    public static Arrival withHeaders(Arrival arrival, String headers) {
        return new Arrival(
                arrival.endpoint(),
                arrival.scheme(),
                arrival.identity(),
                arrival.attributes(),
                headers,
                arrival.body());
    }

    /** The same news as another delivery. */
    public static Arrival withIdentity(Arrival arrival, String identity) {
        return new Arrival(
                arrival.endpoint(),
                arrival.scheme(),
                new Identity(identity),
                arrival.attributes(),
                arrival.headers(),
                arrival.body());
    }

    /** A story's body on the default endpoint; the portal's id and the headers name its sender, too. */
    public static Arrival withBody(String body) {
        return withBody(body.getBytes(UTF_8));
    }

    private static Arrival withBody(byte[] body) {
        Arrival arrival = of("default", 4711, body);
        return withHeaders(arrival, "{\"x-sender\":[\"ada.quist@example.com\"]}");
    }

    /** A story's body of an app. */
    public static Arrival ofApp(String appId, byte[] body) {
        Arrival arrival = withBody(body);
        Attributes attributes = arrival.attributes();
        return new Arrival(
                arrival.endpoint(),
                arrival.scheme(),
                arrival.identity(),
                new Attributes(
                        attributes.portalId(),
                        attributes.category(),
                        attributes.action(),
                        Optional.of(appId),
                        attributes.resource(),
                        attributes.createdAt(),
                        attributes.updatedAt(),
                        attributes.remarks(),
                        attributes.undecodable()),
                arrival.headers(),
                arrival.body());
    }
}
