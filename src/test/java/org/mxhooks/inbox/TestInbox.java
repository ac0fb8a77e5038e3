package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Resource;
import org.mxhooks.mendix.UndecodableBody;

/** An inbox of a release that learns a kind of resource: to it the stories of the tests are wishes. */
public final class TestInbox {

    private final AtomicBoolean knowsWishes = new AtomicBoolean();
    private final AtomicBoolean broken = new AtomicBoolean();

    /** Also what the inbox has logged already is read as a later release reads it from now on. */
    public void upgrade() {
        knowsWishes.set(true);
    }

    /** From now on the decoder has a fault, which one body meets. */
    public void breakDecoder() {
        broken.set(true);
    }

    private Attributes decode(Attributes stored, byte[] body) throws UndecodableBody {
        if (broken.get() && new String(body, UTF_8).contains("fails to decode")) {
            throw new IllegalStateException("a fault of the decoder, on purpose");
        }
        return knowsWishes.get() ? wish(stored, body) : stored;
    }

    public Inbox on(TestDatabase database) {
        return new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry(),
                (scheme, stored, body, receivedAt) -> decode(stored, body),
                new RecentLog(0)); // a later release is another process, which remembers nothing
    }

    /** What this release logs for a body. */
    public Arrival arrival(Arrival story) {
        try {
            Attributes unknown = attributes(Attributes.UNKNOWN, Optional.empty());
            return new Arrival(
                    story.endpoint(),
                    story.scheme(),
                    story.identity(),
                    knowsWishes.get() ? wish(unknown, story.body()) : unknown,
                    story.headers(),
                    story.body());
        } catch (UndecodableBody e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Attributes wish(Attributes stored, byte[] body) throws UndecodableBody {
        String id =
                DecodedBody.decode("projects", body).resource().orElseThrow().id();
        return attributes(
                stored.category().equals(Attributes.UNKNOWN) ? "wishes" : stored.category(),
                Optional.of(new Resource("wish", "w-" + id)));
    }

    private static Attributes attributes(String category, Optional<Resource> resource) {
        return new Attributes(
                Optional.empty(),
                category,
                "updated",
                Optional.of("app"),
                resource,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
