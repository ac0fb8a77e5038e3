package org.mxhooks.portal;

import static java.lang.System.Logger.Level.DEBUG;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The stream of changes: server-sent events, until the reader has gone. */
@Path("api/changes")
public final class ChangeResource {

    private static final System.Logger LOG = System.getLogger(ChangeResource.class.getName());
    private static final long HEARTBEAT_MILLISECONDS = 5_000;
    private static final long COLLECTING_MILLISECONDS = 100;

    private final ChangeFeed feed;

    ChangeResource(ChangeFeed feed) {
        this.feed = feed;
    }

    /** Without this method the one for GET is asked, and its watcher never ends: nothing is written. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().build();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response stream() {
        ChangeFeed.Watcher watcher = feed.watch();
        return Response.ok((StreamingOutput) out -> write(watcher, out)).build();
    }

    private static void write(ChangeFeed.Watcher watcher, OutputStream out) {
        try (watcher) {
            send(out, "event: hello\ndata: {}\n\n");
            while (true) {
                Optional<List<FeedItem>> changes = watcher.await(HEARTBEAT_MILLISECONDS);
                send(out, changes.map(ChangeResource::text).orElse("event: reset\ndata: {}\n\n"));
                Thread.sleep(COLLECTING_MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException readerHasGone) {
            LOG.log(DEBUG, "Stream of changes ended: {0}", readerHasGone.getMessage());
        }
    }

    private static String text(List<FeedItem> changes) {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append("event: change\ndata: ")
                .append(PortalJson.text(change))
                .append("\n\n"));
        return text.isEmpty() ? ":\n\n" : text.toString();
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
