package org.mxhooks.process.benchmarks.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Resources beside mxhooks on its server that neither verify nor decode: one thread inserts rows into copies of the
 * tables of mxhooks, and one more, where asked, updates stories and keeps their versions. What they reach bounds what
 * an application on this server that answers after the commit can reach with these tables.
 */
final class BareReceiver {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BenchDatabase database;
    private final URI mirrored;
    private final SignedLoad keeping;
    private final SignedLoad mirroring;

    BareReceiver(BenchDatabase database, URI server, StoryBodies bodies) {
        this.database = database;
        mirrored = server.resolve("/noop/kept/mirrored");
        keeping = new SignedLoad(server.resolve("/noop/kept"), Signing.PROJECTS, bodies, new AtomicLong());
        mirroring = new SignedLoad(mirrored, Signing.PROJECTS, bodies, new AtomicLong());
    }

    /** Once mxhooks has its tables. */
    void createTables() throws SQLException {
        database.execute("create schema keeper");
        for (String table : List.of("delivery", "body", "story", "story_version")) {
            database.execute("create table keeper.%s (like mxhooks.%1$s including all)".formatted(table));
        }
    }

    double keepOnly(Duration duration) throws Exception {
        return keeping.closedWhenWarm(duration);
    }

    double keepAndMirror(Duration duration) throws Exception {
        mirroring.closed(SignedLoad.BRIEF);
        awaitDrained();
        long before = mirroring.accepted().get();
        long begin = System.nanoTime();
        mirroring.closed(duration);
        awaitDrained();
        return (mirroring.accepted().get() - before) / SignedLoad.seconds(begin);
    }

    /** As {@link SignedLoad#open}. */
    long[] open(double perSecond, Duration duration) throws Exception {
        return keeping.open(perSecond, duration);
    }

    private void awaitDrained() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> outstanding() == 0);
    }

    private long outstanding() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(mirrored).build();
        return Long.parseLong(client.send(request, BodyHandlers.ofString()).body());
    }
}
