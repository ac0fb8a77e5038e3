package org.mxhooks.process.benchmarks.noop;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Reads a body, and that is all. */
@Path(Noop.PATH)
public class Noop {
    public static final String PATH = "done";

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response nothing(byte[] body) {
        return Response.accepted("{\"bytes\":" + body.length + "}")
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
