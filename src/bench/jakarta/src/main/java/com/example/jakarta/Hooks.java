package com.example.jakarta;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Verifies, keeps, answers. */
@Path("hooks")
@ApplicationScoped
public class Hooks {

    private static final Signature SIGNATURE = new Signature(System.getProperty("receiver.secret"));

    @Inject
    Stories stories;

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response receive(@HeaderParam("MxAPI-Signature") String signature, byte[] body)
            throws GeneralSecurityException {
        if (!SIGNATURE.verifies(signature, body)) {
            return Response.status(Response.Status.UNAUTHORIZED).build();
        }
        byte[] identity = MessageDigest.getInstance("SHA-256").digest(body);
        return Response.accepted("{\"delivery\":\"" + stories.keep(identity, body) + "\"}")
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** At the root of the WAR. */
    @ApplicationPath("/")
    public static class HooksApplication extends Application {}
}
