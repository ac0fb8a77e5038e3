package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.PushSnapshot;
import org.mxhooks.mirror.PushedCommit;

/** A push with its commits. */
@Named
@RequestScoped
public class OnePushPage {

    private static final int LIMIT = 100;
    private static final int MAX_TEXT = 500;

    /** A story that the portal names by its number is one of the mirror's. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    private String id;
    private Optional<PushSnapshot> push = Optional.empty();
    private int from;

    /**
     * A commit, as the list shows it.
     *
     * @param id its hash, or empty
     * @param message for people, cut where it is long
     * @param author name and address, or empty
     * @param at when it was made, or null
     * @param version of Mendix, or empty
     * @param stories that it is related to
     */
    public record CommitRow(
            String id, String message, String author, Instant at, String version, List<StoryLink> stories) {

        static CommitRow of(String app, PushedCommit commit) {
            String email =
                    commit.authorEmail().map(address -> " <" + address + ">").orElse("");
            return new CommitRow(
                    commit.id().orElse(""),
                    cut(commit.message().orElse("")),
                    (commit.authorName().orElse("") + email).strip(),
                    commit.authorDate().orElse(null),
                    commit.mendixVersion().orElse(""),
                    commit.relatedStories().stream()
                            .limit(LIMIT)
                            .map(story -> StoryLink.of(app, story))
                            .toList());
        }

        /** Its hash, as short as people write it. */
        public String shortId() {
            return id.length() > 12 ? id.substring(0, 12) : id;
        }

        private static String cut(String text) {
            return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        }
    }

    /**
     * A story that a commit is related to.
     *
     * @param text as the portal names it
     * @param url its page, if it is known by its number; or the pushes that are related to it
     */
    public record StoryLink(String text, String url) {

        static StoryLink of(String app, String story) {
            return new StoryLink(
                    story,
                    NUMBER.matcher(story).matches()
                            ? PageUrl.of("story", "app", app, "id", story)
                            : PageUrl.of("pushes", "app", app, "story", story));
        }
    }

    @PostConstruct
    void read() {
        PageQuery query = new PageQuery(request);
        id = query.text("id").orElse("");
        from = (int) Math.max(0, Math.min(query.number("from").orElse(0), Integer.MAX_VALUE));
        String app = query.app().orElse("");
        push = query.uuid("id").flatMap(known -> PageData.read(() -> mirror.push(app, known)));
    }

    /** What was asked for. */
    public String getId() {
        return id;
    }

    /** Whether there is such a push. */
    public boolean isFound() {
        return push.isPresent();
    }

    /** What the list shows of it. */
    public PushesPage.PushRow getRow() {
        return push.map(PushesPage.PushRow::of).orElse(null);
    }

    /** The head before, or empty. */
    public String getBefore() {
        return push.flatMap(PushSnapshot::before).orElse("");
    }

    /** The head after, or empty. */
    public String getAfter() {
        return push.flatMap(PushSnapshot::after).orElse("");
    }

    /** {@code git}, or empty. */
    public String getRepository() {
        return push.flatMap(PushSnapshot::repositoryType).orElse("");
    }

    /** Some of its commits, in the portal's order. */
    public List<CommitRow> getCommits() {
        return push.map(known -> known.commits().stream()
                        .skip(from)
                        .limit(LIMIT)
                        .map(commit -> CommitRow.of(known.appId(), commit))
                        .toList())
                .orElse(List.of());
    }

    /** Further commits; empty if there are none. */
    public String getMore() {
        return push.filter(known -> known.commits().size() > (long) from + LIMIT)
                .map(known -> PageUrl.of(
                        "push", "app", known.appId(), "id", known.delivery(), "from", String.valueOf(from + LIMIT)))
                .orElse("");
    }
}
