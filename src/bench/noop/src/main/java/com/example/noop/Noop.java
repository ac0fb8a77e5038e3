package com.example.noop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Reads a body, and that is all. */
@Path("hooks")
public class Noop {

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response read(byte[] body) {
        return Response.accepted("{\"bytes\":" + body.length + "}")
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** At the root of the WAR. */
    @ApplicationPath("/")
    public static class NoopApplication extends Application {}
}
