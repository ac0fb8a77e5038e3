package org.mxhooks.console;

import static java.util.stream.Collectors.toMap;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mxhooks.mirror.AppSummary;
import org.mxhooks.mirror.Change;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Selection;
import org.mxhooks.mirror.StoryBoard;
import org.mxhooks.mirror.StoryFilter;
import org.mxhooks.mirror.StoryPage;

/** The apps; the board of one; the list of its stories. */
@Named
@RequestScoped
public class StoriesPage {

    private static final int APPS = 20;
    private static final int SPRINTS = 50;
    private static final int PER_COLUMN = 20;
    private static final int PER_PAGE = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Mirror mirror;

    @Inject
    SharedReads reads;

    private PageQuery query;
    private Optional<String> app;
    private Optional<Instant> at;
    private OptionalLong sprint;
    private List<AppSummary> apps = List.of();
    private List<SprintRow> sprints = List.of();
    private StoryBoard board = new StoryBoard(List.of(), true);
    private StoryPage list = new StoryPage(List.of(), Optional.empty());

    /**
     * A column of the board.
     *
     * @param title its status, or empty
     * @param count how many stories it has
     * @param cards the latest of them
     * @param more the list of all, if these are not all; or empty
     */
    public record ColumnView(String title, String count, List<StoryCard> cards, String more) {}

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        app = query.app();
        at = query.instant("at");
        sprint = query.number("sprint");
        if (app.isEmpty()) {
            apps = read("apps", () -> mirror.apps(query.text("after").orElse(""), APPS + 1));
            return;
        }
        Selection latest = new Selection(Optional.empty(), Optional.empty(), Optional.empty(), SPRINTS);
        sprints = read("sprints", () -> mirror.sprints(app.get(), latest)).stream()
                .map(SprintRow::of)
                .toList();
        if (isListed()) {
            StoryFilter filter = new StoryFilter(query.label("status"), isWithoutStatus(), sprint);
            Optional<Change> after = query.change("after");
            list = read("list", () -> mirror.stories(app.get(), filter, at, after, PER_PAGE));
        } else {
            board = read("board", () -> mirror.board(app.get(), sprint, at, PER_COLUMN));
        }
    }

    private <T> T read(String what, Callable<T> query) {
        return reads.read("stories " + what + " " + this.query.whole(), query);
    }

    /** The app's id, or empty if none is chosen. */
    public String getApp() {
        return app.orElse("");
    }

    /** The name of the app's project, as far as what is shown has one; or empty. */
    public String getProject() {
        return Stream.of(board.columns().stream().flatMap(column -> column.stories().stream()), list.stories().stream())
                .flatMap(stories -> stories)
                .flatMap(story -> story.version().projectName().stream())
                .findFirst()
                .orElse("");
    }

    /** Some apps. */
    public List<AppView> getApps() {
        return apps.stream().limit(APPS).map(AppView::of).toList();
    }

    /**
     * An app, as the list shows it.
     *
     * @param id its id
     * @param project its name, or empty
     * @param changedAt when its latest story or sprint changed, or null
     * @param url its board
     */
    public record AppView(String id, String project, Instant changedAt, String url) {

        static AppView of(AppSummary known) {
            return new AppView(
                    known.appId(),
                    known.projectName().orElse(""),
                    known.changedAt().orElse(null),
                    PageUrl.of("stories", "app", known.appId()));
        }
    }

    /** Further apps; empty if there are none. */
    public String getMoreApps() {
        return apps.size() <= APPS
                ? ""
                : PageUrl.of("stories", "after", apps.get(APPS - 1).appId());
    }

    /** Those that changed last, to choose from. */
    public List<SprintRow> getSprints() {
        return sprints;
    }

    /** The chosen sprint's number, or empty. */
    public String getSprint() {
        return sprint.isPresent() ? String.valueOf(sprint.getAsLong()) : "";
    }

    /** Whether the chosen sprint is among those to choose from. */
    public boolean isSprintListed() {
        return sprints.stream().anyMatch(row -> String.valueOf(row.id()).equals(getSprint()));
    }

    /** The instant that is shown, or null for the latest states. */
    public Instant getAt() {
        return at.orElse(null);
    }

    /** By status. */
    public List<ColumnView> getColumns() {
        Map<Long, String> names = names();
        return board.columns().stream().map(column -> view(column, names)).toList();
    }

    private ColumnView view(StoryBoard.StatusColumn column, Map<Long, String> names) {
        return new ColumnView(
                column.status().orElse(""),
                String.format(
                        Locale.ROOT,
                        column.count() > StoryBoard.MAX_COUNT ? "%,d+" : "%,d",
                        Math.min(column.count(), StoryBoard.MAX_COUNT)),
                column.stories().stream()
                        .map(story -> StoryCard.of(story, names, at))
                        .toList(),
                column.count() > column.stories().size()
                        ? listUrl(column.status().orElse(""), column.status().isEmpty() ? "status" : "", "")
                        : "");
    }

    private Map<Long, String> names() {
        return sprints.stream().collect(toMap(SprintRow::id, SprintRow::title));
    }

    /** Whether there are stories beside those of the columns. */
    public boolean isIncomplete() {
        return !board.complete();
    }

    /** Whether the list is shown and not the board. */
    public boolean isListed() {
        return query.text("view").filter("list"::equals).isPresent();
    }

    /** Whether stories without a status are listed. */
    public boolean isWithoutStatus() {
        return query.text("without").filter("status"::equals).isPresent();
    }

    /** The status that is listed, or empty. */
    public String getStatus() {
        return query.label("status").orElse("");
    }

    /** A page of the list. */
    public List<StoryCard> getListedCards() {
        Map<Long, String> names = names();
        return list.stories().stream()
                .map(story -> StoryCard.of(story, names, at))
                .toList();
    }

    /** The next page of the list; empty if there is none. */
    public String getOlder() {
        return list.next()
                .map(end -> listUrl(getStatus(), isWithoutStatus() ? "status" : "", PageQuery.word(end)))
                .orElse("");
    }

    /** All stories of the board in a list. */
    public String getListUrl() {
        return listUrl("", "", "");
    }

    private String listUrl(String status, String without, String after) {
        return url("view", "list", "status", status, "without", without, "after", after);
    }

    /** Whether what is shown changes: the first page of the latest states. */
    public boolean isLive() {
        return at.isEmpty() && query.text("after").isEmpty();
    }

    /** The same view of the latest states. */
    public String getNow() {
        return PageUrl.of(
                "stories",
                "app",
                getApp(),
                "sprint",
                getSprint(),
                "view",
                isListed() ? "list" : "",
                "status",
                getStatus(),
                "without",
                isWithoutStatus() ? "status" : "");
    }

    /** The board. */
    public String getBoardUrl() {
        return url();
    }

    private String url(String... further) {
        String[] all = new String[further.length + 6];
        String[] own = {
            "app",
            getApp(),
            "sprint",
            getSprint(),
            "at",
            at.map(Instant::toString).orElse("")
        };
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(further, 0, all, own.length, further.length);
        return PageUrl.of("stories", all);
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }

    /** The sprints of the app. */
    public String getSprintsUrl() {
        return PageUrl.of("sprints", "app", getApp());
    }

    /** The pushes to the app. */
    public String getPushesUrl() {
        return PageUrl.of("pushes", "app", getApp());
    }

    /** The packages of the app. */
    public String getPackagesUrl() {
        return PageUrl.of("packages", "app", getApp());
    }
}
