package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.PackageSnapshot;
import org.mxhooks.mirror.Selection;

/** Uploaded packages, the latest upload first: all, or those of an app. */
@Named
@RequestScoped
public class PackagesPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    @Inject
    SharedReads reads;

    private PageQuery query;
    private Optional<String> app;
    private Paged<PackageSnapshot> page;

    /**
     * A package, as the list shows it.
     *
     * @param uploadedAt by the portal's clock, or null
     * @param app the app's id
     * @param name of its file, or empty
     * @param model version of the app, or empty
     * @param runtime version of Mendix, or empty
     * @param user the id of who uploaded it, or empty
     * @param delivery the page of its delivery
     */
    public record PackageRow(
            Instant uploadedAt, String app, String name, String model, String runtime, String user, String delivery) {

        static PackageRow of(PackageSnapshot uploaded) {
            return new PackageRow(
                    uploaded.uploadTime().orElse(null),
                    uploaded.appId(),
                    uploaded.name().orElse(""),
                    uploaded.modelVersion().orElse(""),
                    uploaded.runtimeVersion().orElse(""),
                    uploaded.uploaderId().orElse(""),
                    PageUrl.delivery(uploaded.delivery()));
        }

        /** The packages of the same app. */
        public String ofApp() {
            return PageUrl.of("packages", "app", app);
        }
    }

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        app = query.app();
        Selection selection = Paged.selection(query, "after");
        page = new Paged<>(
                reads.read(
                        "packages " + query.whole(),
                        () -> app.isPresent()
                                ? mirror.packages(app.get(), Optional.empty(), selection)
                                : mirror.packages(selection)),
                PackageSnapshot::change);
    }

    /** The chosen app's id, or empty. */
    public String getApp() {
        return app.orElse("");
    }

    /** One page. */
    public List<PackageRow> getRows() {
        return page.rows().stream().map(PackageRow::of).toList();
    }

    /** The next page; empty if there is none. */
    public String getOlder() {
        return page.next()
                .map(end -> PageUrl.of("packages", "app", getApp(), "after", end))
                .orElse("");
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }
}
