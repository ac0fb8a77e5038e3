package org.mxhooks.portal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;

/** The files of the page. */
@Path("/")
public final class PageResource {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "mjs", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json",
            "webmanifest", "application/manifest+json");

    @GET
    public Response index() {
        return file("index.html");
    }

    @GET
    @Path("{file: [a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+)+}")
    public Response file(@PathParam("file") String file) {
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        InputStream content = type == null ? null : PageResource.class.getResourceAsStream("page/" + file);
        if (content == null) {
            throw Rejection.notFound("file");
        }
        return Response.ok(content, type).header("Cache-Control", "no-cache").build();
    }
}
