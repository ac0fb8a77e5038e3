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
import org.mxhooks.mirror.PushSnapshot;
import org.mxhooks.mirror.Selection;

/** Pushes, the latest to arrive first: all, or those to an app, a branch, or related to a story. */
@Named
@RequestScoped
public class PushesPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    @Inject
    SharedReads reads;

    private PageQuery query;
    private Optional<String> app;
    private Optional<String> branch;
    private Optional<String> story;
    private Paged<PushSnapshot> page;

    /**
     * A push, as the list shows it.
     *
     * @param receivedAt when its delivery arrived
     * @param app the app's id
     * @param branch its name, or empty
     * @param commits how many
     * @param user the id of who pushed, or empty
     * @param url its page
     * @param delivery the page of its delivery
     */
    public record PushRow(
            Instant receivedAt, String app, String branch, int commits, String user, String url, String delivery) {

        static PushRow of(PushSnapshot push) {
            return new PushRow(
                    push.receivedAt(),
                    push.appId(),
                    push.branchName().orElse(""),
                    push.commitCount(),
                    push.userId().orElse(""),
                    PageUrl.of("push", "app", push.appId(), "id", push.delivery()),
                    PageUrl.delivery(push.delivery()));
        }

        /** The pushes to the same app. */
        public String ofApp() {
            return PageUrl.of("pushes", "app", app);
        }
    }

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        app = query.app();
        branch = query.label("branch");
        story = query.label("story");
        Selection selection = Paged.selection(query, "after");
        page = new Paged<>(
                reads.read(
                        "pushes " + query.whole(),
                        () -> app.isPresent()
                                ? mirror.pushes(app.get(), branch, story, selection)
                                : mirror.pushes(selection)),
                PushSnapshot::change);
    }

    /** The chosen app's id, or empty. */
    public String getApp() {
        return app.orElse("");
    }

    /** The chosen branch, or empty. */
    public String getBranch() {
        return branch.orElse("");
    }

    /** The chosen story, or empty. */
    public String getStory() {
        return story.orElse("");
    }

    /** One page. */
    public List<PushRow> getRows() {
        return page.rows().stream().map(PushRow::of).toList();
    }

    /** The next page; empty if there is none. */
    public String getOlder() {
        return page.next()
                .map(end ->
                        PageUrl.of("pushes", "app", getApp(), "branch", getBranch(), "story", getStory(), "after", end))
                .orElse("");
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }
}
