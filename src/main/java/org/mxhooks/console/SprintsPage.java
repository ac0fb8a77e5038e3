package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Selection;
import org.mxhooks.mirror.SprintSnapshot;

/** The sprints of an app, the latest change first. */
@Named
@RequestScoped
public class SprintsPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    @Inject
    SharedReads reads;

    private String app;
    private Paged<SprintSnapshot> page;

    @PostConstruct
    void read() {
        PageQuery query = new PageQuery(request);
        app = query.app().orElse("");
        Selection selection = Paged.selection(query, "after");
        page = new Paged<>(
                reads.read("sprints " + query.whole(), () -> mirror.sprints(app, selection)),
                sprint -> sprint.version().change());
    }

    /** The app's id. */
    public String getApp() {
        return app;
    }

    /** One page. */
    public List<SprintRow> getRows() {
        return page.rows().stream().map(SprintRow::of).toList();
    }

    /** The next page; empty if there is none. */
    public String getOlder() {
        return page.next()
                .map(end -> PageUrl.of("sprints", "app", app, "after", end))
                .orElse("");
    }

    /** The board of the app. */
    public String getBoardUrl() {
        return PageUrl.of("stories", "app", app);
    }
}
