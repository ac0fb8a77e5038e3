package com.example.noop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;

/** Reads a body, and answers when a bare loop has inserted it: neither verified nor decoded. */
@ApplicationScoped
@Path("kept")
public class Kept {

    @Inject
    Keeper keeper;

    @Inject
    Follower follower;

    @POST
    @Consumes(MediaType.WILDCARD)
    public void keep(byte[] body, @Suspended AsyncResponse later) {
        keeper.keep(new Keeper.Waiting(body, false, later));
    }

    /** As above, and another thread follows. */
    @POST
    @Path("mirrored")
    @Consumes(MediaType.WILDCARD)
    public void mirror(byte[] body, @Suspended AsyncResponse later) {
        keeper.keep(new Keeper.Waiting(body, true, later));
    }

    /** How many are not mirrored yet. */
    @GET
    @Path("mirrored")
    @Produces(MediaType.TEXT_PLAIN)
    public long outstanding() {
        return follower.outstanding();
    }
}
