package org.mxhooks.api;

import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mxhooks.database.Database;
import org.mxhooks.mendix.AppId;
import org.mxhooks.mirror.Selection;
import org.mxhooks.web.Problem;

/** Responses with what the mirror keeps of an app. */
final class Mirrored {

    private Mirrored() {}

    /** The id in the form that the mirror keeps; a text that cannot be an app's id stays as it is, and is not found. */
    static String app(String appId) {
        return AppId.normalized(appId).orElse(appId);
    }

    static Selection selection(Optional<String> status, Query query, JsonPage<?> page) {
        return new Selection(status, query.instant("changedSince"), query.change(), page.toRead());
    }

    static <T> Response one(
            Database database,
            String what,
            HttpHeaders headers,
            Function<T, JsonObjectBuilder> json,
            Supplier<Optional<T>> state) {
        if (!database.isOpen()) {
            return Problem.storageUnavailable();
        }
        return state.get()
                .map(known -> Tagged.answer(json.apply(known).build(), headers))
                .orElseGet(() -> Problem.of(
                        Response.Status.NOT_FOUND,
                        ("The mirror has no such %s, or had none at that time. It appears once a delivery about it was accepted and mirrored; past versions, pushes and packages are deleted after mxhooks.retention.")
                                .formatted(what)));
    }

    static <T> Response list(Database database, HttpHeaders headers, JsonPage<T> page, Supplier<List<T>> resources) {
        return database.isOpen() ? Tagged.answer(page.of(resources.get()), headers) : Problem.storageUnavailable();
    }
}
