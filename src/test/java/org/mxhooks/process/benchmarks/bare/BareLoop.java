package org.mxhooks.process.benchmarks.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.mirror.Mirror;

/** The mirror's JPA writes and nothing else: one after the other, each in a transaction. */
@Path("mirror/{events}")
@ApplicationScoped
public class BareLoop {

    private static long position;

    @Inject
    Mirror mirror;

    /** Writes so many events, from a body with the placeholder {@code 4711}; returns how many a second. */
    @POST
    public String mirror(@PathParam("events") int events, byte[] body) throws UndecodableBody {
        String template = new String(body, UTF_8);
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            position++;
            byte[] each = template.replace("4711", String.valueOf(1_000_000 + position % 2_000))
                    .getBytes(UTF_8);
            Provenance provenance = new Provenance(
                    UUID.randomUUID(),
                    Optional.empty(),
                    "default",
                    1_000_000_000 + position,
                    Instant.now(),
                    false,
                    "{}");
            mirror.remember(DecodedBody.decode("projects", each).toEvent(provenance));
        }
        return String.valueOf(events / ((System.nanoTime() - begin) / 1e9));
    }
}
