package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/** The OpenAPI document of this API. */
@Path("openapi")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class OpenApi {

    /** A document after OpenAPI 3.1. */
    @GET
    public Response document(@Context UriInfo uri) throws IOException {
        new Query(uri);
        try (InputStream document = OpenApi.class.getResourceAsStream("openapi.json")) {
            return Response.ok(document.readAllBytes(), MediaType.APPLICATION_JSON_TYPE)
                    .build();
        }
    }
}
