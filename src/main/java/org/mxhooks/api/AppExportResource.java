package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import org.mxhooks.database.Database;
import org.mxhooks.privacy.AppExport;
import org.mxhooks.privacy.AppExports;
import org.mxhooks.web.ClientPresence;
import org.mxhooks.web.Problem;

/** All that is kept of an app, as a file. */
@Path("apps/{appId}/export")
@Produces({"application/zip", "application/json"})
@ApplicationScoped
public class AppExportResource {

    @Inject
    AppExports exports;

    @Inject
    Database database;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    /** A ZIP of JSON lines; for operators. */
    @GET
    public Response export(@PathParam("appId") String appId, @Context UriInfo uri, @Context SecurityContext user)
            throws Exception {
        new Query(uri);
        String app = Mirrored.app(appId);
        if (!user.isUserInRole("operator")) {
            return Problem.of(
                    Response.Status.FORBIDDEN, "An export is for operators; it requires mxhooks.operator.user.");
        }
        return Answers.from(
                database,
                () -> exports.isBusy()
                        ? Problem.unavailable("Two exports are being written on this node; try again when one is done.")
                        : file(app));
    }

    /** Begun when it is written: the answer to HEAD never is. */
    private Response file(String app) {
        StreamingOutput content = out -> {
            try (AppExport export = exports.begin(app).orElseThrow(() -> new IOException("others began to export"))) {
                export.write(out, () -> ClientPresence.isGone(connection));
            } catch (SQLException e) {
                throw new IOException("the export was cut: the database failed", e);
            }
        };
        return Response.ok(content, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"app-export.zip\"")
                .build();
    }
}
