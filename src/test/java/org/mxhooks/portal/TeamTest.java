package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.portal.Subscriber.Call;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.Verdict;

/** What a team's play sends. */
class TeamTest {

    private static final int STEPS = 400;
    private static final String DEPLOYMENT_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path homes;

    private Subscriber subscriber;

    @BeforeEach
    void start() throws IOException {
        subscriber = new Subscriber();
    }

    @AfterEach
    void stop() {
        subscriber.close();
    }

    @Test
    void theSameSeedAndStartMakeTheSameBodies() {
        play("first", 42);
        play("second", 42);
        play("other", 43);

        assertThat(bodies("/first/projects")).isEqualTo(bodies("/second/projects"));
        assertThat(bodies("/first/deployment")).isEqualTo(bodies("/second/deployment"));
        assertThat(bodies("/first/projects")).doesNotContainAnyElementsOf(bodies("/other/projects"));
    }

    @Test
    void everyKindOfEventOccursAndIsDecodedWithoutRemark() {
        play("home", 7);

        List<Call> projects = subscriber.accepted("/home/projects");
        List<Call> deployment = subscriber.accepted("/home/deployment");
        assertThat(projects).allSatisfy(call -> demandFlawless("projects", "secret", call));
        assertThat(deployment).allSatisfy(call -> demandFlawless("standard-webhooks", DEPLOYMENT_SECRET, call));
        assertThat(bodies("/home/projects").toString())
                .contains("\"ParentType\":\"Story\"", "\"Bug\"", "\"Completed\"", "\"Done\"", "\"HasSubStories\":true");
        assertThat(bodies("/home/deployment").toString())
                .contains("teamserver.push", "package.uploaded", "\"Critical\"", "\"Recovery\"", "{\"id\":\"OD7-10");
    }

    private static void demandFlawless(String name, String secret, Call call) throws UndecodableBody {
        Scheme scheme = Schemes.of(name);
        Instant now = Instant.now();
        DecodedBody body = DecodedBody.decode(name, call.body());

        assertThat(scheme.verify(call.signed(), List.of(scheme.key(secret)), () -> now))
                .isInstanceOf(Verdict.Authentic.class);
        assertThat(body.remarks(call.body(), now)).isEmpty();
        assertThat(scheme.remarks(call::header, body.knownCategory())).isEmpty();
        assertThat(body.resource()).isPresent();
        assertThat(call.header("User-Agent")).contains("Mx-Platform");
        assertThat(call.header("Connection").equals(Optional.of("close"))).isEqualTo(name.startsWith("standard"));
    }

    private void play(String home, long seed) {
        try (RunningPortal portal = new RunningPortal(homes.resolve(home))) {
            String play = "api/plays/"
                    + portal.post("api/plays", """
                                    {"seed":%s,"rate":"10000/s","count":%s,"start":"2026-03-02T08:00:00Z","webhooks":[
                                      {"family":"projects","url":"%s","secret":"secret"},
                                      {"family":"deployment","url":"%s","secret":"%s"}]}
                                    """.formatted(
                                            seed,
                                            STEPS,
                                            subscriber.url("/" + home + "/projects"),
                                            subscriber.url("/" + home + "/deployment"),
                                            DEPLOYMENT_SECRET))
                            .getInt("id");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> portal.get(play).getString("state").equals("finished"));
            assertThat(portal.get(play).getInt("done")).isEqualTo(STEPS);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> portal.get("api/deliveries?state=waiting")
                            .getJsonArray("deliveries")
                            .isEmpty());
        }
    }

    /** Deliveries about different resources may overtake each other. */
    private List<String> bodies(String path) {
        List<String> bodies =
                subscriber.accepted(path).stream().map(Call::text).sorted().toList();
        assertThat(bodies).isNotEmpty();
        return bodies;
    }
}
